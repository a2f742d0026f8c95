#include "app/ui/theme/icons.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPixmap>
#include <QWidget>

#include <algorithm>

namespace ui::theme {
namespace {

QHash<QString, IconShape> readShapes() {
    QFile file(QStringLiteral(":/icons/icons.json"));
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    Q_UNUSED(isOpen);
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    QHash<QString, IconShape> shapes;
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonObject parts = it->toObject();
        shapes.insert(it.key(), {readPath(parts.value(QLatin1String("stroke")).toString()),
                                 readPath(parts.value(QLatin1String("fill")).toString())});
    }
    return shapes;
}

class ShapeEngine : public QIconEngine {
public:
    ShapeEngine(QString name, Token colour) : name_(std::move(name)), colour_(colour) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const auto* device = painter->device();
        const bool isWidget = device && device->devType() == QInternal::Widget;
        const Theme& theme = of(isWidget ? static_cast<const QWidget*>(device) : nullptr);
        paintIcon(painter, rect, name_, mode == QIcon::Disabled ? theme.textOff : theme.*colour_);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ShapeEngine(*this); }

private:
    QString name_;
    Token colour_;
};

}  // namespace

QPainterPath readPath(const QString& text) {
    QPainterPath path;
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    qsizetype next = 0;
    const auto number = [&](qsizetype ahead) {
        return QStringView(words.value(next + ahead)).toDouble();
    };
    const auto point = [&](const QString& first, qsizetype ahead) {
        return QPointF(QStringView(first).mid(1).toDouble(), number(ahead));
    };
    while (next < words.size()) {
        const QString word = words[next++];
        switch (word[0].toLatin1()) {
            case 'M':
                path.moveTo(point(word, 0));
                next += 1;
                break;
            case 'L':
                path.lineTo(point(word, 0));
                next += 1;
                break;
            case 'C':
                path.cubicTo(point(word, 0), QPointF(number(1), number(2)),
                             QPointF(number(3), number(4)));
                next += 5;
                break;
            case 'Z':
                path.closeSubpath();
                break;
            default:
                return path;
        }
    }
    return path;
}

const IconShape& iconShape(const QString& name) {
    static const QHash<QString, IconShape> shapes = readShapes();
    static const IconShape none;
    const auto found = shapes.constFind(name);
    return found == shapes.constEnd() ? none : *found;
}

QIcon icon(const QString& name, Token colour) {
    return QIcon(new ShapeEngine(name, colour));
}

void paintIcon(QPainter* painter, const QRectF& rect, const QString& name, const QColor& colour) {
    const IconShape& shape = iconShape(name);
    const qreal side = std::min(rect.width(), rect.height());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter->scale(side / 24, side / 24);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(shape.stroke);
    painter->fillPath(shape.fill, colour);
    painter->restore();
}

}  // namespace ui::theme
