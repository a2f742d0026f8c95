#include "diffusion/error.h"

namespace diffusion {

const char* name_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::bad_request: return "bad_request";
        case ErrorKind::missing_file: return "missing_file";
        case ErrorKind::corrupt_file: return "corrupt_file";
        case ErrorKind::unsupported_model: return "unsupported_model";
        case ErrorKind::out_of_memory: return "out_of_memory";
        case ErrorKind::cannot_write: return "cannot_write";
        case ErrorKind::internal: return "internal";
    }
    return "internal";
}

const char* name_of(ErrorReason reason) {
    switch (reason) {
        case ErrorReason::none: return "";
        case ErrorReason::header_too_small: return "HeaderTooSmall";
        case ErrorReason::header_too_large: return "HeaderTooLarge";
        case ErrorReason::invalid_header: return "InvalidHeader";
        case ErrorReason::invalid_header_deserialization: return "InvalidHeaderDeserialization";
        case ErrorReason::invalid_header_length: return "InvalidHeaderLength";
        case ErrorReason::invalid_offset: return "InvalidOffset";
        case ErrorReason::metadata_incomplete_buffer: return "MetadataIncompleteBuffer";
        case ErrorReason::tensor_invalid_info: return "TensorInvalidInfo";
        case ErrorReason::validation_overflow: return "ValidationOverflow";
        case ErrorReason::duplicate_key: return "DuplicateKey";
        case ErrorReason::not_a_model: return "NotAModel";
        case ErrorReason::pointer_file: return "PointerFile";
        case ErrorReason::web_page: return "WebPage";
        case ErrorReason::unsupported_version: return "UnsupportedVersion";
        case ErrorReason::unsupported_format: return "UnsupportedFormat";
        case ErrorReason::unsupported_type: return "UnsupportedType";
        case ErrorReason::unsupported_architecture: return "UnsupportedArchitecture";
        case ErrorReason::truncated: return "Truncated";
        case ErrorReason::malformed: return "Malformed";
        case ErrorReason::limit_exceeded: return "LimitExceeded";
        case ErrorReason::forbidden_global: return "ForbiddenGlobal";
        case ErrorReason::out_of_range: return "OutOfRange";
        case ErrorReason::missing_storage: return "MissingStorage";
        case ErrorReason::missing_shard: return "MissingShard";
        case ErrorReason::unsafe_path: return "UnsafePath";
        case ErrorReason::missing_keys: return "MissingKeys";
        case ErrorReason::shape_mismatch: return "ShapeMismatch";
        case ErrorReason::non_finite: return "NonFinite";
    }
    return "";
}

Error::Error(ErrorKind kind, const std::string& message, ErrorReason reason)
    : std::runtime_error(message), kind_(kind), reason_(reason) {}

}  // namespace diffusion
