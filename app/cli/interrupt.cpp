#include "app/cli/interrupt.h"

#include "app/cli/exit_code.h"
#include "diffusion/error.h"

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace cli {
namespace {

// A signal handler can reach nothing but globals: both ends of the pipe, and whether it was called.
int pipeEnds[2] = {-1, -1};
volatile std::sig_atomic_t wasInterrupted = 0;

constexpr char stopByte = 's';
constexpr char endByte = 'e';

extern "C" void onInterrupt(int) {
    if (wasInterrupted) _exit(interrupted);
    wasInterrupted = 1;
    const int savedError = errno;
    [[maybe_unused]] const auto written = write(pipeEnds[1], &stopByte, 1);
    errno = savedError;
}

void handle(void (*handler)(int)) {
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

char readByte() {
    char byte = endByte;
    while (read(pipeEnds[0], &byte, 1) < 0 && errno == EINTR) continue;
    return byte;
}

}  // namespace

Interrupt::Interrupt() {
    if (pipe(pipeEnds) != 0)
        throw diffusion::Error(diffusion::ErrorKind::internal, "The system has no pipe left.");
    watcher_ = std::thread([this] {
        while (readByte() == stopByte) stop_.request_stop();
    });
    handle(onInterrupt);
}

Interrupt::~Interrupt() {
    handle(SIG_DFL);
    [[maybe_unused]] const auto written = write(pipeEnds[1], &endByte, 1);
    watcher_.join();
    close(pipeEnds[0]);
    close(pipeEnds[1]);
    wasInterrupted = 0;
}

}  // namespace cli
