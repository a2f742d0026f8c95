#include "diffusion/adapters/changed_weights.h"

#include "diffusion/adapters/adapter_file.h"
#include "diffusion/adapters/module_names.h"

namespace diffusion::adapters {

using checkpoint::Part;

std::map<Part, std::set<std::string>> changed_weights(
    const std::vector<AdapterUse>& uses,
    const std::vector<std::pair<Part, const checkpoint::TensorTable*>>& tables) {
    std::map<Part, std::set<std::string>> changed;
    if (uses.empty()) return changed;
    ModuleNames names;
    for (const auto& [part, table] : tables) {
        std::vector<std::string> keys;
        for (const auto& item : table->tensors) keys.push_back(item.first);
        names.add(part, keys);
    }
    for (const auto& use : uses) {
        for (const auto& item : open_adapter(use.file).modules) {
            const auto* module = names.find(item.first);
            if (!module) continue;
            const auto strength = module->part == Part::unet ? use.unet : use.text_encoder;
            if (strength != 0) changed[module->part].insert(module->name + ".weight");
        }
    }
    return changed;
}

}  // namespace diffusion::adapters
