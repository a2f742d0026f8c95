#pragma once

// A lazy list by coroutine: the standard library of this compiler has none yet.

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace diffusion {

template <typename T>
class Generator {
public:
    struct promise_type {
        std::optional<T> value;
        std::exception_ptr error;

        Generator get_return_object() {
            return Generator(std::coroutine_handle<promise_type>::from_promise(*this));
        }

        std::suspend_always initial_suspend() { return {}; }

        std::suspend_always final_suspend() noexcept { return {}; }

        std::suspend_always yield_value(T given) {
            value = std::move(given);
            return {};
        }

        void return_void() {}

        void unhandled_exception() { error = std::current_exception(); }
    };

    Generator(Generator&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

    Generator& operator=(Generator&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }

    ~Generator() {
        if (handle_) handle_.destroy();
    }

    /// The next value; nothing when there is none. Rethrows what the coroutine threw.
    std::optional<T> next() {
        if (!handle_ || handle_.done()) return std::nullopt;
        handle_.promise().value.reset();
        handle_.resume();
        if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
        return std::move(handle_.promise().value);
    }

private:
    explicit Generator(std::coroutine_handle<promise_type> handle) : handle_(handle) {}

    std::coroutine_handle<promise_type> handle_;
};

}  // namespace diffusion
