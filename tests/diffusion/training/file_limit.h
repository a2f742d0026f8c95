#pragma once

// A disk that is full in the middle of a file: while one lives, this process can write no file beyond so
// many bytes, and write() says EFBIG, as it would say ENOSPC.

#include <sys/resource.h>

#include <csignal>
#include <cstdint>

class FileLimit {
public:
    explicit FileLimit(std::uintmax_t bytes) {
        before_signal_ = std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{static_cast<rlim_t>(bytes), before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, before_signal_);
    }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;

private:
    rlimit before_{};
    void (*before_signal_)(int) = nullptr;
};
