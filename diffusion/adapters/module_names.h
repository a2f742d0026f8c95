#pragma once

#include "diffusion/checkpoint/key_map.h"

#include <map>
#include <string>
#include <vector>

namespace diffusion::adapters {

/// A layer of one of a model's networks, by its canonical (diffusers, transformers) name.
struct ModuleName {
    checkpoint::Part part = checkpoint::Part::unet;
    std::string name;  ///< "down_blocks.0.resnets.0.conv1"

    auto operator<=>(const ModuleName&) const = default;
};

/// All spellings that trainers have for the layers of one model. Names with underscores can't be
/// taken apart again, so that every spelling is made from the model's own names and looked up.
class ModuleNames {
public:
    /// Keys of a network's parameters, as the network names them. Of two text encoders the first is
    /// added first.
    void add(checkpoint::Part part, const std::vector<std::string>& keys);

    /// The layer that an adapter file means, or null.
    const ModuleName* find(const std::string& spelled) const;

private:
    void add_layer(const ModuleName& module, const std::string& spelled);

    std::map<std::string, ModuleName> modules_;
    bool has_first_encoder_ = false;
};

}  // namespace diffusion::adapters
