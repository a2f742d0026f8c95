#pragma once

// What tests of trainings share: a folder of pictures, and a trainer that says what the real one
// says.

#include <QFile>
#include <QImage>
#include <QString>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace test_support {

inline void writeFile(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)) << qPrintable(path);
    file.write(bytes);
}

inline QByteArray readFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Three pictures with captions, one without, one that is none.
class LessonFolder {
public:
    LessonFolder() {
        for (int i = 0; i < 4; ++i) {
            QImage picture(64, 48, QImage::Format_RGB32);
            for (int y = 0; y < 48; ++y)
                for (int x = 0; x < 64; ++x)
                    picture.setPixel(x, y, qRgb(4 * x, 60 * i, (x / 8 + y / 8) % 2 * 200));
            EXPECT_TRUE(picture.save(file(QStringLiteral("%1.png").arg(i))));
            if (i < 3) writeFile(file(QStringLiteral("%1.txt").arg(i)), "ink drawing");
        }
        writeFile(file(QStringLiteral("broken.png")), "no picture");
        writeFile(file(QStringLiteral("broken.txt")), "ink drawing");
    }

    QString path() const { return folder_.path(); }

    QString file(const QString& name) const { return folder_.filePath(name); }

private:
    QTemporaryDir folder_;
};

/// A program that counts steps, saves where it is, stops when it is asked to, and writes a result.
class FakeTrainer {
public:
    explicit FakeTrainer(const char* complaint = "") {
        writeFile(program(), QByteArray(R"sh(#!/bin/sh
for word; do case "$word" in
    --out=*) out=${word#--out=} ;;
    --work=*) work=${word#--work=} ;;
    --steps=*) steps=${word#--steps=} ;;
esac; done
say() { echo "{\"event\":\"progress\",\"stage\":\"lora\",\"step\":$1,\"loss\":0.$((100 + $1 % 800)),\"pictures_per_second\":$2,\"message\":\"$3\"}"; }
complaint=')sh") + complaint + R"sh('
if [ -n "$complaint" ]; then
    echo "{\"event\":\"error\",\"kind\":\"bad_request\",\"message\":\"$complaint\"}"
    echo "atelier: $complaint" >&2
    exit 2
fi
trap 'stopped=1' INT
say 0 0 "reading the UNet"
say 0 0 "broken.png is left out: The picture broken.png can't be read: Unsupported image format."
step=$(tail -n 1 "$work/steps" 2>/dev/null || echo 0)
mkdir -p "$work/sheets" "${out%/*}"
while [ $step -lt $steps ] && [ -z "$stopped" ]; do
    sleep 0.02
    step=$((step + 1))
    echo $step >>"$work/steps"
    say $step 2.5 ""
done
cp "$3/0.png" "$work/sheets/lora-$step.png"
say $step 2.5 "wrote $work/sheets/lora-$step.png"
echo result >"$out"
say 0 0 "wrote $out"
[ -z "$stopped" ] || exit 130
)sh");
        QFile(program()).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QString program() const { return folder_.filePath(QStringLiteral("trainer")); }

private:
    QTemporaryDir folder_;
};

}  // namespace test_support
