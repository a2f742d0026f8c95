#include <charconv>
#include <cstdlib>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/pickle_machine_impl.h"

namespace diffusion::checkpoint {

namespace {

// A full-size checkpoint has some ten thousand values.
constexpr std::size_t value_limit = 4'000'000;

double big_endian_double(std::span<const std::byte> bytes) {
    std::uint64_t bits = 0;
    for (const auto byte : bytes) bits = bits << 8 | std::to_integer<std::uint64_t>(byte);
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
}

/// Two's complement, little-endian, at most 8 bytes.
std::int64_t little_endian_integer(std::string_view bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    }
    const auto unused = 64 - 8 * bytes.size();
    if (bytes.empty()) return 0;
    return static_cast<std::int64_t>(value << unused) >> unused;
}

std::string_view without_quotes(std::string_view line) {
    if (line.size() >= 2 && (line.front() == '\'' || line.front() == '"') &&
        line.back() == line.front()) {
        return line.substr(1, line.size() - 2);
    }
    return line;
}

PickleValue value_of(PickleKind kind, std::int64_t integer = 0) {
    PickleValue value;
    value.kind = kind;
    value.integer = integer;
    return value;
}

}  // namespace

PickleMachine::PickleMachine(ByteReader& reader) : reader_(reader), start_(reader.position()) {}

Pickle PickleMachine::run() {
    for (;;) {
        const auto op = static_cast<char>(reader_.read<std::uint8_t>());
        if (op == '.') break;
        if (step_text(op) || step_memo(op) || step_container(op) || step_number(op) ||
            step_object(op) || step_stack(op)) {
            continue;
        }
        malformed("unknown opcode " + std::to_string(static_cast<unsigned char>(op)));
    }
    pickle_.root = pop();
    return std::move(pickle_);
}

bool PickleMachine::step_stack(char op) {
    switch (op) {
        case '\x80': reader_.skip(1); return true;
        case '\x95': reader_.skip(8); return true;
        case '(': marks_.push_back(stack_.size()); return true;
        case '0': pop(); return true;
        case '1': pop_marked(); return true;
        case '2':
            top();
            push(stack_.back());
            return true;
        default: return false;
    }
}

bool PickleMachine::step_number(char op) {
    switch (op) {
        case 'N': push(value_of(PickleKind::none)); return true;
        case '\x88': push(value_of(PickleKind::boolean, 1)); return true;
        case '\x89': push(value_of(PickleKind::boolean, 0)); return true;
        case 'J': push(value_of(PickleKind::integer, reader_.read<std::int32_t>())); return true;
        case 'K': push(value_of(PickleKind::integer, reader_.read<std::uint8_t>())); return true;
        case 'M': push(value_of(PickleKind::integer, reader_.read<std::uint16_t>())); return true;
        case '\x8a':
        case '\x8b': {
            const std::uint64_t length =
                op == '\x8a' ? reader_.read<std::uint8_t>() : reader_.read<std::uint32_t>();
            const auto bytes = reader_.take_text(length);
            if (bytes.size() > 8) {
                push_text(PickleKind::big_integer, bytes);
            } else {
                push(value_of(PickleKind::integer, little_endian_integer(bytes)));
            }
            return true;
        }
        case 'I':
        case 'L': push_line_number(reader_.take_line()); return true;
        case 'F':
        case 'G': {
            auto value = value_of(PickleKind::real);
            value.real = op == 'G' ? big_endian_double(reader_.take(8))
                                   : std::strtod(std::string(reader_.take_line()).c_str(), nullptr);
            push(std::move(value));
            return true;
        }
        default: return false;
    }
}

void PickleMachine::push_line_number(std::string_view line) {
    if (line == "00" || line == "01") {
        push(value_of(PickleKind::boolean, line == "01"));
        return;
    }
    if (!line.empty() && line.back() == 'L') line.remove_suffix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error == std::errc::result_out_of_range) {
        push_text(PickleKind::big_integer, line);
        return;
    }
    if (error != std::errc{} || end != line.data() + line.size()) malformed("a broken number");
    push(value_of(PickleKind::integer, value));
}

bool PickleMachine::step_text(char op) {
    switch (op) {
        case 'X': push_text(PickleKind::text, reader_.take_text(reader_.read<std::uint32_t>())); break;
        case '\x8c': push_text(PickleKind::text, reader_.take_text(reader_.read<std::uint8_t>())); break;
        case '\x8d': push_text(PickleKind::text, reader_.take_text(reader_.read<std::uint64_t>())); break;
        case 'U': push_text(PickleKind::text, reader_.take_text(reader_.read<std::uint8_t>())); break;
        case 'T': push_text(PickleKind::text, reader_.take_text(reader_.read<std::uint32_t>())); break;
        case 'S': push_text(PickleKind::text, without_quotes(reader_.take_line())); break;
        case 'V': push_text(PickleKind::text, reader_.take_line()); break;
        case 'B': push_text(PickleKind::bytes, reader_.take_text(reader_.read<std::uint32_t>())); break;
        case 'C': push_text(PickleKind::bytes, reader_.take_text(reader_.read<std::uint8_t>())); break;
        case '\x8e':
        case '\x96':
            push_text(PickleKind::bytes, reader_.take_text(reader_.read<std::uint64_t>()));
            break;
        default: return false;
    }
    return true;
}

