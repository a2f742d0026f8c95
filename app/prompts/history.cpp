#include "app/prompts/history.h"

#include "app/storage/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace prompts {
namespace {

constexpr int mostTexts = 200;
constexpr qint64 largestFile = 8 << 20;  // bytes

}  // namespace

History::History(QString file) : file_(std::move(file)) {
    QFile in(file_);
    if (!in.open(QIODevice::ReadOnly)) return;
    for (const auto& text : QJsonDocument::fromJson(in.read(largestFile)).array())
        if (text.isString() && texts_.size() < mostTexts) texts_ << text.toString();
}

void History::add(const QString& text) {
    if (text.trimmed().isEmpty()) return;
    texts_.removeAll(text);
    texts_.prepend(text);
    while (texts_.size() > mostTexts) texts_.removeLast();
}

void History::save() const {
    QDir().mkpath(QFileInfo(file_).absolutePath());
    storage::writeFile(file_, QJsonDocument(QJsonArray::fromStringList(texts_)).toJson(),
                       storage::IfTaken::replace);
}

}  // namespace prompts
