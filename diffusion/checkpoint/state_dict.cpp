#include "diffusion/checkpoint/state_dict.h"

#include <cstdint>

#include "diffusion/checkpoint/dequantise.h"

namespace diffusion::checkpoint {

namespace {

torch::Tensor mapped_run(const TensorEntry& entry, torch::Dtype dtype) {
    const auto item = static_cast<std::int64_t>(torch::elementSize(dtype));
    const auto stored = static_cast<std::int64_t>(entry.bytes.size()) / item;
    auto* data = const_cast<std::byte*>(entry.bytes.data());
    if (stored == 0) return torch::empty({0}, dtype);
    if (reinterpret_cast<std::uintptr_t>(data) % static_cast<std::uintptr_t>(item) != 0) {
        auto copy = torch::empty({stored}, dtype);
        std::memcpy(copy.data_ptr(), data, static_cast<std::size_t>(stored * item));
        return copy;
    }
    return torch::from_blob(data, {stored}, [owner = entry.owner](void*) {}, dtype);
}

torch::Tensor dequantised_run(const TensorEntry& entry) {
    const auto block = block_of(entry.type);
    const auto count = static_cast<std::int64_t>(entry.bytes.size()) / block.bytes * block.elements;
    auto values = torch::empty({count}, torch::kFloat32);
    dequantise(entry.type, entry.bytes,
               {values.data_ptr<float>(), static_cast<std::size_t>(count)});
    return values;
}

}  // namespace

torch::Dtype dtype_of(ElementType type) {
    switch (type) {
        case ElementType::f64: return torch::kFloat64;
        case ElementType::f32: return torch::kFloat32;
        case ElementType::f16: return torch::kFloat16;
        case ElementType::bf16: return torch::kBFloat16;
        case ElementType::f8_e4m3: return torch::kFloat8_e4m3fn;
        case ElementType::f8_e5m2: return torch::kFloat8_e5m2;
        case ElementType::f8_e4m3fnuz: return torch::kFloat8_e4m3fnuz;
        case ElementType::f8_e5m2fnuz: return torch::kFloat8_e5m2fnuz;
        case ElementType::f8_e8m0: return torch::kFloat8_e8m0fnu;
        case ElementType::i64: return torch::kInt64;
        case ElementType::i32: return torch::kInt32;
        case ElementType::i16: return torch::kInt16;
        case ElementType::i8: return torch::kInt8;
        case ElementType::u64: return torch::kUInt64;
        case ElementType::u32: return torch::kUInt32;
        case ElementType::u16: return torch::kUInt16;
        case ElementType::u8: return torch::kUInt8;
        case ElementType::boolean: return torch::kBool;
        case ElementType::c64: return torch::kComplexFloat;
        default: return torch::kFloat32;
    }
}

torch::Tensor to_tensor(const TensorEntry& entry) {
    const auto run = is_quantised(entry.type) ? dequantised_run(entry)
                                              : mapped_run(entry, dtype_of(entry.type));
    const auto view = run.as_strided(entry.shape, entry.strides, entry.first);
    return entry.scale == 1 ? view : view.to(torch::kFloat32) * entry.scale;
}

StateDict to_state_dict(const TensorTable& table) {
    StateDict dict;
    dict.metadata = table.metadata;
    for (const auto& [name, entry] : table.tensors) dict.tensors[name] = to_tensor(entry);
    return dict;
}

}  // namespace diffusion::checkpoint
