#include "tests/diffusion/checkpoint/hollow_model.h"

#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/diffusion/checkpoint/checkpoint_support.h"

namespace checkpoint_test {

HollowModel HollowModel::of(const std::vector<std::string>& names) {
    HollowModel model;
    for (const auto& name : names) {
        const auto keys = data_json("keys/" + name + ".json");
        for (const auto& [key, shape] : keys.items()) {
            model.shapes[key] = shape.get<std::vector<std::int64_t>>();
        }
    }
    return model;
}

void HollowModel::write(const std::filesystem::path& file) const {
    nlohmann::json header;
    std::uint64_t end = 0;
    for (const auto& [key, shape] : shapes) {
        std::uint64_t bytes = 2;
        for (const auto size : shape) bytes *= static_cast<std::uint64_t>(size);
        header[key] = {{"dtype", "F16"}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
        end += bytes;
    }
    if (!metadata.empty()) header["__metadata__"] = metadata;
    const auto text = header.dump();
    const std::uint64_t length = text.size();
    std::ofstream(file, std::ios::binary | std::ios::trunc)
        .write(reinterpret_cast<const char*>(&length), sizeof length)
        .write(text.data(), static_cast<std::streamsize>(text.size()));
    std::filesystem::resize_file(file, sizeof length + length + end);
}

}  // namespace checkpoint_test
