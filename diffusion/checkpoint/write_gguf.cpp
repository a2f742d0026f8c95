#include "diffusion/checkpoint/write_gguf.h"

#include <algorithm>

#include "diffusion/checkpoint/gguf.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::uint64_t alignment = 32;

/// The head of the file, number by number.
class Head {
public:
    template <typename Number>
    void add(Number value) {
        text_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    }

    void add_text(const std::string& text) {
        add<std::uint64_t>(text.size());
        text_ += text;
    }

    std::string padded() const {
        auto text = text_;
        text.resize((text.size() + alignment - 1) / alignment * alignment, '\0');
        return text;
    }

private:
    std::string text_;
};

void add_values(Head& head, const std::map<std::string, std::string>& metadata, bool is_quantised) {
    constexpr std::uint32_t kind_number = 4;
    constexpr std::uint32_t kind_text = 8;
    head.add<std::uint64_t>(metadata.size() + (is_quantised ? 1 : 0));
    for (const auto& [key, value] : metadata) {
        head.add_text(key);
        head.add(kind_text);
        head.add_text(value);
    }
    if (!is_quantised) return;
    head.add_text("general.quantization_version");
    head.add(kind_number);
    head.add<std::uint32_t>(2);
}

void add_tensor(Head& head, const TensorSpec& spec, std::uint64_t offset) {
    constexpr std::size_t rank_limit = 4;
    const auto id = gguf_type_id(spec.type);
    if (!id || spec.shape.size() > rank_limit) {
        throw Error(ErrorKind::bad_request, "GGUF can't hold tensor \"" + spec.name + "\" " +
                                                shape_text(spec.shape) + " of " +
                                                name_of(spec.type) + "; choose safetensors.");
    }
    head.add_text(spec.name);
    head.add(static_cast<std::uint32_t>(spec.shape.size()));
    for (auto size = spec.shape.rbegin(); size != spec.shape.rend(); ++size) head.add(*size);
    head.add(*id);
    head.add(offset);
}

}  // namespace

bool has_gguf_type(ElementType type) { return gguf_type_id(type).has_value(); }

bool write_gguf(const std::filesystem::path& file, std::vector<TensorSpec> specs,
                const std::map<std::string, std::string>& metadata,
                const WriteProgress& progress) {
    std::sort(specs.begin(), specs.end(),
              [](const TensorSpec& a, const TensorSpec& b) { return a.name < b.name; });
    Head head;
    head.add<std::uint32_t>(0x46554747);  // "GGUF"
    head.add<std::uint32_t>(3);
    head.add<std::uint64_t>(specs.size());
    add_values(head, metadata, std::any_of(specs.begin(), specs.end(), [](const TensorSpec& spec) {
                   return is_quantised(spec.type);
               }));
    std::uint64_t offset = 0;
    for (const auto& spec : specs) {
        add_tensor(head, spec, offset);
        offset += (byte_count(spec) + alignment - 1) / alignment * alignment;
    }
    FileWriter writer(file);
    writer.write_text(head.padded());
    if (!write_tensors(writer, specs, alignment, progress)) return false;
    writer.commit();
    return true;
}

}  // namespace diffusion::checkpoint
