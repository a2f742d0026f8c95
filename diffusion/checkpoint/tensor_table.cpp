#include "diffusion/checkpoint/tensor_table.h"

#include <array>
#include <sstream>

namespace diffusion::checkpoint {

namespace {

struct TypeRow {
    const char* name;
    Block block;
};

constexpr std::array<TypeRow, 29> type_rows{{
    {"F64", {1, 8}},      {"F32", {1, 4}},       {"F16", {1, 2}},      {"BF16", {1, 2}},
    {"F8_E4M3", {1, 1}},  {"F8_E5M2", {1, 1}},   {"F8_E4M3FNUZ", {1, 1}},
    {"F8_E5M2FNUZ", {1, 1}}, {"F8_E8M0", {1, 1}}, {"I64", {1, 8}},     {"I32", {1, 4}},
    {"I16", {1, 2}},      {"I8", {1, 1}},        {"U64", {1, 8}},      {"U32", {1, 4}},
    {"U16", {1, 2}},      {"U8", {1, 1}},        {"BOOL", {1, 1}},     {"C64", {1, 8}},
    {"Q4_0", {32, 18}},   {"Q4_1", {32, 20}},    {"Q5_0", {32, 22}},   {"Q5_1", {32, 24}},
    {"Q8_0", {32, 34}},   {"Q2_K", {256, 84}},   {"Q3_K", {256, 110}}, {"Q4_K", {256, 144}},
    {"Q5_K", {256, 176}}, {"Q6_K", {256, 210}},
}};

const TypeRow& row_of(ElementType type) { return type_rows.at(static_cast<std::size_t>(type)); }

}  // namespace

Block block_of(ElementType type) { return row_of(type).block; }

const char* name_of(ElementType type) { return row_of(type).name; }

std::int64_t TensorEntry::element_count() const {
    std::int64_t product = 1;
    for (const auto size : shape) product *= size;
    return product;
}

bool TensorEntry::is_contiguous() const {
    std::int64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] == 1) continue;
        if (strides[i] != expected) return element_count() == 0;
        expected *= shape[i];
    }
    return true;
}

const TensorEntry* TensorTable::find(const std::string& key) const {
    const auto found = tensors.find(key);
    return found == tensors.end() ? nullptr : &found->second;
}

std::vector<std::int64_t> contiguous_strides(const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;) {
        strides[i - 1] = strides[i] * (shape[i] > 0 ? shape[i] : 1);
    }
    return strides;
}

bool checked_product(const std::vector<std::int64_t>& shape, std::int64_t& product) {
    // Sizes of 0 are left out at first, so that the strides of an empty tensor don't overflow either.
    bool is_empty = false;
    product = 1;
    for (const auto size : shape) {
        is_empty |= size == 0;
        if (size < 0 || (size > 0 && __builtin_mul_overflow(product, size, &product))) return false;
    }
    if (is_empty) product = 0;
    return true;
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::ostringstream text;
    text << '[';
    for (std::size_t i = 0; i < shape.size(); ++i) text << (i > 0 ? ", " : "") << shape[i];
    text << ']';
    return text.str();
}

}  // namespace diffusion::checkpoint
