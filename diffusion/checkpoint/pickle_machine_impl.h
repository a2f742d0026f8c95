#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "diffusion/checkpoint/pickle.h"

namespace diffusion::checkpoint {

/// The stack machine of read_pickle. Each step_... takes the opcodes of its group and says whether
/// the opcode was one of them.
class PickleMachine {
public:
    explicit PickleMachine(ByteReader& reader);
    Pickle run();

private:
    bool step_stack(char op);
    bool step_number(char op);
    bool step_text(char op);
    bool step_container(char op);
    bool step_memo(char op);
    bool step_object(char op);

    PickleId add(PickleValue value);
    void push(PickleId id);
    void push(PickleValue value) { push(add(std::move(value))); }
    PickleId pop();
    /// What was pushed since the last mark.
    std::vector<PickleId> pop_marked();
    PickleValue& top();

    void push_text(PickleKind kind, std::string_view text);
    void push_line_number(std::string_view line);
    void push_global(const std::string& module, const std::string& name);
    void push_storage(PickleId id);
    void append(std::vector<PickleId> items);
    void set_items(std::vector<PickleId> items);
    void remember(std::uint64_t index);
    void recall(std::uint64_t index);

    /// The value of a call that is understood; an opaque one for all others. Nothing is called.
    PickleId reduce(PickleId callable, PickleId arguments, int depth = 0);
    PickleId rebuild_tensor(const std::vector<PickleId>& arguments, bool has_dtype);
    PickleId make_dict(const std::vector<PickleId>& arguments);
    PickleId opaque(PickleId callable);
    void build();

    const std::string& name_of(PickleId id) const;
    std::int64_t number(PickleId id) const;
    std::vector<std::int64_t> numbers(PickleId id) const;
    [[noreturn]] void malformed(const std::string& text) const;

    ByteReader& reader_;
    Pickle pickle_;
    std::vector<PickleId> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint64_t, PickleId> memo_;
    std::size_t start_;
};

}  // namespace diffusion::checkpoint
