#pragma once

#include <stop_token>
#include <thread>

namespace cli {

/// Turns Ctrl+C (SIGINT) and SIGTERM into a stop request for as long as it lives; the second one
/// ends the program at once with 130. One at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return stop_.get_token(); }

private:
    std::stop_source stop_;
    std::thread watcher_;  // reads the pipe that the signal handler writes to
};

}  // namespace cli
