#pragma once

// Everything a user can repair reaches them as one Error: a sentence that names the file or field,
// what was expected, what was found and what to do.

#include <stdexcept>
#include <string>

namespace diffusion {

/// What kind of trouble; chooses the exit code of the command line and the place of the message.
enum class ErrorKind {
    bad_request,
    missing_file,
    corrupt_file,
    unsupported_model,
    out_of_memory,
    cannot_write,
    internal
};

/// Finer than the kind; what is wrong with a file, or which limit was met.
enum class ErrorReason {
    none,
    // safetensors
    header_too_small,
    header_too_large,
    invalid_header,
    invalid_header_deserialization,
    invalid_header_length,
    invalid_offset,
    metadata_incomplete_buffer,
    tensor_invalid_info,
    validation_overflow,
    duplicate_key,
    // any container
    not_a_model,
    pointer_file,
    web_page,
    unsupported_version,
    unsupported_format,
    unsupported_type,
    unsupported_architecture,
    truncated,
    malformed,
    limit_exceeded,
    forbidden_global,
    out_of_range,
    missing_storage,
    missing_shard,
    unsafe_path,
    // weights against a module
    missing_keys,
    shape_mismatch,
    non_finite
};

/// "corrupt_file", as JSON output and logs spell it.
const char* name_of(ErrorKind kind);

/// "HeaderTooSmall"; "" for none.
const char* name_of(ErrorReason reason);

/// The one exception type that crosses the door. what() is shown to the user as it stands.
class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message, ErrorReason reason = ErrorReason::none);
    ErrorKind kind() const { return kind_; }
    ErrorReason reason() const { return reason_; }

private:
    ErrorKind kind_;
    ErrorReason reason_;
};

/// Thrown by the Denoiser when the job's stop_token is set; only engine.cpp catches it.
/// Not a std::exception, so that no handler of errors takes it for one.
struct Cancelled {};

}  // namespace diffusion
