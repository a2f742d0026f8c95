#include "app/library/comfy_paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace library {
namespace {

constexpr qint64 sizeLimit = 1 << 20;  // bytes; people write a few lines

/// One section: where its relative paths begin, and what it lists.
struct Section {
    QString base;
    QStringList paths;
};

bool isModelKey(const QString& key) {
    static const QStringList keys{
        QStringLiteral("checkpoints"), QStringLiteral("diffusion_models"), QStringLiteral("unet"),
        QStringLiteral("vae"),         QStringLiteral("vae_approx"),       QStringLiteral("diffusers")};
    return keys.contains(key);
}

QString unquoted(QString text) {
    text = text.trimmed();
    const auto comment = text.indexOf(QStringLiteral(" #"));
    if (comment >= 0) text = text.left(comment).trimmed();
    const bool isQuoted = text.size() >= 2 && text.front() == text.back() &&
                          (text.front() == QLatin1Char('"') || text.front() == QLatin1Char('\''));
    return isQuoted ? text.mid(1, text.size() - 2) : text;
}

QString expanded(QString path) {
    if (path == QStringLiteral("~") || path.startsWith(QStringLiteral("~/")))
        path.replace(0, 1, QDir::homePath());
    static const QRegularExpression variable(QStringLiteral("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)\\}?"));
    auto match = variable.match(path);
    if (match.hasMatch())
        path.replace(match.capturedStart(), match.capturedLength(),
                     qEnvironmentVariable(match.captured(1).toUtf8().constData()));
    return path;
}

qsizetype indentOf(const QString& line) {
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' ')) ++indent;
    return indent;
}

/// Follows the lines of the file; understands sections, `key: value` and `key: |`.
class Lines {
public:
    void read(const QString& line) {
        const auto text = line.trimmed();
        if (text.isEmpty() || text.startsWith(QLatin1Char('#'))) return;
        const auto indent = indentOf(line);
        if (indent == 0) {
            sections_.append(Section{});
            listIndent_ = -1;
            return;
        }
        if (sections_.isEmpty()) return;
        if (listIndent_ >= 0 && indent > listIndent_) {
            if (isListWanted_) sections_.back().paths.append(unquoted(text));
            return;
        }
        readPair(text, indent);
    }

    const QList<Section>& sections() const { return sections_; }

private:
    void readPair(const QString& text, qsizetype indent) {
        listIndent_ = -1;
        const auto colon = text.indexOf(QLatin1Char(':'));
        if (colon < 0) return;
        const auto key = text.left(colon).trimmed();
        const auto value = unquoted(text.mid(colon + 1));
        if (value == QStringLiteral("|") || value == QStringLiteral("|-")) {
            listIndent_ = indent;
            isListWanted_ = isModelKey(key);
        } else if (key == QStringLiteral("base_path")) {
            sections_.back().base = value;
        } else if (isModelKey(key) && !value.isEmpty()) {
            sections_.back().paths.append(value);
        }
    }

    QList<Section> sections_;
    qsizetype listIndent_ = -1;  // of the key whose list is read; -1: none
    bool isListWanted_ = false;
};

}  // namespace

QStringList comfyModelPaths(const QString& yaml) {
    QFile file(yaml);
    if (!file.open(QIODevice::ReadOnly) || file.size() > sizeLimit) return {};
    Lines lines;
    for (const auto& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')))
        lines.read(line);
    const QDir beside(QFileInfo(yaml).absolutePath());
    QStringList paths;
    for (const auto& section : lines.sections()) {
        const QDir base(beside.absoluteFilePath(expanded(section.base)));
        for (const auto& path : section.paths)
            paths.append(QDir::cleanPath(base.absoluteFilePath(expanded(path))));
    }
    paths.removeDuplicates();
    return paths;
}

}  // namespace library
