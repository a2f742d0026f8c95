#include "app/ui/library/tile_loader.h"

#include <QImageReader>

#include <algorithm>

namespace ui {
namespace {

constexpr int mostKibibytes = 192 * 1024;

Pyramid read(const QString& path, int edge) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (edge > 0 && size.isValid() && (size.width() > edge || size.height() > edge))
        reader.setScaledSize(size.scaled(edge, edge, Qt::KeepAspectRatio));
    return Pyramid(reader.read());
}

}  // namespace

TileLoader::TileLoader(QObject* parent) : QObject(parent), pictures_(mostKibibytes) {
    pool_.setMaxThreadCount(1);
}

TileLoader::~TileLoader() {
    ++generation_;
    pool_.clear();
    pool_.waitForDone();
}

void TileLoader::setEdge(int edge) {
    if (edge == edge_) return;
    edge_ = edge;
    ++generation_;
    pictures_.clear();
    pending_.clear();
}

Pyramid TileLoader::find(const QString& path) {
    if (const Pyramid* picture = pictures_.object(path)) return *picture;
    if (path.isEmpty() || pending_.contains(path) || unreadable_.contains(path)) return {};
    pending_.insert(path);
    pool_.start([this, path, edge = edge_, generation = generation_.load()] {
        if (generation != generation_) return;
        const auto picture = read(path, edge);
        QMetaObject::invokeMethod(this, [this, path, picture, edge] { keep(path, picture, edge); });
    });
    return {};
}

void TileLoader::keep(const QString& path, const Pyramid& picture, int edge) {
    if (edge != edge_) return;
    pending_.remove(path);
    const auto size = picture.size();
    // A third more for the halved levels.
    const qint64 bytes = qint64(size.width()) * size.height() * 4 * 4 / 3;
    if (picture.isNull())
        unreadable_.insert(path);
    else
        pictures_.insert(path, new Pyramid(picture),
                         int(std::min<qint64>(bytes / 1024 + 1, mostKibibytes)));
    Q_EMIT loaded(path);
}

}  // namespace ui
