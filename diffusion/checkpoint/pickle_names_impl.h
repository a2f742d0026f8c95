#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// Whether a pickle may name this class or function ("torch._utils._rebuild_tensor_v2"). None is
/// ever run: the list keeps files out that could only have been made to attack.
bool is_allowed_global(std::string_view name);

/// "torch.HalfStorage" -> f16
std::optional<ElementType> storage_type(std::string_view name);
/// "torch.float8_e4m3fn" -> f8_e4m3
std::optional<ElementType> dtype_named(std::string_view name);
bool is_untyped_storage(std::string_view name);

}  // namespace diffusion::checkpoint
