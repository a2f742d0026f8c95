#include <algorithm>
#include <array>

#include "diffusion/checkpoint/pickle_names_impl.h"

namespace diffusion::checkpoint {

namespace {

struct TypeName {
    std::string_view name;
    ElementType type;
};

constexpr std::array storage_types{
    TypeName{"FloatStorage", ElementType::f32},      TypeName{"HalfStorage", ElementType::f16},
    TypeName{"BFloat16Storage", ElementType::bf16},  TypeName{"DoubleStorage", ElementType::f64},
    TypeName{"LongStorage", ElementType::i64},       TypeName{"IntStorage", ElementType::i32},
    TypeName{"ShortStorage", ElementType::i16},      TypeName{"CharStorage", ElementType::i8},
    TypeName{"ByteStorage", ElementType::u8},        TypeName{"BoolStorage", ElementType::boolean},
    TypeName{"ComplexFloatStorage", ElementType::c64},
};

constexpr std::array dtypes{
    TypeName{"float32", ElementType::f32},          TypeName{"float", ElementType::f32},
    TypeName{"float16", ElementType::f16},          TypeName{"half", ElementType::f16},
    TypeName{"bfloat16", ElementType::bf16},        TypeName{"float64", ElementType::f64},
    TypeName{"double", ElementType::f64},           TypeName{"int64", ElementType::i64},
    TypeName{"long", ElementType::i64},             TypeName{"int32", ElementType::i32},
    TypeName{"int", ElementType::i32},              TypeName{"int16", ElementType::i16},
    TypeName{"short", ElementType::i16},            TypeName{"int8", ElementType::i8},
    TypeName{"uint8", ElementType::u8},             TypeName{"bool", ElementType::boolean},
    TypeName{"uint16", ElementType::u16},           TypeName{"uint32", ElementType::u32},
    TypeName{"uint64", ElementType::u64},           TypeName{"complex64", ElementType::c64},
    TypeName{"float8_e4m3fn", ElementType::f8_e4m3}, TypeName{"float8_e5m2", ElementType::f8_e5m2},
    TypeName{"float8_e4m3fnuz", ElementType::f8_e4m3fnuz},
    TypeName{"float8_e5m2fnuz", ElementType::f8_e5m2fnuz},
    TypeName{"float8_e8m0fnu", ElementType::f8_e8m0},
};

constexpr std::array<std::string_view, 38> exact_names{
    "collections.OrderedDict", "collections.defaultdict", "collections.Counter",
    "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
    "torch._utils._rebuild_tensor_v3", "torch._utils._rebuild_parameter",
    "torch._utils._rebuild_parameter_with_state", "torch._utils._rebuild_sparse_tensor",
    "torch._utils._rebuild_qtensor", "torch._utils._rebuild_meta_tensor_no_storage",
    "torch._utils._rebuild_device_tensor_from_numpy", "torch._tensor._rebuild_from_type_v2",
    "torch.Size", "torch.device", "torch.Tensor", "torch.Generator", "torch.nn.parameter.Parameter",
    "torch.nn.Parameter", "torch.storage.TypedStorage", "torch.storage._TypedStorage",
    "torch.serialization._get_layout", "_codecs.encode", "builtins.set", "builtins.frozenset",
    "builtins.bytearray", "builtins.bytes", "builtins.complex", "builtins.int", "builtins.float",
    "builtins.bool", "builtins.str", "builtins.list", "builtins.tuple", "builtins.dict",
    "builtins.slice", "builtins.object", "copyreg._reconstructor"};

// Classes that training programs leave in their files; kept opaque.
constexpr std::array<std::string_view, 18> harmless_starts{
    "numpy.core.multiarray.", "numpy._core.multiarray.", "pytorch_lightning.", "lightning.",
    "lightning_fabric.", "omegaconf.", "argparse.Namespace", "torch.nn.modules.", "torch.optim.",
    "ldm.", "sgm.", "diffusers.", "transformers.", "datetime.", "pathlib.P", "enum.", "typing.",
    "basicsr."};

constexpr std::array<std::string_view, 7> numpy_names{
    "numpy.dtype", "numpy.ndarray", "numpy.float64", "numpy.float32", "numpy.int64", "numpy.int32",
    "numpy.bool_"};

template <typename Table>
std::optional<ElementType> look_up(std::string_view name, const Table& table) {
    for (const auto& row : table) {
        if (row.name == name) return row.type;
    }
    return std::nullopt;
}

bool starts(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

}  // namespace

std::optional<ElementType> storage_type(std::string_view name) {
    for (const std::string_view module : {"torch.cuda.", "torch.storage.", "torch."}) {
        if (starts(name, module)) return look_up(name.substr(module.size()), storage_types);
    }
    return std::nullopt;
}

bool is_untyped_storage(std::string_view name) {
    return name == "torch.storage.UntypedStorage" || name == "torch.storage._UntypedStorage" ||
           name == "torch.UntypedStorage";
}

std::optional<ElementType> dtype_named(std::string_view name) {
    if (!starts(name, "torch.")) return std::nullopt;
    return look_up(name.substr(6), dtypes);
}

bool is_allowed_global(std::string_view name) {
    const auto is_exact = [&](const auto& names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is_exact(exact_names) || is_exact(numpy_names)) return true;
    if (storage_type(name) || is_untyped_storage(name) || dtype_named(name)) return true;
    return std::any_of(harmless_starts.begin(), harmless_starts.end(),
                       [&](std::string_view start) { return starts(name, start); });
}

}  // namespace diffusion::checkpoint
