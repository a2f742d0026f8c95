#include "diffusion/checkpoint/torch_file.h"

#include <algorithm>
#include <functional>

#include "diffusion/checkpoint/byte_reader.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/pickle.h"
#include "diffusion/checkpoint/zip_archive.h"

namespace diffusion::checkpoint {

namespace {

Error out_of_range(const std::string& file, const std::string& key, const std::string& text) {
    return file_error(ErrorReason::out_of_range, file, "tensor \"" + key + "\" " + text);
}

/// Checks that the strided view stays within its storage. An expanded view may be larger than what
/// it looks at, but not without limit.
void check_view(const std::string& file, const std::string& key, const TensorEntry& entry,
                std::int64_t stored) {
    constexpr std::int64_t expanded_limit = 1 << 24;
    std::int64_t count = 0;
    if (entry.shape.size() != entry.strides.size() || !checked_product(entry.shape, count)) {
        throw out_of_range(file, key, "has the impossible shape " + shape_text(entry.shape));
    }
    if (entry.first < 0 || (count > stored && count > expanded_limit)) {
        throw out_of_range(file, key, shape_text(entry.shape) + " is larger than its storage");
    }
    if (count == 0) return;
    std::int64_t last = entry.first;
    for (std::size_t i = 0; i < entry.shape.size(); ++i) {
        std::int64_t reach = 0;
        if (entry.strides[i] < 0 ||
            __builtin_mul_overflow(entry.shape[i] - 1, entry.strides[i], &reach) ||
            __builtin_add_overflow(last, reach, &last)) {
            throw out_of_range(file, key, "has the impossible strides " + shape_text(entry.strides));
        }
    }
    if (last >= stored) {
        throw out_of_range(file, key, shape_text(entry.shape) + " reaches element " +
                                          std::to_string(last) + " of a storage of " +
                                          std::to_string(stored));
    }
}

using FindStorage = std::function<FileBytes(const PickledStorage&)>;

TensorEntry entry_of(const std::string& file, const std::string& key, const PickledTensor& tensor,
                     const FindStorage& find) {
    const auto data = find(tensor.storage);
    std::int64_t claimed = 0;
    const auto item = block_of(tensor.storage.type).bytes;
    if (tensor.storage.elements < 0 ||
        __builtin_mul_overflow(tensor.storage.elements, item, &claimed) ||
        static_cast<std::uint64_t>(claimed) > data.bytes.size()) {
        throw out_of_range(file, key, "has a storage of " + std::to_string(tensor.storage.elements) +
                                          " elements, but only " +
                                          std::to_string(data.bytes.size()) + " bytes of data");
    }
    TensorEntry entry{tensor.type, tensor.shape, tensor.strides, tensor.first,
                      data.bytes,  data.owner,   data.file};
    if (__builtin_add_overflow(entry.first, tensor.storage.view_offset, &entry.first)) {
        throw out_of_range(file, key, "has an impossible offset");
    }
    check_view(file, key, entry,
               static_cast<std::int64_t>(data.bytes.size()) / block_of(tensor.type).bytes);
    if (entry.element_count() == 0) {
        entry.first = 0;
        entry.strides = contiguous_strides(entry.shape);
    }
    return entry;
}

TensorTable table_of(const std::string& file, const Pickle& pickle, const FindStorage& find) {
    TensorTable table;
    for (const auto& [key, tensor] : pickle.model_tensors()) {
        table.tensors[key] = entry_of(file, key, tensor, find);
    }
    return table;
}

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

using Entries = std::map<std::string, ZipEntry>;

/// The folder inside the archive that holds data.pkl, with its slash.
std::string find_top(const FileBytes& file, const Entries& entries) {
    std::string top;
    int count = 0;
    for (const auto& [name, entry] : entries) {
        if (ends_with(name, "/constants.pkl") || name.find("/code/") != std::string::npos) {
            throw file_error(ErrorReason::unsupported_format, file.name,
                             "is a TorchScript program, not a model's weights");
        }
        if (!ends_with(name, "/data.pkl")) continue;
        top = name.substr(0, name.size() - 8);
        ++count;
    }
    if (count == 1) return top;
    throw file_error(count == 0 ? ErrorReason::not_a_model : ErrorReason::malformed, file.name,
                     count == 0 ? "is a zip archive, but not a PyTorch file (it has no data.pkl)"
                                : "is a zip archive with several data.pkl");
}

void check_byte_order(const FileBytes& file, const Entries& entries, const std::string& top) {
    const auto found = entries.find(top + "byteorder");
    if (found == entries.end()) return;
    const auto order = unpack(file, found->second);  // holds the bytes, where they were packed
    if (!order.bytes.empty() && static_cast<char>(order.bytes[0]) == 'b') {
        throw file_error(ErrorReason::unsupported_format, file.name,
                         "was saved on a big-endian computer, which is not supported");
    }
}

/// Reads the three pickles before the model: magic number, protocol, properties of the computer.
void check_legacy_header(ByteReader& reader) {
    constexpr std::string_view magic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
    const auto first = read_pickle(reader);
    if (first.at(first.root).text != magic) {
        throw file_error(ErrorReason::not_a_model, reader.file(),
                         "is a pickle, but not a PyTorch file");
    }
    const auto protocol = read_pickle(reader);
    if (protocol.at(protocol.root).integer != 1001) {
        throw file_error(ErrorReason::unsupported_version, reader.file(),
                         "has the PyTorch protocol " +
                             std::to_string(protocol.at(protocol.root).integer) + "; expected 1001");
    }
    const auto computer = read_pickle(reader);
    const auto* order = computer.find(computer.at(computer.root), "little_endian");
    if (order && order->integer == 0) {
        throw file_error(ErrorReason::unsupported_format, reader.file(),
                         "was saved on a big-endian computer, which is not supported");
    }
}

/// Element sizes of the storages by key, as the model's pickle names them.
std::map<std::string, std::int64_t> item_sizes(const Pickle& pickle) {
    std::map<std::string, std::int64_t> sizes;
    for (const auto& storage : pickle.storages) sizes[storage.key] = block_of(storage.type).bytes;
    return sizes;
}

std::map<std::string, std::span<const std::byte>> read_storages(ByteReader& reader,
                                                                const Pickle& model) {
    const auto keys = read_pickle(reader);
    const auto sizes = item_sizes(model);
    std::map<std::string, std::span<const std::byte>> storages;
    for (const auto id : keys.at(keys.root).items) {
        const std::string key(keys.at(id).text);
        const auto size = sizes.find(key);
        const auto count = reader.read<std::int64_t>();
        std::int64_t bytes = 0;
        if (size == sizes.end() || count < 0 ||
            __builtin_mul_overflow(count, size->second, &bytes)) {
            throw file_error(ErrorReason::malformed, reader.file(),
                             "has a storage \"" + key + "\" of " + std::to_string(count) +
                                 " elements");
        }
        storages[key] = reader.take(static_cast<std::uint64_t>(bytes));
    }
    return storages;
}

/// Unpacks the storages of an archive once each, and not without limit: weights hardly compress.
class ZipStorages {
public:
    ZipStorages(const FileBytes& file, const Entries& entries, std::string folder)
        : file_(file), entries_(entries), folder_(std::move(folder)) {}

