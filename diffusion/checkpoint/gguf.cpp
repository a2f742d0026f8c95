#include "diffusion/checkpoint/gguf.h"

#include <algorithm>
#include <array>
#include <optional>

#include "diffusion/checkpoint/byte_reader.h"
#include "diffusion/checkpoint/file_error.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::uint32_t kind_text = 8;
constexpr std::uint32_t kind_array = 9;
constexpr std::string_view shape_prefix = "comfy.gguf.orig_shape.";

struct TypeId {
    std::uint32_t id;
    ElementType type;
};

constexpr std::array type_ids{
    TypeId{0, ElementType::f32},   TypeId{1, ElementType::f16},   TypeId{2, ElementType::q4_0},
    TypeId{3, ElementType::q4_1},  TypeId{6, ElementType::q5_0},  TypeId{7, ElementType::q5_1},
    TypeId{8, ElementType::q8_0},  TypeId{10, ElementType::q2_k}, TypeId{11, ElementType::q3_k},
    TypeId{12, ElementType::q4_k}, TypeId{13, ElementType::q5_k}, TypeId{14, ElementType::q6_k},
    TypeId{24, ElementType::i8},   TypeId{25, ElementType::i16},  TypeId{26, ElementType::i32},
    TypeId{27, ElementType::i64},  TypeId{28, ElementType::f64},  TypeId{30, ElementType::bf16},
};

