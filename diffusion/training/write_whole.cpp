#include "diffusion/training/write_whole.h"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "diffusion/error.h"
#include "diffusion/write_error.h"

namespace diffusion::training {

void write_whole(const std::filesystem::path& file, const std::string& bytes) {
    const auto temporary = std::filesystem::path(file.string() + ".partial");
    std::ofstream stream(temporary, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    int reason = stream ? 0 : errno;
    std::error_code error;
    if (stream) {
        std::filesystem::rename(temporary, file, error);
        reason = error.value();
    }
    if (stream && !error) return;
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw Error(ErrorKind::cannot_write, file.string() + ": can't be written: " + write_failure(reason));
}

}  // namespace diffusion::training
