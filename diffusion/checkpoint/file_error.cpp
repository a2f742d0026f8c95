#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

namespace {

ErrorKind kind_of(ErrorReason reason) {
    switch (reason) {
        case ErrorReason::unsupported_version:
        case ErrorReason::unsupported_format:
        case ErrorReason::unsupported_type:
        case ErrorReason::unsupported_architecture:
        case ErrorReason::not_a_model:
        case ErrorReason::missing_keys:
        case ErrorReason::shape_mismatch: return ErrorKind::unsupported_model;
        case ErrorReason::missing_shard: return ErrorKind::missing_file;
        default: return ErrorKind::corrupt_file;
    }
}

}  // namespace

Error file_error(ErrorReason reason, const std::string& file, const std::string& text) {
    return Error(kind_of(reason), file + ": " + text, reason);
}

}  // namespace diffusion::checkpoint
