#include "app/gallery/inflate.h"

#include <zlib.h>

namespace gallery {
namespace {

/// Text that grows beyond this is taken for an attack.
constexpr qsizetype mostBytes = 16 << 20;
/// zlib tells its own header from gzip's.
constexpr int eitherHeader = 15 + 32;

}  // namespace

QByteArray inflated(const QByteArray& packed) {
    QByteArray text;
    z_stream stream{};
    if (inflateInit2(&stream, eitherHeader) != Z_OK) return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.constData()));
    stream.avail_in = uInt(packed.size());
    char buffer[16384];
    int state = Z_OK;
    while (state == Z_OK && text.size() <= mostBytes) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer);
        stream.avail_out = sizeof buffer;
        state = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer, qsizetype(sizeof buffer - stream.avail_out));
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? text : QByteArray();
}

}  // namespace gallery
