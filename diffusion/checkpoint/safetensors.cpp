#include "diffusion/checkpoint/safetensors.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

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
void sort_for_file(std::vector<TensorSpec>& specs) {
    std::stable_sort(specs.begin(), specs.end(), [](const TensorSpec& a, const TensorSpec& b) {
        const auto left = block_of(a.type).bytes;
        const auto right = block_of(b.type).bytes;
        return left != right ? left > right : a.name < b.name;
    });
}

std::string header_of(const std::filesystem::path& file, const std::vector<TensorSpec>& specs,
                      const std::map<std::string, std::string>& metadata) {
    auto header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::uint64_t position = 0;
    for (const auto& spec : specs) {
        if (is_quantised(spec.type)) {
            throw cannot_write(file, "tensor \"" + spec.name + "\" has the type " + name_of(spec.type));
        }
        const auto end = position + byte_count(spec);
        header[spec.name] = {{"dtype", name_of(spec.type)},
                             {"shape", spec.shape},
                             {"data_offsets", {position, end}}};
        position = end;
    }
    auto text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

}  // namespace

StateDict read_safetensors(const std::filesystem::path& file) {
    return to_state_dict(read_safetensors_table(FileBytes::of(MappedFile::open(file))));
}

bool write_safetensors(const std::filesystem::path& file, std::vector<TensorSpec> specs,
                       const std::map<std::string, std::string>& metadata,
                       const WriteProgress& progress) {
    sort_for_file(specs);
    const auto header = header_of(file, specs, metadata);
    FileWriter writer(file);
    const std::uint64_t length = header.size();
    writer.write(std::as_bytes(std::span(&length, 1)));
    writer.write_text(header);
    if (!write_tensors(writer, specs, 1, progress)) return false;
    writer.commit();
    return true;
}

void write_safetensors(const std::filesystem::path& file, const StateDict& dict) {
    std::vector<TensorSpec> specs;
    for (const auto& [name, tensor] : dict.tensors) {
        const auto type = element_type_of(tensor.scalar_type());
        if (!type) {
            throw cannot_write(file, "tensor \"" + name + "\" has the type " +
                                         torch::toString(tensor.scalar_type()));
        }
        specs.push_back({name, *type, tensor.sizes().vec(), [tensor = tensor] {
                             return tensor.detach().to(torch::kCPU).contiguous();
                         }});
    }
    write_safetensors(file, std::move(specs), dict.metadata);
}

}  // namespace diffusion::checkpoint