/// Bytes of one value of a key-value kind; 0 for texts, arrays and unknown ones.
std::uint64_t value_size(std::uint32_t kind) {
    constexpr std::array<std::uint64_t, 13> sizes{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return kind < sizes.size() ? sizes[kind] : 0;
}

struct Info {
    std::string name;
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::uint64_t offset = 0;
};

class GgufReader {
public:
    explicit GgufReader(const FileBytes& file) : file_(file), reader_(file.bytes, file.name) {}

    TensorTable read() {
        const auto [tensor_count, value_count] = read_counts();
        for (std::uint64_t i = 0; i < value_count; ++i) read_pair();
        std::vector<Info> infos;
        for (std::uint64_t i = 0; i < tensor_count; ++i) infos.push_back(read_info());
        const auto data = (reader_.position() + alignment_ - 1) / alignment_ * alignment_;
        for (auto& info : infos) add(info, data);
        return std::move(table_);
    }

private:
    [[noreturn]] void fail(ErrorReason reason, const std::string& text) const {
        throw file_error(reason, file_.name, text);
    }

    std::pair<std::uint64_t, std::uint64_t> read_counts() {
        reader_.skip(4);
        const auto version = reader_.read<std::uint32_t>();
        if (version != 0 && (version & 0xFFFF) == 0) {
            fail(ErrorReason::unsupported_format,
                 "is a big-endian GGUF file, which is not supported");
        }
        if (version != 2 && version != 3) {
            fail(ErrorReason::unsupported_version,
                 "has the GGUF version " + std::to_string(version) + "; expected 2 or 3");
        }
        const auto tensors = reader_.read<std::uint64_t>();
        const auto values = reader_.read<std::uint64_t>();
        constexpr std::uint64_t smallest_tensor = 24;
        constexpr std::uint64_t smallest_value = 13;
        if (tensors > reader_.remaining() / smallest_tensor ||
            values > reader_.remaining() / smallest_value) {
            fail(ErrorReason::limit_exceeded,
                 "says it holds " + std::to_string(tensors) + " tensors and " +
                     std::to_string(values) + " values, more than fit into it");
        }
        return {tensors, values};
    }

    std::string read_text() { return std::string(reader_.take_text(reader_.read<std::uint64_t>())); }

    void read_pair() {
        const auto key = read_text();
        const auto kind = reader_.read<std::uint32_t>();
        if (kind == kind_text) {
            table_.metadata[key] = read_text();
        } else if (kind == kind_array) {
            read_array(key, 0);
        } else {
            table_.metadata[key] = read_number(kind);
        }
        if (key == "general.alignment") set_alignment(table_.metadata[key]);
    }

    std::string read_number(std::uint32_t kind) {
        switch (kind) {
            case 0: return std::to_string(reader_.read<std::uint8_t>());
            case 1: return std::to_string(reader_.read<std::int8_t>());
            case 2: return std::to_string(reader_.read<std::uint16_t>());
            case 3: return std::to_string(reader_.read<std::int16_t>());
            case 4: return std::to_string(reader_.read<std::uint32_t>());
            case 5: return std::to_string(reader_.read<std::int32_t>());
            case 6: return std::to_string(reader_.read<float>());
            case 7: return reader_.read<std::uint8_t>() != 0 ? "true" : "false";
            case 10: return std::to_string(reader_.read<std::uint64_t>());
            case 11: return std::to_string(reader_.read<std::int64_t>());
            case 12: return std::to_string(reader_.read<double>());
            default:
                fail(ErrorReason::unsupported_type,
                     "has a value of the unknown kind " + std::to_string(kind));
        }
    }

    void read_array(const std::string& key, int depth) {
        constexpr int depth_limit = 8;
        if (depth > depth_limit) fail(ErrorReason::limit_exceeded, "nests arrays too deeply");
        const auto kind = reader_.read<std::uint32_t>();
        const auto count = reader_.read<std::uint64_t>();
        if (kind == kind_text || kind == kind_array) {
            for (std::uint64_t i = 0; i < count; ++i) {
                if (kind == kind_text) reader_.skip(reader_.read<std::uint64_t>());
                else read_array(key, depth + 1);
            }
            return;
        }
        const auto size = value_size(kind);
        if (size == 0) {
            fail(ErrorReason::unsupported_type,
                 "has an array of the unknown kind " + std::to_string(kind));
        }
        if (count > reader_.remaining() / size) {
            fail(ErrorReason::limit_exceeded,
                 "has an array of " + std::to_string(count) + " items, more than fit into it");
        }
        if (kind == 5 && depth == 0 && key.rfind(shape_prefix, 0) == 0 && count <= 8) {
            auto& shape = shapes_[key.substr(shape_prefix.size())];
            for (std::uint64_t i = 0; i < count; ++i) shape.push_back(reader_.read<std::int32_t>());
        } else {
            reader_.skip(count * size);
        }
    }

    void set_alignment(const std::string& text) {
        const bool is_short = !text.empty() && text.size() <= 7 &&
                              text.find_first_not_of("0123456789") == std::string::npos;
        alignment_ = is_short ? std::stoull(text) : 0;
        if (alignment_ == 0 || (alignment_ & (alignment_ - 1)) != 0) {
            fail(ErrorReason::malformed,
                 "has the alignment " + text + "; expected a power of two");
        }
    }

    Info read_info() {
        constexpr std::uint32_t rank_limit = 8;
        Info info;
        info.name = read_text();
        const auto rank = reader_.read<std::uint32_t>();
        if (rank > rank_limit) {
            fail(ErrorReason::limit_exceeded, "tensor \"" + info.name + "\" has " +
                                                  std::to_string(rank) + " dimensions");
        }
        for (std::uint32_t i = 0; i < rank; ++i) info.shape.push_back(reader_.read<std::int64_t>());
        std::reverse(info.shape.begin(), info.shape.end());
        const auto id = reader_.read<std::uint32_t>();
        const auto row = std::find_if(type_ids.begin(), type_ids.end(),
                                      [&](const TypeId& type) { return type.id == id; });
        if (row == type_ids.end()) {
            fail(ErrorReason::unsupported_type,
                 "tensor \"" + info.name + "\" has the unknown type " + std::to_string(id));
        }
        info.type = row->type;
        info.offset = reader_.read<std::uint64_t>();
        return info;
    }

    /// Bytes that the tensor takes up.
    std::uint64_t size_of(const Info& info) const {
        const auto block = block_of(info.type);
        std::int64_t count = 0;
        std::int64_t bytes = 0;
        const bool fits = checked_product(info.shape, count) &&
                          !__builtin_mul_overflow(count / block.elements, block.bytes, &bytes);
        if (!fits) {
            fail(ErrorReason::malformed,
                 "tensor \"" + info.name + "\" has the impossible shape " + shape_text(info.shape));
        }
        if (block.elements > 1 && (info.shape.empty() || info.shape.back() % block.elements != 0)) {
            fail(ErrorReason::malformed,
                 "tensor \"" + info.name + "\" " + shape_text(info.shape) + " of " +
                     name_of(info.type) + " has rows that are not whole blocks of " +
                     std::to_string(block.elements));
        }
        return static_cast<std::uint64_t>(bytes);
    }

    void add(Info& info, std::uint64_t data) {
        const auto size = size_of(info);
        const auto total = file_.bytes.size();
        if (info.offset % alignment_ != 0) {
            fail(ErrorReason::malformed, "tensor \"" + info.name + "\" lies at " +
                                             std::to_string(info.offset) +
                                             ", which is no multiple of " +
                                             std::to_string(alignment_));
        }
        if (data > total || info.offset > total - data || size > total - data - info.offset) {
            fail(ErrorReason::out_of_range,
                 "tensor \"" + info.name + "\" needs " + std::to_string(size) +
                     " bytes behind the end of the file; the download is incomplete");
        }
        TensorEntry entry;
        entry.type = info.type;
        entry.shape = original_shape(info);
        entry.strides = contiguous_strides(entry.shape);
        entry.bytes = file_.bytes.subspan(data + info.offset, size);
        entry.owner = file_.owner;
        entry.file = file_.file;
        if (!table_.tensors.emplace(info.name, std::move(entry)).second) {
            fail(ErrorReason::duplicate_key, "has the tensor \"" + info.name + "\" twice");
        }
    }

    std::vector<std::int64_t> original_shape(const Info& info) const {
        const auto found = shapes_.find(info.name);
        if (found == shapes_.end()) return info.shape;
        std::int64_t stored = 0;
        std::int64_t original = 0;
        checked_product(info.shape, stored);
        if (!checked_product(found->second, original) || stored != original) {
            fail(ErrorReason::malformed,
                 "tensor \"" + info.name + "\" " + shape_text(info.shape) +
                     " can't have had the shape " + shape_text(found->second));
        }
        return found->second;
    }

    const FileBytes& file_;
    ByteReader reader_;
    TensorTable table_;
    std::map<std::string, std::vector<std::int64_t>> shapes_;
    std::uint64_t alignment_ = 32;
};

}  // namespace

TensorTable read_gguf(const FileBytes& file) { return GgufReader(file).read(); }

std::optional<std::uint32_t> gguf_type_id(ElementType type) {
    for (const auto& row : type_ids) {
        if (row.type == type) return row.id;
    }
    return std::nullopt;
}

}  // namespace diffusion::checkpoint
