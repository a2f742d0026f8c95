#include "diffusion/checkpoint/open_table.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/gguf.h"
#include "diffusion/checkpoint/safetensors_table.h"
#include "diffusion/checkpoint/shard_index.h"
#include "diffusion/checkpoint/torch_file.h"

namespace diffusion::checkpoint {

namespace {

std::string_view head_of(const FileBytes& file, std::size_t length) {
    return {reinterpret_cast<const char*>(file.bytes.data()), std::min(length, file.bytes.size())};
}

bool begins(std::string_view head, std::string_view start) {
    return head.substr(0, start.size()) == start;
}

/// What a download that went wrong usually is.
void refuse_broken_download(const FileBytes& file, std::string_view head) {
    if (begins(head, "version https://git-lfs")) {
        throw file_error(ErrorReason::pointer_file, file.name,
                         "is only a pointer to the model (Git LFS); download the file itself");
    }
    const auto start = head.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return;
    const auto text = head.substr(start);
    for (const std::string_view tag : {"<!DOCTYPE", "<!doctype", "<html", "<HTML", "<?xml"}) {
        if (begins(text, tag)) {
            throw file_error(ErrorReason::web_page, file.name,
                             "is a web page, not a model; the download failed, perhaps for want of "
                             "signing in");
        }
    }
}

std::uint64_t first_number(const FileBytes& file) {
    std::uint64_t number = 0;
    std::memcpy(&number, file.bytes.data(), 8);
    return number;
}

/// Its first number is the length of a header that fits. Text of any kind reads as a huge number.
bool is_plausible_safetensors(const FileBytes& file) {
    const auto size = file.bytes.size();
    return size >= 9 && first_number(file) >= 2 && first_number(file) <= size - 8;
}

/// Damaged, but tried to be one: the reader will say what is wrong.
bool is_damaged_safetensors(const FileBytes& file) {
    constexpr std::uint64_t header_limit = 100'000'000;
    const auto bytes = file.bytes;
    if (bytes.size() < 9) return true;
    return bytes[8] == std::byte{'{'} || first_number(file) <= header_limit;
}

bool is_json_text(std::string_view head) {
    const auto start = head.find_first_not_of(" \t\r\n");
    return start != std::string_view::npos && head[start] == '{' &&
           head.substr(0, 8).find('\0') == std::string_view::npos;
}

TensorTable open_shard(const std::filesystem::path& folder, const std::string& shard,
                       const std::string& index_name) {
    if (!std::filesystem::is_regular_file(folder / shard)) {
        throw file_error(ErrorReason::missing_shard, index_name,
                         "needs the file \"" + shard + "\", which is not there");
    }
    // An index that names an index could go on for ever: read_table refuses JSON.
    return read_table(FileBytes::of(MappedFile::open(folder / shard)));
}

void add_shard(TensorTable& table, TensorTable shard, const std::string& file,
               const ShardIndex& weight_map) {
    for (auto& [key, entry] : shard.tensors) {
        const auto named = weight_map.find(key);
        if (named != weight_map.end() && named->second == file) table.tensors[key] = std::move(entry);
    }
    table.metadata.merge(shard.metadata);
}

}  // namespace

FileKind file_kind_of(const FileBytes& file) {
    const auto head = head_of(file, 512);
    if (begins(head, "PK\x03\x04") || begins(head, "PK\x05\x06")) return FileKind::torch_zip;
    if (begins(head, "GGUF")) return FileKind::gguf;
    if (is_plausible_safetensors(file)) return FileKind::safetensors;
    if (begins(head, "\x80") && head.size() > 1 && head[1] >= 2 && head[1] <= 5) {
        return FileKind::torch_legacy;
    }
    refuse_broken_download(file, head);
    if (head.size() >= 262 && head.substr(257, 5) == "ustar") {
        throw file_error(ErrorReason::unsupported_format, file.name,
                         "is a tar archive of a very old PyTorch; save it again with a newer one");
    }
    if (is_json_text(head)) return FileKind::json;
    if (is_damaged_safetensors(file)) return FileKind::safetensors;
    throw file_error(ErrorReason::not_a_model, file.name,
                     "is not a model file that is known (safetensors, PyTorch, GGUF)");
}

TensorTable read_table(const FileBytes& file) {
    switch (file_kind_of(file)) {
        case FileKind::safetensors: return read_safetensors_table(file);
        case FileKind::torch_zip: return read_torch_zip(file);
        case FileKind::torch_legacy: return read_torch_legacy(file);
        case FileKind::gguf: return read_gguf(file);
        case FileKind::json: break;
    }
    throw file_error(ErrorReason::not_a_model, file.name, "is JSON text, not a model");
}

TensorTable open_table(const std::filesystem::path& path) {
    const auto file = FileBytes::of(MappedFile::open(path));
    return file_kind_of(file) == FileKind::json ? open_sharded(path) : read_table(file);
}

TensorTable open_sharded(const std::filesystem::path& index) {
    const auto name = index.filename().string();
    const auto weight_map = read_shard_index(FileBytes::of(MappedFile::open(index)));
    std::set<std::string> shards;
    for (const auto& [key, file] : weight_map) shards.insert(file);
    TensorTable table;
    for (const auto& shard : shards) {
        add_shard(table, open_shard(index.parent_path(), shard, name), shard, weight_map);
    }
    for (const auto& [key, file] : weight_map) {
        if (!table.has(key)) {
            throw file_error(ErrorReason::malformed, name,
                             "says that tensor \"" + key + "\" is in \"" + file +
                                 "\", but it isn't");
        }
    }
    return table;
}

}  // namespace diffusion::checkpoint
