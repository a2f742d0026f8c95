#include "diffusion/checkpoint/safetensors_table.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/utf8.h"

namespace diffusion::checkpoint {

namespace {

using nlohmann::json;

constexpr std::uint64_t header_limit = 100'000'000;
constexpr int depth_limit = 8;
constexpr int rank_limit = 16;

struct Offsets {
    std::uint64_t begin;
    std::uint64_t end;
};

struct HeaderEntry {
    std::string name;
    ElementType type;
    std::vector<std::int64_t> shape;
    Offsets offsets;
};

std::string_view header_text(const FileBytes& file) {
    const auto size = file.bytes.size();
    if (size < 8) {
        throw file_error(ErrorReason::header_too_small, file.name,
                         "has " + std::to_string(size) + " bytes; a safetensors file has at least 8");
    }
    std::uint64_t length = 0;
    std::memcpy(&length, file.bytes.data(), 8);
    if (length > header_limit) {
        throw file_error(ErrorReason::header_too_large, file.name,
                         "says its header has " + std::to_string(length) + " bytes; at most " +
                             std::to_string(header_limit) + " are allowed");
    }
    if (length > size - 8) {
        throw file_error(ErrorReason::invalid_header_length, file.name,
                         "says its header has " + std::to_string(length) + " bytes, but only " +
                             std::to_string(size - 8) +
                             " follow; the download is incomplete or damaged");
    }
    return {reinterpret_cast<const char*>(file.bytes.data()) + 8, static_cast<std::size_t>(length)};
}

/// Watches the JSON while it is parsed: nesting, sizes of arrays and repeated names.
class HeaderGuard {
public:
    explicit HeaderGuard(const std::string& file) : file_(file) {}

    bool operator()(int depth, json::parse_event_t event, const json& parsed) {
        if (depth > depth_limit) {
            throw file_error(ErrorReason::invalid_header_deserialization, file_,
                             "its header is nested too deeply");
        }
        if (event == json::parse_event_t::key && depth <= 2) note_key(depth, parsed);
        if (event == json::parse_event_t::array_start) items_ = 0;
        if (event == json::parse_event_t::value && depth >= 3 && ++items_ > rank_limit) {
            throw file_error(ErrorReason::limit_exceeded, file_,
                             "a tensor has more than " + std::to_string(rank_limit) + " dimensions");
        }
        return true;
    }

private:
    void note_key(int depth, const json& parsed) {
        if (depth == 1) fields_.clear();
        auto& seen = depth == 1 ? names_ : fields_;
        const auto name = parsed.get<std::string>();
        if (!seen.insert(name).second) {
            throw file_error(ErrorReason::duplicate_key, file_,
                             "its header has the name \"" + name + "\" twice");
        }
    }

