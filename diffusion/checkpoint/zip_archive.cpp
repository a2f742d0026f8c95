#include "diffusion/checkpoint/zip_archive.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "diffusion/checkpoint/byte_reader.h"
#include "diffusion/checkpoint/file_error.h"
#include "diffusion/checkpoint/inflate.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t end64_mark = 0x06064b50;
constexpr std::uint32_t locator64_mark = 0x07064b50;
constexpr std::uint32_t central_mark = 0x02014b50;
constexpr std::uint32_t local_mark = 0x04034b50;
constexpr std::uint32_t in_extra = 0xFFFFFFFF;

Error malformed(const FileBytes& archive, const std::string& text) {
    return file_error(ErrorReason::malformed, archive.name, "is a broken zip archive: " + text);
}

struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t entries = 0;
};

/// Position of the record that ends every archive; a comment of up to 64 KiB may follow it.
std::size_t find_end(const FileBytes& archive) {
    constexpr std::size_t record = 22;
    const auto size = archive.bytes.size();
    const std::size_t lowest = size > record + 0xFFFF ? size - record - 0xFFFF : 0;
    for (std::size_t i = size < record ? 0 : size - record + 1; i-- > lowest;) {
        std::uint32_t mark = 0;
        std::memcpy(&mark, archive.bytes.data() + i, sizeof(mark));
        if (mark == end_mark) return i;
    }
    throw malformed(archive, "its directory is missing; the download is incomplete");
}

Directory find_directory(const FileBytes& archive) {
    const auto end = find_end(archive);
    ByteReader reader(archive.bytes, archive.name);
    reader.seek(end + 10);
    Directory directory;
    directory.entries = reader.read<std::uint16_t>();
    reader.skip(4);
    directory.offset = reader.read<std::uint32_t>();
    constexpr std::size_t locator = 20;
    if (end < locator) return directory;
    reader.seek(end - locator);
    if (reader.read<std::uint32_t>() != locator64_mark) return directory;
    reader.skip(4);
    reader.seek(reader.read<std::uint64_t>());
    if (reader.read<std::uint32_t>() != end64_mark) throw malformed(archive, "its ZIP64 end is missing");
    reader.skip(28);
    directory.entries = reader.read<std::uint64_t>();
    reader.skip(8);
    directory.offset = reader.read<std::uint64_t>();
    return directory;
}

struct Header {
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::string name;
};

/// Sizes that don't fit 32 bits stand in the extra field 1, only those that are marked, in order.
void read_extra(ByteReader reader, Header& header) {
    while (reader.remaining() >= 4) {
        const auto id = reader.read<std::uint16_t>();
        const auto length = reader.read<std::uint16_t>();
        ByteReader field(reader.take(length), reader.file());
        if (id != 1) continue;
        for (auto* value : {&header.size, &header.packed, &header.offset}) {
            if (*value == in_extra) *value = field.read<std::uint64_t>();
        }
    }
}

Header read_header(ByteReader& reader) {
    if (reader.read<std::uint32_t>() != central_mark) {
        throw file_error(ErrorReason::malformed, reader.file(),
                         "is a broken zip archive: an entry of its directory is damaged");
    }
    reader.skip(4);
    Header header;
    header.flags = reader.read<std::uint16_t>();
    header.method = reader.read<std::uint16_t>();
    reader.skip(8);
    header.packed = reader.read<std::uint32_t>();
    header.size = reader.read<std::uint32_t>();
    const auto name_length = reader.read<std::uint16_t>();
    const auto extra_length = reader.read<std::uint16_t>();
    const auto comment_length = reader.read<std::uint16_t>();
    reader.skip(8);
    header.offset = reader.read<std::uint32_t>();
    header.name = reader.take_text(name_length);
    read_extra(ByteReader(reader.take(extra_length), reader.file()), header);
    reader.skip(comment_length);
    return header;
}

ZipEntry locate(const FileBytes& archive, const Header& header) {
    constexpr std::uint16_t encrypted = 1;
    if ((header.flags & encrypted) != 0 || (header.method != 0 && header.method != 8)) {
        throw file_error(ErrorReason::unsupported_format, archive.name,
                         "holds \"" + header.name + "\" encrypted or packed by method " +
                             std::to_string(header.method) + ", which is not supported");
    }
    ByteReader reader(archive.bytes, archive.name);
    reader.seek(header.offset);
    if (reader.read<std::uint32_t>() != local_mark) {
        throw malformed(archive, "\"" + header.name + "\" is not where its directory says");
    }
    reader.skip(22);
    const auto name_length = reader.read<std::uint16_t>();
    const auto extra_length = reader.read<std::uint16_t>();
    reader.skip(std::uint64_t{name_length} + extra_length);
    if (header.packed > reader.remaining()) {
        throw file_error(ErrorReason::out_of_range, archive.name,
                         "says that \"" + header.name + "\" has " + std::to_string(header.packed) +
                             " bytes, but " + std::to_string(reader.remaining()) + " are left");
    }
    if (header.method == 0 && header.packed != header.size) {
        throw malformed(archive, "\"" + header.name + "\" has two sizes");
    }
    return {reader.take(header.packed), header.size, header.method == 8};
}

}  // namespace

FileBytes unpack(const FileBytes& archive, const ZipEntry& entry) {
    if (!entry.is_deflated) return {entry.bytes, archive.name, archive.owner, archive.file};
    constexpr std::uint64_t free_bytes = 64u << 20;
    constexpr std::uint64_t largest_ratio = 16;
    if (entry.size > free_bytes + largest_ratio * archive.bytes.size()) {
        throw file_error(ErrorReason::limit_exceeded, archive.name,
                         "holds a file of " + std::to_string(entry.size) +
                             " bytes in an archive of " + std::to_string(archive.bytes.size()));
    }
    auto unpacked = std::make_shared<std::vector<std::byte>>(
        inflate(entry.bytes, entry.size, archive.name));
    return {std::span<const std::byte>(*unpacked), archive.name, unpacked, nullptr};
}

std::map<std::string, ZipEntry> read_zip(const FileBytes& archive) {
    const auto directory = find_directory(archive);
    ByteReader reader(archive.bytes, archive.name);
    reader.seek(directory.offset);
    constexpr std::uint64_t smallest_entry = 46;
    if (directory.entries > reader.remaining() / smallest_entry) {
        throw file_error(ErrorReason::limit_exceeded, archive.name,
                         "says it holds " + std::to_string(directory.entries) +
                             " files, more than fit into it");
    }
    std::map<std::string, ZipEntry> entries;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        const auto header = read_header(reader);
        if (!entries.emplace(header.name, locate(archive, header)).second) {
            throw malformed(archive, "\"" + header.name + "\" is there twice");
        }
    }
    return entries;
}

}  // namespace diffusion::checkpoint
