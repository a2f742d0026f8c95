#include <array>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/pickle_machine_impl.h"
#include "diffusion/checkpoint/pickle_names_impl.h"

namespace diffusion::checkpoint {

namespace {

/// Spellings of Python 2.
std::string modern_module(const std::string& module) {
    if (module == "__builtin__") return "builtins";
    if (module == "copy_reg") return "copyreg";
    return module;
}

bool is_one_of(const std::string& name, std::initializer_list<const char*> names) {
    for (const auto* other : names) {
        if (name == other) return true;
    }
    return false;
}

}  // namespace

bool PickleMachine::step_object(char op) {
    switch (op) {
        case 'c': {
            const std::string module(reader_.take_line());
            push_global(module, std::string(reader_.take_line()));
            return true;
        }
        case '\x93': {
            const auto name = pop();
            const auto module = pop();
            if (pickle_.at(name).kind != PickleKind::text ||
                pickle_.at(module).kind != PickleKind::text) {
                malformed("a name is not a text");
            }
            push_global(std::string(pickle_.at(module).text), std::string(pickle_.at(name).text));
            return true;
        }
        case 'R':
        case '\x81': {
            const auto arguments = pop();
            const auto callable = pop();
            push(reduce(callable, arguments));
            return true;
        }
        case '\x92': {
            pop();
            pop();
            push(opaque(pop()));
            return true;
        }
        case 'o': {
            const auto items = pop_marked();
            if (items.empty()) malformed("an object has no class");
            push(opaque(items.front()));
            return true;
        }
        case 'i': {
            pop_marked();
            const std::string module(reader_.take_line());
            push_global(module, std::string(reader_.take_line()));
            push(opaque(pop()));
            return true;
        }
        case 'b': build(); return true;
        case 'Q': push_storage(pop()); return true;
        default: return false;
    }
}

void PickleMachine::push_global(const std::string& module, const std::string& name) {
    constexpr std::size_t length_limit = 300;
    if (module.size() + name.size() > length_limit) malformed("a name is too long");
    const auto full = modern_module(module) + "." + name;
    if (!is_allowed_global(full)) {
        throw file_error(ErrorReason::forbidden_global, reader_.file(),
                         "wants to use \"" + full +
                             "\", which no model needs; the file may be an attack. Nothing of it was "
                             "run");
    }
    PickleValue value;
    value.kind = PickleKind::global;
    value.name = static_cast<std::uint32_t>(pickle_.names.size());
    pickle_.names.push_back(full);
    push(std::move(value));
}

const std::string& PickleMachine::name_of(PickleId id) const {
    static const std::string none;
    const auto& value = pickle_.at(id);
    return value.kind == PickleKind::global ? pickle_.names[value.name] : none;
}

PickleId PickleMachine::opaque(PickleId callable) {
    PickleValue value;
    value.kind = PickleKind::opaque;
    value.name = pickle_.at(callable).name;
    if (pickle_.at(callable).kind != PickleKind::global) malformed("something else than a name is called");
    return add(std::move(value));
}

PickleId PickleMachine::reduce(PickleId callable, PickleId arguments, int depth) {
    const auto& name = name_of(callable);
    if (pickle_.at(arguments).kind != PickleKind::tuple) malformed("arguments are not a tuple");
    const auto items = pickle_.at(arguments).items;
    if (is_one_of(name, {"torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor"})) {
        return rebuild_tensor(items, false);
    }
    if (name == "torch._utils._rebuild_tensor_v3") return rebuild_tensor(items, true);
    if (is_one_of(name, {"collections.OrderedDict", "collections.defaultdict", "collections.Counter",
                         "builtins.dict"})) {
        return make_dict(items);
    }
    const bool passes_first =
        is_one_of(name, {"torch._utils._rebuild_parameter", "torch.nn.parameter.Parameter",
                         "torch._utils._rebuild_parameter_with_state", "torch.nn.Parameter",
                         "torch.Size", "builtins.list", "builtins.tuple"});
    if (passes_first && !items.empty()) return items.front();
    if (name == "torch._tensor._rebuild_from_type_v2" && items.size() >= 3 && depth < 4) {
        return reduce(items[0], items[2], depth + 1);
    }
    return opaque(callable);
}

PickleId PickleMachine::make_dict(const std::vector<PickleId>& arguments) {
    PickleValue dict;
    dict.kind = PickleKind::dict;
    for (const auto argument : arguments) {
        const auto& value = pickle_.at(argument);
        if (value.kind == PickleKind::dict) dict.items = value.items;
        if (value.kind != PickleKind::list) continue;
        for (const auto pair : value.items) {
            const auto& entry = pickle_.at(pair).items;
            if (entry.size() != 2) malformed("a dictionary's entry is not a pair");
            dict.items.insert(dict.items.end(), entry.begin(), entry.end());
        }
    }
    return add(std::move(dict));
}

/// (storage, offset, size, stride, requires_grad, hooks[, dtype, ...])
PickleId PickleMachine::rebuild_tensor(const std::vector<PickleId>& arguments, bool has_dtype) {
    if (arguments.size() < (has_dtype ? 7u : 4u)) malformed("a tensor lacks arguments");
    const auto& source = pickle_.at(arguments[0]);
    if (source.kind != PickleKind::storage) malformed("a tensor has no storage");
    PickledTensor tensor;
    tensor.storage = pickle_.storages[static_cast<std::size_t>(source.integer)];
    tensor.type = tensor.storage.type;
    tensor.first = number(arguments[1]);
    tensor.shape = numbers(arguments[2]);
    tensor.strides = numbers(arguments[3]);
    if (has_dtype) {
        const auto type = dtype_named(name_of(arguments[6]));
        if (!type) {
            throw file_error(ErrorReason::unsupported_type, reader_.file(),
                             "a tensor has the type " + name_of(arguments[6]));
        }
        tensor.type = *type;
    }
    if (tensor.storage.is_untyped && !has_dtype) tensor.type = ElementType::u8;
    PickleValue value;
    value.kind = PickleKind::tensor;
    value.integer = static_cast<std::int64_t>(pickle_.tensors.size());
    pickle_.tensors.push_back(std::move(tensor));
    return add(std::move(value));
}

/// ('storage', class, key, location, elements[, view])
void PickleMachine::push_storage(PickleId id) {
    const auto& tuple = pickle_.at(id);
    if (tuple.kind != PickleKind::tuple || tuple.items.size() < 2) malformed("a persistent id is odd");
    const auto& items = tuple.items;
    const auto& tag = pickle_.at(items[0]);
    if (tag.text == "module") {
        push(items[1]);  // a class with its source text, which is left aside
        return;
    }
    if (tag.text != "storage" || items.size() < 5 || pickle_.at(items[2]).kind != PickleKind::text) {
        malformed("a persistent id is not a storage");
    }
    PickledStorage storage;
    const auto& class_name = name_of(items[1]);
    storage.is_untyped = is_untyped_storage(class_name);
    const auto type = storage.is_untyped ? ElementType::u8 : storage_type(class_name);
    if (!type) {
        throw file_error(ErrorReason::unsupported_type, reader_.file(),
                         "a storage has the class " + class_name);
    }
    storage.type = *type;
    storage.key = pickle_.at(items[2]).text;
    storage.elements = number(items[4]);
    if (items.size() > 5 && pickle_.at(items[5]).kind == PickleKind::tuple) {
        const auto& view = pickle_.at(items[5]).items;
        if (view.size() != 3) malformed("a storage's view is odd");
        storage.view_offset = number(view[1]);
    }
    PickleValue value;
    value.kind = PickleKind::storage;
    value.integer = static_cast<std::int64_t>(pickle_.storages.size());
    pickle_.storages.push_back(std::move(storage));
    push(std::move(value));
}

void PickleMachine::build() {
    const auto state = pop();
    auto& object = top();
    if (object.kind == PickleKind::opaque) object.items = {state};
}

}  // namespace diffusion::checkpoint
