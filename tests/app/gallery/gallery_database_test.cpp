#include "app/gallery/gallery_database.h"

#include "app/gallery/gallery_model.h"
#include "diffusion/error.h"
#include "diffusion/request_fields.h"
#include "tests/app/support/requests.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace gallery {
namespace {

Picture example(int number) {
    Picture picture;
    picture.path = QString("/pictures/%1.png").arg(number);
    picture.created = QDateTime::currentDateTimeUtc();
    picture.request = test_support::unusual_request();
    picture.modelName = "fake";
    picture.modelHash = "0123456789";
    picture.width = 24;
    picture.height = 16;
    picture.seconds = 0.25;
    return picture;
}

TEST(GalleryDatabase, carries_every_field_through_a_restart) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    const auto added = GalleryDatabase(file).add(example(1));
    GalleryDatabase again(file);
    const auto found = again.find(added.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->request, added.request);
    EXPECT_EQ(*found, added);
}

TEST(GalleryDatabase, gives_the_newest_first_in_pages) {
    GalleryDatabase database(":memory:");
    for (int i = 1; i <= 5; ++i) database.add(example(i));
    const auto first = database.newest(3);
    ASSERT_EQ(first.size(), 3);
    EXPECT_EQ(first.first().path, "/pictures/5.png");
    const auto rest = database.newest(3, first.last().id);
    ASSERT_EQ(rest.size(), 2);
    EXPECT_EQ(rest.last().path, "/pictures/1.png");
}

TEST(GalleryDatabase, adds_columns_that_an_older_version_did_not_know) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    const auto id = GalleryDatabase(file).add(example(1)).id;
    storage::Sqlite(file).run("ALTER TABLE pictures DROP COLUMN clip_skip");
    GalleryDatabase again(file);
    EXPECT_EQ(again.find(id)->request.clip_skip, diffusion::GenerationRequest().clip_skip);
    EXPECT_EQ(again.find(again.add(example(2)).id)->request, example(2).request);
}

TEST(GalleryDatabase, a_path_is_there_once) {
    GalleryDatabase database(":memory:");
    database.add(example(1));
    database.add(example(1));
    EXPECT_EQ(database.count(), 1);
    EXPECT_TRUE(database.holds("/pictures/1.png"));
}

TEST(GalleryDatabase, a_file_that_is_none_is_refused_by_name) {
    const QTemporaryDir folder;
    QFile file(folder.filePath("gallery.sqlite"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(4096, 'x'));
    file.close();
    try {
        GalleryDatabase database(file.fileName());
        FAIL() << "was opened";
    } catch (const diffusion::Error& error) {
        EXPECT_NE(std::string(error.what()).find("gallery.sqlite"), std::string::npos);
    }
}

TEST(GalleryModel, follows_the_database) {
    GalleryDatabase database(":memory:");
    for (int i = 1; i <= 3; ++i) database.add(example(i));
    ThumbnailCache thumbnails(64);
    GalleryModel model(database, thumbnails);
    EXPECT_EQ(model.rowCount(), 3);
    const auto added = database.add(example(4));
    EXPECT_EQ(model.picture(0), added);
    database.remove(added.id);
    EXPECT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.data(model.index(0), Qt::DisplayRole).toString(), "3.png");
}

}  // namespace
}  // namespace gallery
