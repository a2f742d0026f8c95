#include "diffusion/checkpoint/tensor_spec.h"

#include "diffusion/checkpoint/quantise.h"
#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/error.h"

namespace diffusion::checkpoint {

namespace {

/// The stored run itself; blocks of quantised values have no tensor type.
torch::Tensor raw_bytes(const TensorEntry& entry) {
    auto* data = const_cast<std::byte*>(entry.bytes.data());
    return torch::from_blob(data, {static_cast<std::int64_t>(entry.bytes.size())},
                            [owner = entry.owner](void*) {}, torch::kUInt8);
}

Error too_large(const std::string& name, ElementType type) {
    return Error(ErrorKind::bad_request, "Tensor \"" + name + "\" holds numbers too large for " +
                                             name_of(type) + "; choose bf16 or f32.");
}

torch::Tensor converted(const std::string& name, const TensorEntry& entry, ElementType type) {
    const auto value = to_tensor(entry).contiguous();
    if (type == ElementType::q8_0) {
        constexpr double largest = 127 * 65504.0;
        const auto wide = value.to(torch::kFloat32);
        if (!(wide.abs().max().item<double>() <= largest)) throw too_large(name, type);
        auto blocks = torch::empty({wide.numel() / 32 * 34}, torch::kUInt8);
        quantise_q8_0({wide.data_ptr<float>(), static_cast<std::size_t>(wide.numel())},
                      {reinterpret_cast<std::byte*>(blocks.data_ptr()),
                       static_cast<std::size_t>(blocks.numel())});
        return blocks;
    }
    const auto result = value.to(dtype_of(type));
    const bool is_narrower = value.is_floating_point() && result.element_size() < value.element_size();
    if (is_narrower && !torch::isfinite(result).all().item<bool>() &&
        torch::isfinite(value).all().item<bool>()) {
        throw too_large(name, type);
    }
    return result;
}

bool lies_as_wanted(const TensorEntry& entry, ElementType type) {
    const auto wanted = entry.element_count() / block_of(type).elements * block_of(type).bytes;
    return entry.type == type && entry.scale == 1 && entry.first == 0 && entry.is_contiguous() &&
           static_cast<std::int64_t>(entry.bytes.size()) == wanted;
}

}  // namespace

std::uint64_t byte_count(const TensorSpec& spec) {
    std::int64_t count = 1;
    for (const auto size : spec.shape) count *= size;
    const auto block = block_of(spec.type);
    return static_cast<std::uint64_t>(count / block.elements * block.bytes);
}

std::uint64_t byte_count(const std::vector<TensorSpec>& specs) {
    std::uint64_t total = 0;
    for (const auto& spec : specs) total += byte_count(spec);
    return total;
}

bool write_tensors(FileWriter& writer, const std::vector<TensorSpec>& specs, std::uint64_t alignment,
                   const WriteProgress& progress) {
    const auto total = byte_count(specs);
    const std::vector<std::byte> zeros(alignment);
    std::uint64_t done = 0;
    for (const auto& spec : specs) {
        if (progress && !progress(done, total)) return false;
        const auto size = byte_count(spec);
        if (size > 0) {
            const auto tensor = spec.bytes();
            TORCH_CHECK(tensor.nbytes() == size, spec.name, " has ", tensor.nbytes(),
                        " bytes; expected ", size);
            writer.write({static_cast<const std::byte*>(tensor.data_ptr()), size});
        }
        writer.write(std::span(zeros).first((alignment - size % alignment) % alignment));
        done += size;
    }
    return !progress || progress(done, total);
}

TensorSpec spec_of(const std::string& name, const TensorEntry& entry, ElementType type) {
    const bool is_raw = lies_as_wanted(entry, type);
    return {name, type, entry.shape, [name, entry, type, is_raw] {
                if (entry.file) entry.file->prefetch(entry.bytes);
                return is_raw ? raw_bytes(entry) : converted(name, entry, type);
            }};
}

}  // namespace diffusion::checkpoint
