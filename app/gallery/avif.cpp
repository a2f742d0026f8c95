// AVIF and HEIF are boxes in boxes: `meta` names the items of the file and where their bytes lie.

#include "app/gallery/containers.h"
#include "app/gallery/exif.h"

#include <QtEndian>

#include <functional>
#include <optional>

namespace gallery {
namespace {

constexpr qsizetype mostExifBytes = 16 << 20;

/// Reads big-endian numbers off the front; after a read beyond the end, everything is zero.
class Reader {
public:
    explicit Reader(QByteArray bytes) : bytes_(std::move(bytes)) {}

    quint64 number(int size) {
        quint64 value = 0;
        if (size > bytes_.size() - at_) {
            isOver_ = true;
            return 0;
        }
        for (int i = 0; i < size; ++i) value = value << 8 | quint8(bytes_[at_++]);
        return value;
    }

    QByteArray bytes(quint64 size) {
        if (size > quint64(bytes_.size() - at_)) {
            isOver_ = true;
            return {};
        }
        at_ += qsizetype(size);
        return bytes_.mid(at_ - qsizetype(size), qsizetype(size));
    }

    bool isOver() const { return isOver_; }

    qsizetype left() const { return bytes_.size() - at_; }

private:
    QByteArray bytes_;
    qsizetype at_ = 0;
    bool isOver_ = false;
};

/// Calls visit(type, body) for each box; stops at damage.
void visitBoxes(const QByteArray& bytes,
                const std::function<void(const QByteArray&, const QByteArray&)>& visit) {
    Reader reader(bytes);
    while (reader.left() >= 8) {
        quint64 size = reader.number(4);
        const auto type = reader.bytes(4);
        quint64 header = 8;
        if (size == 1) {
            size = reader.number(8);
            header = 16;
        }
        const quint64 body = size == 0 ? quint64(reader.left()) : size - header;
        if (reader.isOver() || (size != 0 && size < header) || body > quint64(reader.left()))
            return;
        visit(type, reader.bytes(body));
    }
}

QByteArray boxIn(const QByteArray& bytes, const char* wanted) {
    QByteArray found;
    visitBoxes(bytes, [&](const auto& type, const auto& body) {
        if (found.isEmpty() && type == wanted) found = body;
    });
    return found;
}

/// The number of the item of type Exif in `iinf`.
std::optional<quint64> exifItem(const QByteArray& items) {
    Reader reader(items);
    const auto version = reader.number(1);
    reader.number(3);
    reader.number(version == 0 ? 2 : 4);  // how many; the boxes tell themselves
    std::optional<quint64> found;
    visitBoxes(reader.bytes(quint64(reader.left())), [&](const auto& type, const auto& body) {
        if (type != "infe") return;
        Reader item(body);
        const auto itemVersion = item.number(1);
        item.number(3);
        if (itemVersion < 2) return;
        const auto id = item.number(itemVersion == 2 ? 2 : 4);
        item.number(2);
        if (item.bytes(4) == "Exif" && !item.isOver()) found = id;
    });
    return found;
}

/// The first extent of an item in `iloc`, cut out of the file.
QByteArray itemBytes(const QByteArray& places, quint64 wanted, const QByteArray& file) {
    Reader reader(places);
    const auto version = reader.number(1);
    reader.number(3);
    const auto sizes = int(reader.number(2));
    const int offsetSize = sizes >> 12 & 15;
    const int lengthSize = sizes >> 8 & 15;
    const int baseSize = sizes >> 4 & 15;
    const int indexSize = version > 0 ? sizes & 15 : 0;
    const auto count = reader.number(version < 2 ? 2 : 4);
    if (offsetSize + lengthSize == 0) return {};  // extents without bytes could be any number
    for (quint64 i = 0; i < count && !reader.isOver(); ++i) {
        const auto id = reader.number(version < 2 ? 2 : 4);
        const auto method = version > 0 ? reader.number(2) & 15 : 0;
        reader.number(2);
        const auto base = reader.number(baseSize);
        const auto extents = reader.number(2);
        for (quint64 extent = 0; extent < extents && !reader.isOver(); ++extent) {
            reader.number(indexSize);
            const auto offset = base + reader.number(offsetSize);
            const auto length = reader.number(lengthSize);
            if (id != wanted || method != 0 || reader.isOver()) continue;
            const auto end = quint64(file.size());
            if (offset > end || length > end - offset || length > mostExifBytes) return {};
            return file.mid(qsizetype(offset), qsizetype(length));
        }
    }
    return {};
}

}  // namespace

QList<codec::PictureText> readAvifTexts(const QByteArray& file) {
    if (file.mid(4, 4) != "ftyp") return {};
    const auto meta = boxIn(file, "meta").mid(4);  // behind version and flags
    const auto item = exifItem(boxIn(meta, "iinf"));
    if (!item) return {};
    Reader block(itemBytes(boxIn(meta, "iloc"), *item, file));
    block.bytes(block.number(4));  // what lies between the length and the TIFF header
    return readExifTexts(block.bytes(quint64(block.left())));
}

}  // namespace gallery
