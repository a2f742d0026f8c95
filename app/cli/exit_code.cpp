#include "app/cli/exit_code.h"

namespace cli {

int exitCode(diffusion::ErrorKind kind) {
    using diffusion::ErrorKind;
    switch (kind) {
        case ErrorKind::bad_request:
            return badRequest;
        case ErrorKind::missing_file:
        case ErrorKind::corrupt_file:
        case ErrorKind::unsupported_model:
            return modelProblem;
        case ErrorKind::out_of_memory:
            return outOfMemory;
        case ErrorKind::cannot_write:
        case ErrorKind::internal:
            return failed;
    }
    return failed;
}

}  // namespace cli
