#include "diffusion/checkpoint/safetensors.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

using Named = std::pair<std::string, torch::Tensor>;

std::optional<ElementType> element_type_of(torch::Dtype dtype) {
    for (auto i = static_cast<int>(ElementType::f64); i <= static_cast<int>(ElementType::c64); ++i) {
        if (dtype_of(static_cast<ElementType>(i)) == dtype) return static_cast<ElementType>(i);
    }
    return std::nullopt;
}

Error cannot_write(const std::filesystem::path& file, const std::string& why) {
    return Error(ErrorKind::cannot_write, file.string() + ": can't be written: " + why);
}

/// Large elements first, so that every tensor is aligned to its own.
std::vector<Named> in_file_order(const StateDict& dict) {
    std::vector<Named> order(dict.tensors.begin(), dict.tensors.end());
    std::stable_sort(order.begin(), order.end(), [](const Named& a, const Named& b) {
        return a.second.element_size() > b.second.element_size();
    });
    return order;
}

std::string header_of(const std::filesystem::path& file, const std::vector<Named>& order,
                      const std::map<std::string, std::string>& metadata) {
    auto header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::size_t position = 0;
    for (const auto& [name, tensor] : order) {
        const auto type = element_type_of(tensor.scalar_type());
        if (!type) {
            throw cannot_write(file, "tensor \"" + name + "\" has the type " +
                                         torch::toString(tensor.scalar_type()));
        }
        const auto end = position + tensor.nbytes();
        header[name] = {{"dtype", name_of(*type)},
                        {"shape", tensor.sizes().vec()},
                        {"data_offsets", {position, end}}};
        position = end;
    }
    auto text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

void write_tensor(std::ofstream& out, const torch::Tensor& tensor) {
    const auto dense = tensor.detach().to(torch::kCPU).contiguous();
    if (dense.numel() == 0) return;
    out.write(static_cast<const char*>(dense.data_ptr()),
              static_cast<std::streamsize>(dense.nbytes()));
}

/// Data first, name second: after a power cut the name never stands for half a file.
void flush_to_disk(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

StateDict read_safetensors(const std::filesystem::path& file) {
    return to_state_dict(read_safetensors_table(FileBytes::of(MappedFile::open(file))));
}

void write_safetensors(const std::filesystem::path& file, const StateDict& dict) {
    const auto order = in_file_order(dict);
    const auto header = header_of(file, order, dict.metadata);
    auto temporary = file;
    temporary += ".part" + std::to_string(::getpid());
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    if (!out) throw cannot_write(file, std::strerror(errno));
    const std::uint64_t length = header.size();
    out.write(reinterpret_cast<const char*>(&length), sizeof(length));
    out.write(header.data(), static_cast<std::streamsize>(header.size()));
    for (const auto& [name, tensor] : order) write_tensor(out, tensor);
    out.close();
    std::error_code failed;
    if (out) {
        flush_to_disk(temporary);
        std::filesystem::rename(temporary, file, failed);
        if (!failed) return;
    }
    const std::string why = failed ? failed.message() : std::strerror(errno);
    std::filesystem::remove(temporary, failed);
    throw cannot_write(file, why);
}

}  // namespace diffusion::checkpoint
