#include "app/gallery/picture_filter.h"

#include "app/gallery/gallery_reader.h"
#include "app/gallery/gallery_schema_impl.h"
#include "tests/app/gallery/library_support.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace gallery {
namespace {

using test_support::madePicture;

/// A gallery of four pictures that differ in everything that filters ask for.
class FilterTest : public testing::Test {
protected:
    void SetUp() override {
        const auto add = [&](int day, const char* prompt, QString model, const char* sampler,
                             QSize size) {
            auto picture = madePicture(QString("/a/%1/%1.png").arg(day), prompt);
            picture.created = QDateTime(QDate(2025, 3, day), QTime(12, 0));
            picture.modelName = model;
            picture.request.sampler = sampler;
            picture.width = size.width();
            picture.height = size.height();
            ids_ += database_.add(picture).id;
        };
        add(1, "파란 하트를 든 고양이 <lora:clay-toys:0.8>", "clay", "Euler", {512, 512});
        add(2, "a red apple", "ink", "Euler", {512, 768});
        add(3, "하트 모양 사과 <lora:ink:1>", "clay", "Heun", {768, 512});
        add(4, "an owl", "ink", "Heun", {512, 512});
        database_.setMarks({ids_[0], ids_[1]}, {.rating = 4});
        database_.setMarks({ids_[2]}, {.rating = 2, .pick = Pick::picked});
        database_.setMarks({ids_[3]}, {.pick = Pick::rejected, .label = 3});
    }

    /// Days of the pictures, in the order of the list.
    QList<int> days(const PictureFilter& filter) {
        storage::Sqlite file(file_);
        QList<int> days;
        for (const auto id : GalleryReader::idsOf(file, filter)) days += int(ids_.indexOf(id)) + 1;
        return days;
    }

    QTemporaryDir folder_;
    QString file_ = folder_.filePath("gallery.sqlite");
    GalleryDatabase database_{file_};
    PictureIds ids_;
};

TEST_F(FilterTest, gives_all_in_the_order_that_was_chosen) {
    EXPECT_EQ(days({}), QList<int>({4, 3, 2, 1}));
    EXPECT_EQ(days({.order = Order::oldest}), QList<int>({1, 2, 3, 4}));
    EXPECT_EQ(days({.order = Order::best}), QList<int>({2, 1, 3, 4}));
}

TEST_F(FilterTest, finds_pieces_of_words_in_prompts) {
    EXPECT_EQ(days({.words = "하트"}), QList<int>({3, 1}));
    EXPECT_EQ(days({.words = "를"}), QList<int>({1}));
    EXPECT_EQ(days({.words = "appl"}), QList<int>({2}));
    EXPECT_EQ(days({.words = "pear"}), QList<int>());
}

TEST_F(FilterTest, narrows_by_what_the_picture_was_made_with) {
    EXPECT_EQ(days({.models = {"clay"}}), QList<int>({3, 1}));
    EXPECT_EQ(days({.models = {"clay", "ink"}, .samplers = {"Heun"}}), QList<int>({4, 3}));
    EXPECT_EQ(days({.loras = {"clay-toys"}}), QList<int>({1}));
    EXPECT_EQ(days({.loras = {"clay-toys", "ink"}}), QList<int>({3, 1}));
    EXPECT_EQ(days({.sizes = {{512, 768}, {768, 512}}}), QList<int>({3, 2}));
    EXPECT_EQ(days({.shape = Shape::square}), QList<int>({4, 1}));
    EXPECT_EQ(days({.shape = Shape::portrait}), QList<int>({2}));
    EXPECT_EQ(days({.shape = Shape::landscape}), QList<int>({3}));
}

TEST_F(FilterTest, both_days_of_a_span_belong_to_it) {
    EXPECT_EQ(days({.from = QDate(2025, 3, 2), .to = QDate(2025, 3, 3)}), QList<int>({3, 2}));
    EXPECT_EQ(days({.from = QDate(2025, 3, 4)}), QList<int>({4}));
    EXPECT_EQ(days({.to = QDate(2025, 3, 1)}), QList<int>({1}));
}

TEST_F(FilterTest, narrows_by_marks) {
    EXPECT_EQ(days({.leastStars = 3}), QList<int>({2, 1}));
    EXPECT_EQ(days({.picks = {1}}), QList<int>({3}));
    EXPECT_EQ(days({.picks = {0, -1}}), QList<int>({4, 2, 1}));
    EXPECT_EQ(days({.labels = {3}}), QList<int>({4}));
    EXPECT_EQ(days({.words = "하트", .leastStars = 3}), QList<int>({1}));
}

TEST_F(FilterTest, places_are_folders_collections_picks_and_trash) {
    EXPECT_EQ(days({.place = Place::folder, .folder = "/a/2"}), QList<int>({2}));
    EXPECT_EQ(days({.place = Place::folder, .folder = "/a"}), QList<int>({4, 3, 2, 1}));
    EXPECT_EQ(days({.place = Place::folder, .folder = "/"}).size(), 0) << "not by half a name";
    EXPECT_EQ(days({.place = Place::picks}), QList<int>({3}));
    const auto owls = database_.shelves().addCollection("Owls");
    database_.shelves().put(owls, {ids_[3], ids_[0]});
    EXPECT_EQ(days({.place = Place::collection, .collection = owls}), QList<int>({4, 1}));
    database_.markTrashed({{ids_[3], "/trash/4.png"}});
    EXPECT_EQ(days({.place = Place::collection, .collection = owls}), QList<int>({1}));
    EXPECT_EQ(days({.place = Place::trash}), QList<int>({4}));
}

TEST_F(FilterTest, a_quote_in_a_name_is_only_a_letter) {
    EXPECT_EQ(days({.models = {"cl'ay\" OR 1=1 --"}}), QList<int>());
    EXPECT_EQ(days({.place = Place::folder, .folder = "/a' OR '1'='1"}), QList<int>());
}

TEST(PictureFilter, is_the_same_after_it_was_text) {
    const PictureFilter filter{.place = Place::folder,
                               .collection = 7,
                               .folder = "/그림/a",
                               .words = "하트 \"x\"",
                               .models = {"clay", "a,b"},
                               .loras = {"ink"},
                               .samplers = {"DPM++ 2M"},
                               .sizes = {{512, 768}},
                               .shape = Shape::portrait,
                               .from = QDate(2024, 2, 29),
                               .to = QDate(2025, 1, 1),
                               .leastStars = 3,
                               .picks = {-1, 1},
                               .labels = {0, 4},
                               .order = Order::best};
    EXPECT_EQ(filterFromText(toText(filter)), filter);
    EXPECT_EQ(filter.conditionCount(), 10);
    EXPECT_EQ(filter.withoutConditions().conditionCount(), 0);
}

TEST(PictureFilter, text_that_is_damaged_shows_everything) {
    for (const char* text : {"", "[]", "{", "{\"place\": 99, \"stars\": \"x\", \"labels\": [7, null]}",
                             "{\"sizes\": [\"x\", \"0x5\", 3], \"from\": \"yesterday\"}"})
        EXPECT_EQ(filterFromText(text), PictureFilter()) << text;
}

TEST(Loras, are_read_from_the_tags_of_a_prompt) {
    EXPECT_EQ(lorasOf("a <lora:ink:0.8> b <lyco:wash> <lora:ink:1:0.5> <hypernet:x:1> <lora:>"),
              QStringList({"ink", "wash"}));
}

}  // namespace
}  // namespace gallery
