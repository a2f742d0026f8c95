#pragma once

#include "diffusion/adapters/adapter_file.h"

namespace diffusion::adapters {

/// peft keeps alpha beside the factors, in its adapter_config.json, and newer diffusers in the
/// metadata (lora_adapter_metadata). Gives each LoRA that has no alpha of its own the one stated
/// there. Throws Error (corrupt_file) for text that is no JSON.
void add_peft_alphas(AdapterFile& adapter);

}  // namespace diffusion::adapters
