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

Picture withPrompt(int number, const char* prompt) {
    auto picture = example(number);
    picture.request.prompt = prompt;
    return picture;
}

QStringList pathsOf(const QList<Picture>& pictures) {
    QStringList names;
    for (const auto& picture : pictures) names += picture.path.section('/', -1).chopped(4);
    return names;
}

TEST(GalleryDatabase, finds_any_piece_of_a_word_in_any_script) {
    GalleryDatabase database(":memory:");
    database.add(withPrompt(1, "파란 하트를 든 고양이"));
    database.add(withPrompt(2, "Red APPLES, café"));
    database.add(withPrompt(3, "하얀 트럭, 猫"));
    const auto found = [&](const char* words) { return pathsOf(database.search(words, 10)); };
    EXPECT_EQ(found("하트"), QStringList("1"));
    EXPECT_EQ(found("트"), QStringList({"3", "1"}));
    EXPECT_EQ(found("를"), QStringList("1"));
    EXPECT_EQ(found("양이 란"), QStringList("1"));
    EXPECT_EQ(found("하트럭"), QStringList()) << "not across words";
    EXPECT_EQ(found("apple red"), QStringList("2"));
    EXPECT_EQ(found("ppl"), QStringList("2"));
    EXPECT_EQ(found("cafe\xcc\x81"), QStringList("2")) << "composed or not";
    EXPECT_EQ(found("\xe1\x84\x92\xe1\x85\xa1\xe1\x84\x90\xe1\x85\xb3"), QStringList("1"))
        << "하트 in letters, as a Mac types it";
    EXPECT_EQ(found("猫"), QStringList("3"));
    EXPECT_EQ(found("pear"), QStringList());
    EXPECT_EQ(found(" ,"), QStringList({"3", "2", "1"}));
}

TEST(GalleryDatabase, searches_take_any_text_as_words) {
    GalleryDatabase database(":memory:");
    database.add(withPrompt(1, "a \"quoted\" OR NOT NEAR(x) word* -- ' ; DROP"));
    for (const char* words : {"\"quoted", "NEAR(", "word*", "NOT", "' ; --", "OR OR", "^a", "{}"})
        EXPECT_EQ(database.search(words, 10).size(), 1) << words;
}

TEST(GalleryDatabase, pages_through_what_it_found) {
    GalleryDatabase database(":memory:");
    for (int i = 1; i <= 5; ++i) database.add(withPrompt(i, i == 3 ? "배" : "하트"));
    const auto first = database.search("하", 2);
    EXPECT_EQ(pathsOf(first), QStringList({"5", "4"}));
    EXPECT_EQ(pathsOf(database.search("하", 2, first.last().id)), QStringList({"2", "1"}));
}

TEST(GalleryDatabase, the_index_follows_the_pictures) {
    GalleryDatabase database(":memory:");
    const auto removed = database.add(withPrompt(1, "하트"));
    database.add(withPrompt(2, "하트"));
    database.add(withPrompt(2, "별"));
    database.remove(removed.id);
    EXPECT_TRUE(database.search("하트", 10).isEmpty());
    EXPECT_EQ(database.search("별", 10).size(), 1);
}

TEST(GalleryDatabase, indexes_what_an_older_version_stored) {
    const QTemporaryDir folder;
    const auto file = folder.filePath("gallery.sqlite");
    GalleryDatabase(file).add(withPrompt(1, "하트"));
    {
        storage::Sqlite old(file);
        for (const QString table :
             {"prompt_grams", "library", "words", "picture_loras", "collections", "trashed",
              "collection_pictures", "saved_searches", "watched_folders"})
            old.run("DROP TABLE " + table);
        old.run("ALTER TABLE pictures DROP COLUMN program");
        old.run("PRAGMA user_version = 1");
    }
    EXPECT_EQ(GalleryDatabase(file).search("트", 10).size(), 1);
}

}  // namespace
}  // namespace gallery
