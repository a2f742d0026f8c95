#pragma once

// Python's pickle format as far as model files use it. A pickle is a program for a stack machine that
// may name any function of the computer; this machine runs none. Names outside of a white list are
// refused, the few that rebuild tensors and containers are understood, all others become opaque
// values. Values live in one array and refer to each other by index, so that nothing recurses,
// however deep a file nests.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diffusion/checkpoint/byte_reader.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

using PickleId = std::uint32_t;

enum class PickleKind : std::uint8_t {
    none, boolean, integer, big_integer, real, text, bytes, list, tuple, dict, global, storage,
    tensor, opaque
};

/// A run of elements that a tensor looks at.
struct PickledStorage {
    std::string key;          ///< names the data: an entry of the archive, or of the list that follows
    ElementType type = ElementType::f32;
    bool is_untyped = false;  ///< counts bytes; the tensor says the type
    std::int64_t elements = 0;
    std::int64_t view_offset = 0;  ///< elements; legacy files let storages share a root
};

struct PickledTensor {
    PickledStorage storage;
    ElementType type = ElementType::f32;
    std::int64_t first = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
};

struct PickleValue {
    PickleKind kind = PickleKind::none;
    std::int64_t integer = 0;      ///< boolean, integer; index of storage or tensor
    double real = 0;
    std::string_view text;         ///< text, bytes, big_integer; "module.name" lies in `name`
    std::uint32_t name = 0;        ///< global, opaque: index into names
    std::vector<PickleId> items;   ///< list, tuple; dict: key, value, key, value; opaque: its state
};

/// The values of one pickle; texts point into the bytes it was read from.
struct Pickle {
    std::vector<PickleValue> values;
    std::vector<std::string> names;
    std::vector<PickledStorage> storages;
    std::vector<PickledTensor> tensors;
    PickleId root = 0;

    const PickleValue& at(PickleId id) const { return values.at(id); }
    /// The value of a text key, or null.
    const PickleValue* find(const PickleValue& dict, std::string_view key) const;
    /// The tensors of the model that the pickle holds: of its state_dict, of one of the wrappers that
    /// training programs use, or of the nested dictionaries of an embedding ("a.b" for b in a).
    std::map<std::string, PickledTensor> model_tensors() const;
};

/// Reads one pickle and leaves the reader behind it. Throws diffusion::Error: truncated, malformed,
/// limit_exceeded, forbidden_global (with the name).
Pickle read_pickle(ByteReader& reader);

}  // namespace diffusion::checkpoint
