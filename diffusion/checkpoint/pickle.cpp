#include "diffusion/checkpoint/pickle.h"

#include <array>

#include "diffusion/checkpoint/pickle_machine_impl.h"

namespace diffusion::checkpoint {

namespace {

constexpr int nesting_limit = 4;
// Dictionaries that hold one another many times over must not take forever.
constexpr int visit_limit = 200'000;

/// A dictionary, also as the state of an object such as a ParameterDict.
const PickleValue* as_dict(const Pickle& pickle, const PickleValue& value) {
    if (value.kind == PickleKind::dict) return &value;
    if (value.kind != PickleKind::opaque || value.items.empty()) return nullptr;
    const auto& state = pickle.at(value.items.front());
    if (state.kind != PickleKind::dict) return nullptr;
    const auto* parameters = pickle.find(state, "_parameters");
    return parameters && parameters->kind == PickleKind::dict ? parameters : &state;
}

using Found = std::map<std::string, PickledTensor>;

struct Visit {
    int depth;
    int* remaining;
};

void collect(const Pickle& pickle, const PickleValue& dict, const std::string& stem, Visit visit,
             Found& found) {
    for (std::size_t i = 0; i + 1 < dict.items.size() && --*visit.remaining > 0; i += 2) {
        const auto& key = pickle.at(dict.items[i]);
        const auto& value = pickle.at(dict.items[i + 1]);
        if (key.kind != PickleKind::text) continue;
        const auto name = stem + std::string(key.text);
        if (value.kind == PickleKind::tensor) {
            found[name] = pickle.tensors[static_cast<std::size_t>(value.integer)];
        } else if (const auto* inner = as_dict(pickle, value); inner && visit.depth > 0) {
            collect(pickle, *inner, name + ".", {visit.depth - 1, visit.remaining}, found);
        }
    }
}

/// The dictionary that holds the weights, below what training programs wrap around it.
const PickleValue& model_dict(const Pickle& pickle, const PickleValue& root) {
    constexpr std::array wrappers{"state_dict", "params_ema", "params", "model", "module", "net",
                                  "generator"};
    const auto* dict = &root;
    for (int depth = 0; depth < 2; ++depth) {
        for (const auto* wrapper : wrappers) {
            const auto* inner = pickle.find(*dict, wrapper);
            if (!inner || !as_dict(pickle, *inner)) continue;
            dict = as_dict(pickle, *inner);
            break;
        }
    }
    return *dict;
}

}  // namespace

const PickleValue* Pickle::find(const PickleValue& dict, std::string_view key) const {
    if (dict.kind != PickleKind::dict) return nullptr;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const auto& name = at(dict.items[i]);
        if (name.kind == PickleKind::text && name.text == key) return &at(dict.items[i + 1]);
    }
    return nullptr;
}

std::map<std::string, PickledTensor> Pickle::model_tensors() const {
    Found found;
    const auto* top = as_dict(*this, at(root));
    if (!top) return found;
    const auto& dict = model_dict(*this, *top);
    int remaining = visit_limit;
    collect(*this, dict, "", {0, &remaining}, found);
    if (found.empty()) collect(*this, dict, "", {nesting_limit, &remaining}, found);
    return found;
}

Pickle read_pickle(ByteReader& reader) { return PickleMachine(reader).run(); }

}  // namespace diffusion::checkpoint
