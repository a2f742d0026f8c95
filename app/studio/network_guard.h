#pragma once

// What of the program talks to other computers, and the switch that forbids it. The table below is
// the only list of network calls: whoever adds one adds its row, and a test finds network code
// elsewhere. The switch does not rely on it: the system itself refuses the process every connection.

#include <span>

namespace studio {

/// One reason for which the program talks to another computer.
struct NetworkCall {
    const char* purpose;  ///< "look for a new version"
    const char* host;
};

/// None yet.
std::span<const NetworkCall> networkCalls();

/// From now on and until its end the system refuses this process, its threads and the programs that it
/// starts every socket of the internet (Linux: seccomp); windows, printers and input methods of this
/// computer go on. False where the system can't.
bool refuseNetwork();

/// Tries to make a socket of the internet: true if the system refuses it.
bool isNetworkRefused();

/// Sockets of the internet that the process has open now; -1 where the system doesn't tell.
int openNetworkSockets();

}  // namespace studio
