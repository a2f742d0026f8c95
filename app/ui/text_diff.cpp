#include "app/ui/text_diff.h"

#include "app/ui/theme/theme.h"

#include <QTextCursor>
#include <QTextEdit>

#include <algorithm>
#include <vector>

namespace ui {
namespace {

constexpr qsizetype mostPieces = 1500;  // beyond, the texts are compared as a whole

QStringList piecesOf(const QString& text) {
    QStringList pieces;
    for (const QChar c : text) {
        const bool goesOn = c.isLetterOrNumber() && !pieces.isEmpty() &&
                            pieces.last().back().isLetterOrNumber();
        if (goesOn || c.isLowSurrogate())
            pieces.last() += c;
        else
            pieces << QString(c);
    }
    return pieces;
}

void add(QList<DiffPart>& parts, DiffPart::In in, const QString& text) {
    if (!parts.isEmpty() && parts.last().in == in)
        parts.last().text += text;
    else
        parts << DiffPart{in, text};
}

/// Lengths of the longest common rests of the lists, by Wagner and Fischer.
std::vector<std::vector<int>> commonRests(const QStringList& a, const QStringList& b) {
    std::vector<std::vector<int>> rests(std::size_t(a.size()) + 1,
                                        std::vector<int>(std::size_t(b.size()) + 1, 0));
    for (auto i = std::size_t(a.size()); i-- > 0;)
        for (auto j = std::size_t(b.size()); j-- > 0;)
            rests[i][j] = a[qsizetype(i)] == b[qsizetype(j)]
                              ? rests[i + 1][j + 1] + 1
                              : std::max(rests[i + 1][j], rests[i][j + 1]);
    return rests;
}

}  // namespace

QList<DiffPart> diffOf(const QString& before, const QString& after) {
    const auto a = piecesOf(before), b = piecesOf(after);
    if (a.size() > mostPieces || b.size() > mostPieces)
        return {{DiffPart::In::before, before}, {DiffPart::In::after, after}};
    const auto rests = commonRests(a, b);
    QList<DiffPart> parts;
    qsizetype i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const auto down = [&](qsizetype x, qsizetype y) {
            return rests[std::size_t(x)][std::size_t(y)];
        };
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            add(parts, DiffPart::In::both, a[i]);
            ++i, ++j;
        } else if (j == b.size() || (i < a.size() && down(i + 1, j) >= down(i, j + 1))) {
            add(parts, DiffPart::In::before, a[i++]);
        } else {
            add(parts, DiffPart::In::after, b[j++]);
        }
    }
    return parts;
}

void showDiff(QTextEdit* before, QTextEdit* after, const QList<DiffPart>& parts) {
    const auto& t = theme::of(before);
    for (auto [edit, own] : {std::pair{before, DiffPart::In::before}, {after, DiffPart::In::after}}) {
        edit->clear();
        QTextCursor cursor(edit->document());
        for (const auto& part : parts) {
            if (part.in != DiffPart::In::both && part.in != own) continue;
            QTextCharFormat format;
            if (part.in == own)
                format.setBackground(own == DiffPart::In::before ? t.dangerQuiet : t.successQuiet);
            cursor.insertText(part.text, format);
        }
    }
}

}  // namespace ui