bool PickleMachine::step_container(char op) {
    const auto push_items = [&](PickleKind kind, std::vector<PickleId> items) {
        auto value = value_of(kind);
        value.items = std::move(items);
        push(std::move(value));
    };
    const auto pop_last = [&](std::size_t count) {
        std::vector<PickleId> items(count);
        for (auto i = count; i-- > 0;) items[i] = pop();
        return items;
    };
    switch (op) {
        case ')': push_items(PickleKind::tuple, {}); break;
        case '\x85': push_items(PickleKind::tuple, pop_last(1)); break;
        case '\x86': push_items(PickleKind::tuple, pop_last(2)); break;
        case '\x87': push_items(PickleKind::tuple, pop_last(3)); break;
        case 't': push_items(PickleKind::tuple, pop_marked()); break;
        case ']':
        case '\x8f': push_items(PickleKind::list, {}); break;
        case 'l':
        case '\x91': push_items(PickleKind::list, pop_marked()); break;
        case '}': push_items(PickleKind::dict, {}); break;
        case 'd': {
            auto items = pop_marked();
            push_items(PickleKind::dict, {});
            set_items(std::move(items));
            break;
        }
        case 'a': append(pop_last(1)); break;
        case 'e':
        case '\x90': append(pop_marked()); break;
        case 's': set_items(pop_last(2)); break;
        case 'u': set_items(pop_marked()); break;
        default: return false;
    }
    return true;
}

bool PickleMachine::step_memo(char op) {
    const auto line_index = [&] {
        push_line_number(reader_.take_line());
        return static_cast<std::uint64_t>(number(pop()));
    };
    switch (op) {
        case 'q': remember(reader_.read<std::uint8_t>()); break;
        case 'r': remember(reader_.read<std::uint32_t>()); break;
        case 'p': remember(line_index()); break;
        case '\x94': remember(memo_.size()); break;
        case 'h': recall(reader_.read<std::uint8_t>()); break;
        case 'j': recall(reader_.read<std::uint32_t>()); break;
        case 'g': recall(line_index()); break;
        default: return false;
    }
    return true;
}

PickleId PickleMachine::add(PickleValue value) {
    if (pickle_.values.size() >= value_limit) {
        throw file_error(ErrorReason::limit_exceeded, reader_.file(),
                         "its pickle has more than " + std::to_string(value_limit) + " values");
    }
    pickle_.values.push_back(std::move(value));
    return static_cast<PickleId>(pickle_.values.size() - 1);
}

void PickleMachine::push(PickleId id) {
    if (stack_.size() >= value_limit) {
        throw file_error(ErrorReason::limit_exceeded, reader_.file(), "its pickle's stack is too deep");
    }
    stack_.push_back(id);
}

PickleId PickleMachine::pop() {
    top();
    const auto id = stack_.back();
    stack_.pop_back();
    return id;
}

std::vector<PickleId> PickleMachine::pop_marked() {
    if (marks_.empty()) malformed("a mark is missing");
    const auto begin = marks_.back();
    marks_.pop_back();
    if (begin > stack_.size()) malformed("a mark lies above the stack");
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::vector<PickleId> items(first, stack_.end());
    stack_.erase(first, stack_.end());
    return items;
}

PickleValue& PickleMachine::top() {
    const auto floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() <= floor) malformed("the stack is empty");
    return pickle_.values[stack_.back()];
}

void PickleMachine::push_text(PickleKind kind, std::string_view text) {
    auto value = value_of(kind);
    value.text = text;
    push(std::move(value));
}

void PickleMachine::append(std::vector<PickleId> items) {
    auto& list = top();
    if (list.kind == PickleKind::opaque) return;
    if (list.kind != PickleKind::list) malformed("items are appended to something else than a list");
    list.items.insert(list.items.end(), items.begin(), items.end());
}

void PickleMachine::set_items(std::vector<PickleId> items) {
    auto& dict = top();
    if (dict.kind == PickleKind::opaque) return;
    if (dict.kind != PickleKind::dict) malformed("items are set in something else than a dictionary");
    if (items.size() % 2 != 0) malformed("a key has no value");
    dict.items.insert(dict.items.end(), items.begin(), items.end());
}

void PickleMachine::remember(std::uint64_t index) {
    top();
    if (memo_.size() >= value_limit) {
        throw file_error(ErrorReason::limit_exceeded, reader_.file(), "its pickle's memo is too large");
    }
    memo_[index] = stack_.back();
}

void PickleMachine::recall(std::uint64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) malformed("memo " + std::to_string(index) + " was never stored");
    push(found->second);
}

std::int64_t PickleMachine::number(PickleId id) const {
    const auto& value = pickle_.at(id);
    if (value.kind != PickleKind::integer && value.kind != PickleKind::boolean) {
        malformed("a number was expected");
    }
    return value.integer;
}

std::vector<std::int64_t> PickleMachine::numbers(PickleId id) const {
    constexpr std::size_t rank_limit = 16;
    const auto& value = pickle_.at(id);
    if (value.kind != PickleKind::tuple && value.kind != PickleKind::list) {
        malformed("a tuple of numbers was expected");
    }
    if (value.items.size() > rank_limit) malformed("a tensor has too many dimensions");
    std::vector<std::int64_t> result;
    for (const auto item : value.items) result.push_back(number(item));
    return result;
}

void PickleMachine::malformed(const std::string& text) const {
    throw file_error(ErrorReason::malformed, reader_.file(),
                     "its pickle is broken at byte " + std::to_string(reader_.position() - start_) +
                         ": " + text);
}

}  // namespace diffusion::checkpoint
