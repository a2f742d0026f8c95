#include "app/gallery/gallery_model.h"
#include "app/gallery/gallery_reader.h"
#include "app/gallery/trash.h"
#include "diffusion/error.h"
#include "tests/app/gallery/library_support.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace gallery {
namespace {

using test_support::madePicture;
using test_support::writePlainPicture;

Marks marksOf(const QString& file, PictureId id) {
    storage::Sqlite reader(file);
    return GalleryReader::cardsOf(reader, {id}).value(0).marks;
}

TEST(Marks, stay_over_a_restart_and_can_be_undone) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    GalleryDatabase database(file);
    const auto id = database.add(madePicture("/a/1.png", "owl")).id;
    database.setMarks({id}, {.rating = 4, .pick = Pick::picked});
    const auto before = database.setMarks({id}, {.label = 2});
    EXPECT_EQ(marksOf(file, id), (Marks{4, Pick::picked, 2}));
    { GalleryDatabase again(file); }
    EXPECT_EQ(marksOf(file, id), (Marks{4, Pick::picked, 2}));
    database.restoreMarks(before);
    EXPECT_EQ(marksOf(file, id), (Marks{4, Pick::picked, 0}));
}

TEST(Marks, outlive_a_picture_that_is_described_anew) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    GalleryDatabase database(file);
    const auto id = database.add(madePicture("/a/1.png", "owl")).id;
    database.setMarks({id}, {.rating = 5});
    const auto shelf = database.shelves().addCollection("Owls");
    database.shelves().put(shelf, {id});
    EXPECT_EQ(database.add(madePicture("/a/1.png", "fox")).id, id);
    EXPECT_EQ(marksOf(file, id).rating, 5);
    EXPECT_EQ(database.shelves().picturesOf(shelf), PictureIds{id});
    EXPECT_TRUE(database.search("owl", 5).isEmpty());
    EXPECT_EQ(database.search("fox", 5).size(), 1);
}

TEST(Marks, come_to_the_pictures_of_an_older_version) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    auto picture = madePicture("/a/1.png", "하트 <lora:ink:1>");
    picture = GalleryDatabase(file).add(picture);
    {
        storage::Sqlite old(file);
        for (const QString table : {"library", "words", "picture_loras", "collections", "trashed",
                                    "collection_pictures", "saved_searches", "watched_folders"})
            old.run("DROP TABLE " + table);
        old.run("ALTER TABLE pictures DROP COLUMN program");
        old.run("PRAGMA user_version = 2");
    }
    GalleryDatabase again(file);
    EXPECT_EQ(*again.find(picture.id), picture);
    storage::Sqlite reader(file);
    EXPECT_EQ(GalleryReader::idsOf(reader, {.words = "트", .loras = {"ink"}}).size(), 1);
    again.setMarks({picture.id}, {.rating = 3});
    EXPECT_EQ(marksOf(file, picture.id).rating, 3);
}

TEST(Shelves, collections_hold_pictures_without_moving_them) {
    GalleryDatabase database(":memory:");
    const auto id = database.add(madePicture("/a/1.png", "owl")).id;
    auto& shelves = database.shelves();
    const auto owls = shelves.addCollection("Owls");
    shelves.put(owls, {id, id});
    EXPECT_EQ(shelves.picturesOf(owls), PictureIds{id});
    shelves.renameCollection(owls, "Owls at night");
    EXPECT_EQ(shelves.collections().value(0).name, "Owls at night");
    shelves.take(owls, {id});
    EXPECT_TRUE(shelves.picturesOf(owls).isEmpty());
    shelves.put(owls, {id});
    shelves.removeCollection(owls);
    EXPECT_TRUE(shelves.collections().isEmpty());
    EXPECT_TRUE(database.find(id));
}

TEST(Shelves, a_taken_name_gets_a_number) {
    GalleryDatabase database(":memory:");
    auto& shelves = database.shelves();
    shelves.addSearch("4 stars", "{}");
    const auto second = shelves.addSearch("4 stars", "{}");
    EXPECT_EQ(shelves.searches().value(1).name, "4 stars 2");
    shelves.renameSearch(second, "4 stars 2");
    EXPECT_EQ(shelves.searches().value(1).name, "4 stars 2") << "its own name is free";
}

/// The trash of a home of its own.
class TrashTest : public testing::Test {
protected:
    void SetUp() override { qputenv("XDG_DATA_HOME", home_.path().toUtf8()); }

    void TearDown() override { qunsetenv("XDG_DATA_HOME"); }

    QTemporaryDir home_;
    QTemporaryDir folder_;
};

TEST_F(TrashTest, keeps_a_file_with_a_note_and_gives_it_back) {
    const auto path = folder_.filePath("부엉이 owl.png");
    writePlainPicture(path);
    const auto inTrash = moveToTrash(path);
    EXPECT_FALSE(QFile::exists(path));
    EXPECT_TRUE(QFile::exists(inTrash));
    const auto note = QFileInfo(inTrash).path() + "/../info/" + QFileInfo(inTrash).fileName() + ".trashinfo";
    QFile info(note);
    ASSERT_TRUE(info.open(QIODevice::ReadOnly)) << qPrintable(note);
    EXPECT_TRUE(info.readAll().startsWith("[Trash Info]"));
    EXPECT_EQ(restoreFromTrash(inTrash, path), path);
    EXPECT_TRUE(QFile::exists(path));
    EXPECT_FALSE(QFile::exists(note));
}

TEST_F(TrashTest, never_replaces_what_has_taken_the_name) {
    const auto path = folder_.filePath("owl.png");
    writePlainPicture(path);
    const auto inTrash = moveToTrash(path);
    writePlainPicture(path, 5, 5);
    EXPECT_EQ(restoreFromTrash(inTrash, path), folder_.filePath("owl (2).png"));
    EXPECT_EQ(QImage(path).size(), QSize(5, 5));
}

TEST_F(TrashTest, says_what_it_can_not_find) {
    try {
        moveToTrash(folder_.filePath("nothing.png"));
        FAIL() << "was moved";
    } catch (const diffusion::Error& error) {
        EXPECT_NE(std::string(error.what()).find("nothing.png"), std::string::npos);
    }
    EXPECT_THROW(restoreFromTrash(home_.filePath("Trash/files/x.png"), folder_.filePath("x.png")),
                 diffusion::Error);
}

TEST_F(TrashTest, a_picture_in_it_keeps_its_marks_and_leaves_its_path_free) {
    const auto file = folder_.filePath("gallery.sqlite");
    GalleryDatabase database(file);
    ThumbnailCache thumbnails(64);
    GalleryModel strip(database, thumbnails);
    const auto id = database.add(madePicture("/a/1.png", "owl")).id;
    database.setMarks({id}, {.rating = 5});
    database.markTrashed({{id, "/trash/1.png"}});
    EXPECT_EQ(strip.rowCount(), 0);
    EXPECT_EQ(database.filesOf({id}).value(0).beforeTrash, "/a/1.png");
    EXPECT_EQ(database.count(), 0);
    const auto other = database.add(madePicture("/a/1.png", "fox"));
    EXPECT_NE(other.id, id);
    database.add(madePicture("/a/1 (2).png", "found by a scan"));
    database.markRestored({{id, "/a/1 (2).png"}});
    EXPECT_EQ(strip.rowCount(), 2);
    EXPECT_EQ(strip.rowOf(id), 1) << "older than the fox";
    EXPECT_EQ(marksOf(file, id).rating, 5);
    EXPECT_EQ(database.find(id)->path, "/a/1 (2).png");
}

}  // namespace
}  // namespace gallery
