#include "app/storage/atomic_file.h"

#include "diffusion/error.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace storage {
namespace {

QByteArray contentsOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
}

TEST(AtomicFile, makes_folders_and_writes_the_whole) {
    const QTemporaryDir folder;
    const auto path = folder.filePath("a/b/c.bin");
    const QByteArray bytes(1 << 20, 'x');
    EXPECT_TRUE(writeFile(path, bytes, IfTaken::leave));
    EXPECT_EQ(contentsOf(path), bytes);
    EXPECT_EQ(QDir(folder.filePath("a/b")).entryList(QDir::Files | QDir::Hidden),
              QStringList("c.bin"));
}

TEST(AtomicFile, a_taken_name_is_left_or_replaced_as_asked) {
    const QTemporaryDir folder;
    const auto path = folder.filePath("a");
    EXPECT_TRUE(writeFile(path, "one", IfTaken::leave));
    EXPECT_FALSE(writeFile(path, "two", IfTaken::leave));
    EXPECT_EQ(contentsOf(path), "one");
    EXPECT_TRUE(writeFile(path, "three", IfTaken::replace));
    EXPECT_EQ(contentsOf(path), "three");
}

TEST(AtomicFile, names_the_place_that_can_not_be_written) {
    for (const auto& path : {QString("/proc/none/a"), QString("/dev/null/a")}) {
        try {
            writeFile(path, "x", IfTaken::replace);
            FAIL() << path.toStdString();
        } catch (const diffusion::Error& error) {
            EXPECT_EQ(error.kind(), diffusion::ErrorKind::cannot_write);
            const auto folder = path.section('/', 0, 2).toStdString();
            EXPECT_EQ(std::string(error.what()).find(folder + ": expected"), 0u) << error.what();
        }
    }
    EXPECT_THROW(requireWritableFolder("/proc/none"), diffusion::Error);
}

TEST(AtomicFile, leftovers_of_an_ended_program_go_but_not_those_of_a_running_one) {
    const QTemporaryDir folder;
    for (const auto& name : {".atelier-old111.part", ".atelier-new111.part", "picture.part"}) {
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        const int age = QString(name).contains("new") ? 0 : 3600;
        ASSERT_TRUE(file.setFileTime(QDateTime::currentDateTime().addSecs(-age),
                                     QFile::FileModificationTime));
    }
    removeLeftovers(folder.path());
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name),
              QStringList({".atelier-new111.part", "picture.part"}));
}

}  // namespace
}  // namespace storage