    const std::string& file_;
    std::set<std::string> names_;
    std::set<std::string> fields_;
    int items_ = 0;
};

Error bad_header(const FileBytes& file, const std::string& text) {
    return file_error(ErrorReason::invalid_header_deserialization, file.name,
                      "its header is not valid: " + text);
}

json parse_header(const FileBytes& file, std::string_view text) {
    if (!is_utf8(text)) {
        throw file_error(ErrorReason::invalid_header, file.name, "its header is not UTF-8 text");
    }
    try {
        auto header = json::parse(text, HeaderGuard(file.name));
        if (!header.is_object()) throw bad_header(file, "expected an object {...}");
        return header;
    } catch (const json::exception& error) {
        throw bad_header(file, error.what());
    }
}

std::optional<ElementType> type_named(const std::string& name) {
    for (auto i = static_cast<int>(ElementType::f64); i <= static_cast<int>(ElementType::c64); ++i) {
        if (name == name_of(static_cast<ElementType>(i))) return static_cast<ElementType>(i);
    }
    return std::nullopt;
}

ElementType read_type(const FileBytes& file, const std::string& name, const json& fields) {
    const auto found = fields.find("dtype");
    if (found == fields.end() || !found->is_string()) {
        throw bad_header(file, "tensor \"" + name + "\" has no dtype");
    }
    const auto text = found->get<std::string>();
    if (text == "F4" || text == "F6_E2M3" || text == "F6_E3M2") {
        throw file_error(ErrorReason::unsupported_type, file.name,
                         "tensor \"" + name + "\" has the type " + text + ", which is not supported");
    }
    const auto type = type_named(text);
    if (!type) throw bad_header(file, "tensor \"" + name + "\" has the unknown dtype " + text);
    return *type;
}

std::vector<std::uint64_t> read_counts(const FileBytes& file, const std::string& name,
                                       const json& fields, const char* field) {
    const auto found = fields.find(field);
    if (found == fields.end() || !found->is_array()) {
        throw bad_header(file, "tensor \"" + name + "\" has no " + field);
    }
    std::vector<std::uint64_t> counts;
    for (const auto& item : *found) {
        if (!item.is_number_unsigned()) {
            throw bad_header(file, "tensor \"" + name + "\": " + field + " holds " + item.dump() +
                                       "; expected whole numbers from 0");
        }
        counts.push_back(item.get<std::uint64_t>());
    }
    return counts;
}

HeaderEntry read_entry(const FileBytes& file, const std::string& name, const json& fields) {
    if (!fields.is_object()) throw bad_header(file, "tensor \"" + name + "\" is not an object");
    HeaderEntry entry{name, read_type(file, name, fields), {}, {}};
    for (const auto size : read_counts(file, name, fields, "shape")) {
        if (size > static_cast<std::uint64_t>(INT64_MAX)) {
            throw file_error(ErrorReason::validation_overflow, file.name,
                             "tensor \"" + name + "\" has an impossible size");
        }
        entry.shape.push_back(static_cast<std::int64_t>(size));
    }
    const auto offsets = read_counts(file, name, fields, "data_offsets");
    if (offsets.size() != 2) {
        throw bad_header(file, "tensor \"" + name + "\": data_offsets must be two numbers");
    }
    entry.offsets = {offsets[0], offsets[1]};
    return entry;
}

std::map<std::string, std::string> read_metadata(const FileBytes& file, const json& fields) {
    if (!fields.is_object()) throw bad_header(file, "__metadata__ is not an object");
    std::map<std::string, std::string> metadata;
    for (const auto& [key, value] : fields.items()) {
        if (!value.is_string()) throw bad_header(file, "__metadata__." + key + " is not a text");
        metadata[key] = value.get<std::string>();
    }
    return metadata;
}

/// The tensors in the order of their bytes; each must begin where the one before ends.
void check_layout(const FileBytes& file, std::vector<HeaderEntry>& entries, std::uint64_t data_size) {
    std::sort(entries.begin(), entries.end(), [](const HeaderEntry& a, const HeaderEntry& b) {
        return std::tie(a.offsets.begin, a.offsets.end) < std::tie(b.offsets.begin, b.offsets.end);
    });
    std::uint64_t position = 0;
    for (const auto& entry : entries) {
        const auto [begin, end] = entry.offsets;
        if (begin != position || end < begin) {
            throw file_error(ErrorReason::invalid_offset, file.name,
                             "tensor \"" + entry.name + "\" lies at " + std::to_string(begin) +
                                 " to " + std::to_string(end) + "; expected to begin at " +
                                 std::to_string(position));
        }
        std::int64_t count = 0;
        std::int64_t bytes = 0;
        if (!checked_product(entry.shape, count) ||
            __builtin_mul_overflow(count, block_of(entry.type).bytes, &bytes)) {
            throw file_error(ErrorReason::validation_overflow, file.name,
                             "tensor \"" + entry.name + "\" " + shape_text(entry.shape) +
                                 " is larger than any memory");
        }
        if (end - begin != static_cast<std::uint64_t>(bytes)) {
            throw file_error(ErrorReason::tensor_invalid_info, file.name,
                             "tensor \"" + entry.name + "\" " + shape_text(entry.shape) + " of " +
                                 name_of(entry.type) + " needs " + std::to_string(bytes) +
                                 " bytes, its offsets give " + std::to_string(end - begin));
        }
        position = end;
    }
    if (position != data_size) {
        throw file_error(ErrorReason::metadata_incomplete_buffer, file.name,
                         "its tensors need " + std::to_string(position) + " bytes, the file holds " +
                             std::to_string(data_size) + "; the download is incomplete or damaged");
    }
}

}  // namespace

FileBytes FileBytes::of(const std::shared_ptr<const MappedFile>& mapped) {
    return {mapped->bytes(), mapped->name(), mapped, mapped};
}

TensorTable read_safetensors_table(const FileBytes& file) {
    const auto text = header_text(file);
    const auto header = parse_header(file, text);
    TensorTable table;
    std::vector<HeaderEntry> entries;
    for (const auto& [name, fields] : header.items()) {
        if (name == "__metadata__") {
            table.metadata = read_metadata(file, fields);
        } else {
            entries.push_back(read_entry(file, name, fields));
        }
    }
    const auto data = file.bytes.subspan(8 + text.size());
    check_layout(file, entries, data.size());
    for (auto& entry : entries) {
        auto strides = contiguous_strides(entry.shape);
        table.tensors[entry.name] = {
            entry.type, std::move(entry.shape), std::move(strides), 0,
            data.subspan(entry.offsets.begin, entry.offsets.end - entry.offsets.begin),
            file.owner, file.file};
    }
    return table;
}

}  // namespace diffusion::checkpoint
