#include "diffusion/training/pack.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <sstream>

#include "diffusion/error.h"
#include "diffusion/training/pixel_planes.h"

namespace diffusion::training {

static_assert(std::endian::native == std::endian::little, "packs are read and written as they lie");

namespace {

constexpr char magic[8] = {'A', 'T', 'E', 'L', 'P', 'A', 'C', 'K'};
constexpr std::uint32_t version = 2;
constexpr std::uint32_t largest_extent = 4096;
constexpr std::uint64_t largest_captions = 1ULL << 30;

struct Header {
    char magic[8];
    std::uint32_t version, extent, level_step, unused;
    std::uint64_t count, index_offset, index_length, captions_offset, captions_length;
};
static_assert(sizeof(Header) == 64);

std::string deflate_text(const std::string& text) {
    auto length = compressBound(static_cast<uLong>(text.size()));
    std::string packed(length, '\0');
    const int result = compress2(reinterpret_cast<Bytef*>(packed.data()), &length,
                                 reinterpret_cast<const Bytef*>(text.data()),
                                 static_cast<uLong>(text.size()), Z_BEST_COMPRESSION);
    if (result != Z_OK) throw Error(ErrorKind::internal, "zlib could not compress the pack's data.");
    packed.resize(length);
    return packed;
}

}  // namespace

PackWriter::PackWriter(const std::filesystem::path& file, int extent, int level_step)
    : file_(file), temporary_(file.string() + ".partial"), extent_(extent), level_step_(level_step) {
    if (extent < 8 || extent > int(largest_extent)) {
        throw Error(ErrorKind::bad_request, "The pack's extent must be 8 ... 4096 pixels, not " +
                                                std::to_string(extent) + ".");
    }
    if (level_step < 1 || level_step > 15 || 255 % level_step != 0) {
        throw Error(ErrorKind::bad_request,
                    "The level step must be 1, 3, 5 or 15, not " + std::to_string(level_step) + ".");
    }
    stream_.open(temporary_, std::ios::binary | std::ios::trunc);
    const std::string room_for_header(sizeof(Header), '\0');
    write(room_for_header.data(), room_for_header.size());
}

PackWriter::~PackWriter() {
    if (is_finished_) return;
    stream_.close();
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void PackWriter::write(const void* bytes, std::size_t count) {
    stream_.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
    if (!stream_) {
        throw Error(ErrorKind::cannot_write, "The pack " + temporary_.string() + " can't be written.");
    }
    position_ += count;
}

void PackWriter::add(const Image& picture, const Caption& caption) {
    const auto packed = deflate_text(to_planes(fit_on_white(picture, extent_), level_step_));
    index_.emplace_back(position_, packed.size());
    write(packed.data(), packed.size());
    captions_ += write_caption(caption) + '\n';
}

void PackWriter::finish() {
    Header header{};
    std::memcpy(header.magic, magic, sizeof(magic));
    header.version = version;
    header.extent = static_cast<std::uint32_t>(extent_);
    header.level_step = static_cast<std::uint32_t>(level_step_);
    header.count = index_.size();
    header.index_offset = position_;
    for (const auto& [offset, length] : index_) {
        const std::array<std::uint64_t, 2> entry{offset, length};
        write(entry.data(), sizeof(entry));
    }
    header.index_length = position_ - header.index_offset;
    header.captions_offset = position_;
    const std::uint64_t caption_bytes = captions_.size();
    write(&caption_bytes, sizeof(caption_bytes));
    const auto packed = deflate_text(captions_);
    write(packed.data(), packed.size());
    header.captions_length = position_ - header.captions_offset;
    stream_.seekp(0);
    write(&header, sizeof(header));
    stream_.close();
    std::error_code error;
    if (stream_) std::filesystem::rename(temporary_, file_, error);
    if (!stream_ || error) {
        throw Error(ErrorKind::cannot_write, "The pack " + file_.string() + " can't be written.");
    }
    is_finished_ = true;
}

Pack::Pack(const std::filesystem::path& file) : file_(file.string()) {
    const int descriptor = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw Error(ErrorKind::missing_file, "The pack " + file_ + " can't be opened.");
    struct stat status {};
    void* mapping = MAP_FAILED;
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        size_ = static_cast<std::uint64_t>(status.st_size);
        mapping = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    ::close(descriptor);
    if (mapping == MAP_FAILED) fail("is empty or not a file");
    bytes_ = static_cast<const unsigned char*>(mapping);
    try {
        read_header();
    } catch (...) {
        ::munmap(mapping, size_);
        throw;
    }
}

Pack::~Pack() { ::munmap(const_cast<unsigned char*>(bytes_), size_); }

void Pack::fail(const std::string& what) const {
    throw Error(ErrorKind::corrupt_file, "The pack " + file_ + " " + what + ".", ErrorReason::malformed);
}

void Pack::check_range(std::uint64_t offset, std::uint64_t length, const std::string& what) const {
    if (offset > size_ || length > size_ - offset) {
        fail("is cut off: its " + what + " should be " + std::to_string(length) + " bytes at " +
             std::to_string(offset) + ", but the file ends at " + std::to_string(size_));
    }
}

void Pack::read_header() {
    check_range(0, sizeof(Header), "header");
    Header header;
    std::memcpy(&header, bytes_, sizeof(header));
    if (std::memcmp(header.magic, magic, sizeof(magic)) != 0) fail("is not a pack of training pictures");
    if (header.version != version) {
        fail("has version " + std::to_string(header.version) +
             "; this program reads version 2: pack the pictures anew");
    }
    if (header.extent < 8 || header.extent > largest_extent) {
        fail("claims pictures of " + std::to_string(header.extent) + " pixels; 8 ... 4096 are possible");
    }
    if (header.level_step < 1 || header.level_step > 15 || 255 % header.level_step != 0) {
        fail("claims a level step of " + std::to_string(header.level_step));
    }
    extent_ = static_cast<int>(header.extent);
    level_step_ = static_cast<int>(header.level_step);
    read_index(header.index_offset, header.index_length, header.count);
    read_captions(header.captions_offset, header.captions_length);
}

void Pack::read_index(std::uint64_t offset, std::uint64_t length, std::uint64_t count) {
    check_range(offset, length, "index");
    if (length % 16 != 0 || count != length / 16) {
        fail("claims " + std::to_string(count) + " pictures but indexes " + std::to_string(length / 16));
    }
    index_.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::array<std::uint64_t, 2> entry;
        std::memcpy(entry.data(), bytes_ + offset + 16 * i, sizeof(entry));
        check_range(entry[0], entry[1], "picture " + std::to_string(i));
        index_.emplace_back(entry[0], entry[1]);
    }
}

void Pack::read_captions(std::uint64_t offset, std::uint64_t length) {
    check_range(offset, length, "list of captions");
    std::uint64_t text_length = 0;
    if (length < sizeof(text_length)) fail("has no captions");
    std::memcpy(&text_length, bytes_ + offset, sizeof(text_length));
    // zlib shrinks at most 1032 times: a larger claim is a lie, and would only take memory.
    if (text_length > largest_captions || text_length / 1032 > length) fail("claims endless captions");
    std::istringstream lines(inflate(offset + 8, length - 8, text_length, "captions"));
    for (std::string line; std::getline(lines, line);) {
        try {
            captions_.push_back(read_caption(line));
        } catch (const Error& error) {
            fail("has a bad caption, number " + std::to_string(captions_.size()) + ": " + error.what());
        }
    }
    if (captions_.size() != index_.size()) {
        fail("has " + std::to_string(index_.size()) + " pictures but " +
             std::to_string(captions_.size()) + " captions");
    }
}

std::string Pack::inflate(std::uint64_t offset, std::uint64_t length, std::size_t expected,
                          const std::string& what) const {
    std::string text(expected, '\0');
    auto got = static_cast<uLongf>(expected);
    const int result = uncompress(reinterpret_cast<Bytef*>(text.data()), &got, bytes_ + offset,
                                  static_cast<uLong>(length));
    if (result != Z_OK || got != expected) fail("has damaged data: " + what);
    return text;
}

Image Pack::picture(std::size_t i) const { return without_cover(layer(i)); }

Image Pack::layer(std::size_t i) const {
    constexpr std::size_t channels = 4;
    const auto [offset, length] = index_.at(i);
    const auto bytes = static_cast<std::size_t>(extent_) * extent_ * channels;
    return from_planes(inflate(offset, length, bytes, "picture " + std::to_string(i)), extent_, channels,
                       level_step_);
}

}  // namespace diffusion::training
