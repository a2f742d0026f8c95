#pragma once

// What a model file says of its tensors before any of them is read: names, types, shapes and where
// the bytes lie. Every reader (safetensors, pickle, GGUF) makes such a table, checked so that no
// entry points outside its bytes; key maps rename its entries; load_weights turns them into
// parameters one by one. No tensor library is needed for any of it.

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diffusion/checkpoint/mapped_file.h"

namespace diffusion::checkpoint {

enum class ElementType : std::uint8_t {
    f64, f32, f16, bf16, f8_e4m3, f8_e5m2, f8_e4m3fnuz, f8_e5m2fnuz, f8_e8m0,
    i64, i32, i16, i8, u64, u32, u16, u8, boolean, c64,
    // GGUF's blocks of quantised values
    q4_0, q4_1, q5_0, q5_1, q8_0, q2_k, q3_k, q4_k, q5_k, q6_k
};

/// A type stores `elements` values in `bytes` bytes; elements is 1 for all but the quantised ones.
struct Block {
    std::int64_t elements;
    std::int64_t bytes;
};

Block block_of(ElementType type);
/// "F16", "Q4_K", as safetensors and GGUF spell it.
const char* name_of(ElementType type);
inline bool is_quantised(ElementType type) { return block_of(type).elements > 1; }

/// One tensor: a strided view of a run of stored elements.
struct TensorEntry {
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;  ///< in elements of the stored run; same length as shape
    std::int64_t first = 0;             ///< stored element of index 0
    std::span<const std::byte> bytes;   ///< the stored run
    std::shared_ptr<const void> owner;  ///< keeps the bytes alive
    std::shared_ptr<const MappedFile> file;  ///< the mapping that holds them; null if in memory
    float scale = 1;                         ///< the value is stored * scale

    std::int64_t element_count() const;
    bool is_contiguous() const;
};

struct TensorTable {
    std::map<std::string, TensorEntry> tensors;
    std::map<std::string, std::string> metadata;

    bool has(const std::string& key) const { return tensors.count(key) > 0; }
    /// The entry, or null.
    const TensorEntry* find(const std::string& key) const;
};

/// Strides of a densely stored tensor, last dimension fastest.
std::vector<std::int64_t> contiguous_strides(const std::vector<std::int64_t>& shape);
/// Product of the shape; false if a size is negative or the product exceeds 63 bits.
bool checked_product(const std::vector<std::int64_t>& shape, std::int64_t& product);
/// "[320, 4, 3, 3]"
std::string shape_text(const std::vector<std::int64_t>& shape);

}  // namespace diffusion::checkpoint