    FileBytes operator()(const std::string& key) {
        const auto known = unpacked_.find(key);
        if (known != unpacked_.end()) return known->second;
        const auto found = entries_.find(folder_ + key);
        if (found == entries_.end()) {
            throw file_error(ErrorReason::missing_storage, file_.name,
                             "lacks the storage \"" + key + "\"");
        }
        if (found->second.is_deflated) check_total(found->second.size);
        return unpacked_[key] = unpack(file_, found->second);
    }

private:
    void check_total(std::uint64_t size) {
        constexpr std::uint64_t free_bytes = 64u << 20;
        constexpr std::uint64_t largest_ratio = 16;
        const auto limit = free_bytes + largest_ratio * file_.bytes.size();
        total_ = size > limit - std::min(limit, total_) ? limit + 1 : total_ + size;
        if (total_ <= limit) return;
        throw file_error(ErrorReason::limit_exceeded, file_.name,
                         "unpacks to more than " + std::to_string(limit) +
                             " bytes, which no model of its size does");
    }

    const FileBytes& file_;
    const Entries& entries_;
    std::string folder_;
    std::map<std::string, FileBytes> unpacked_;
    std::uint64_t total_ = 0;
};

[[noreturn]] void missing_storage(const FileBytes& file, const std::string& key) {
    throw file_error(ErrorReason::missing_storage, file.name, "lacks the storage \"" + key + "\"");
}

}  // namespace

TensorTable read_torch_zip(const FileBytes& file) {
    const auto entries = read_zip(file);
    const auto top = find_top(file, entries);
    check_byte_order(file, entries, top);
    const auto program = unpack(file, entries.at(top + "data.pkl"));
    ByteReader reader(program.bytes, file.name);
    const auto pickle = read_pickle(reader);
    ZipStorages storages(file, entries, top + "data/");
    return table_of(file.name, pickle,
                    [&](const PickledStorage& storage) { return storages(storage.key); });
}

TensorTable read_torch_legacy(const FileBytes& file) {
    ByteReader reader(file.bytes, file.name);
    check_legacy_header(reader);
    const auto model = read_pickle(reader);
    const auto storages = read_storages(reader, model);
    return table_of(file.name, model, [&](const PickledStorage& storage) {
        const auto found = storages.find(storage.key);
        if (found == storages.end()) missing_storage(file, storage.key);
        return FileBytes{found->second, file.name, file.owner, file.file};
    });
}

}  // namespace diffusion::checkpoint
