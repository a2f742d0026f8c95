#include "diffusion/training/sample_sheet.h"

#include <zlib.h>

#include <algorithm>
#include <string>

#include "diffusion/error.h"
#include "diffusion/training/write_whole.h"

namespace diffusion::training {

namespace {

void append_number(std::string& out, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>((value >> shift) & 255);
}

void append_chunk(std::string& out, const std::string& type, const std::string& data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    const auto body = type + data;
    out += body;
    append_number(out, static_cast<std::uint32_t>(
                           crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()))));
}

/// Each row preceded by its filter: 2, the difference to the row above.
std::string filtered_rows(const Image& image) {
    const auto stride = static_cast<std::size_t>(image.width) * 3;
    std::string rows;
    rows.reserve((stride + 1) * static_cast<std::size_t>(image.height));
    for (int y = 0; y < image.height; ++y) {
        const auto* row = image.pixels.data() + stride * static_cast<std::size_t>(y);
        rows += '\2';
        for (std::size_t i = 0; i < stride; ++i) {
            rows += static_cast<char>(static_cast<std::uint8_t>(row[i] - (y > 0 ? row[i - stride] : 0)));
        }
    }
    return rows;
}

std::string deflated(const std::string& data) {
    auto length = compressBound(static_cast<uLong>(data.size()));
    std::string out(length, '\0');
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &length,
                  reinterpret_cast<const Bytef*>(data.data()), static_cast<uLong>(data.size()), 6) != Z_OK) {
        throw Error(ErrorKind::internal, "zlib could not compress a sample sheet.");
    }
    out.resize(length);
    return out;
}

}  // namespace

Image sheet_of(const std::vector<Image>& pictures, int columns) {
    constexpr int gap = 4;
    const int count = static_cast<int>(pictures.size());
    const int rows = (count + columns - 1) / columns;
    const int width = pictures.front().width, height = pictures.front().height;
    Image sheet{columns * (width + gap) + gap, rows * (height + gap) + gap, 3, {}};
    sheet.pixels.assign(static_cast<std::size_t>(sheet.width) * sheet.height * 3, 255);
    for (int i = 0; i < count; ++i) {
        const int left = gap + i % columns * (width + gap), top = gap + i / columns * (height + gap);
        for (int y = 0; y < height; ++y) {
            const auto from = static_cast<std::size_t>(y) * width * 3;
            const auto to = (static_cast<std::size_t>(top + y) * sheet.width + left) * 3;
            std::copy_n(pictures[static_cast<std::size_t>(i)].pixels.begin() + static_cast<std::ptrdiff_t>(from),
                        width * 3, sheet.pixels.begin() + static_cast<std::ptrdiff_t>(to));
        }
    }
    return sheet;
}

void write_png(const std::filesystem::path& file, const Image& image) {
    std::string bytes = "\x89PNG\r\n\x1a\n";
    std::string header;
    append_number(header, static_cast<std::uint32_t>(image.width));
    append_number(header, static_cast<std::uint32_t>(image.height));
    header += std::string("\x08\x02\x00\x00\x00", 5);
    append_chunk(bytes, "IHDR", header);
    append_chunk(bytes, "IDAT", deflated(filtered_rows(image)));
    append_chunk(bytes, "IEND", "");
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    write_whole(file, bytes);
}

}  // namespace diffusion::training
