#include "app/gallery/image_store.h"

#include "app/gallery/image_metadata.h"
#include "diffusion/error.h"
#include "tests/app/support/requests.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace gallery {
namespace {

diffusion::Result example() {
    diffusion::GenerationRequest request;
    request.prompt = "파란 하트";
    request.seed = 77;
    request.width = 24;
    request.height = 16;
    return test_support::fake_result(request);
}

QStringList filesIn(const QString& folder) {
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

TEST(ImageStore, numbers_pictures_and_never_overwrites) {
    const QTemporaryDir folder;
    for (int i = 0; i < 3; ++i) ImageStore::storeIn(example(), folder.path());
    EXPECT_EQ(filesIn(folder.path()),
              QStringList({"00001-77.png", "00002-77.png", "00003-77.png"}));
    QFile::remove(folder.filePath("00002-77.png"));
    ImageStore::storeIn(example(), folder.path());
    EXPECT_EQ(filesIn(folder.path()).last(), "00004-77.png");
}

TEST(ImageStore, sorts_pictures_by_day) {
    const QTemporaryDir folder;
    const auto picture = ImageStore(folder.path()).store(example());
    EXPECT_EQ(picture.path,
              folder.filePath(QDate::currentDate().toString(Qt::ISODate) + "/00001-77.png"));
}

TEST(ImageStore, the_file_tells_what_made_it) {
    const QTemporaryDir folder;
    const auto stored = ImageStore::storeAs(example(), folder.filePath("a.png"));
    const auto read = ImageStore::describeFile(stored.path);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->request.prompt, "파란 하트");
    EXPECT_EQ(read->request.seed, 77);
    EXPECT_EQ(read->width, 24);
    EXPECT_EQ(read->modelHash, "0123456789");
    EXPECT_EQ(read->modelName, "fake");
    EXPECT_EQ(read->request.model, "") << "a name is no path";
    EXPECT_FALSE(ImageStore::describeFile(folder.filePath("none.png")));
}

TEST(ImageStore, leaves_nothing_behind_where_it_can_not_write) {
    const QTemporaryDir folder;
    QFile(folder.filePath("taken")).open(QIODevice::WriteOnly);
    EXPECT_THROW(ImageStore::storeAs(example(), folder.filePath("taken/a.png")), diffusion::Error);
    EXPECT_EQ(filesIn(folder.path()), QStringList("taken"));
}

TEST(ImageStore, adopts_a_file_under_a_name_of_its_own) {
    const QTemporaryDir folder;
    const auto kept = ImageStore::storeAs(example(), folder.filePath("kept/x.png"));
    ImageStore store(folder.filePath("pictures"));
    const auto adopted = store.adopt(kept.path);
    ASSERT_TRUE(adopted);
    EXPECT_TRUE(adopted->path.endsWith("/00001-77.png"));
    EXPECT_EQ(readParameters(adopted->path), readParameters(kept.path));
}

TEST(ImageStore, names_pictures_by_the_pattern) {
    const QTemporaryDir folder;
    ImageStore store(folder.path(), "[model_name]/[seed]-[prompt_words] [width]x[height]");
    EXPECT_EQ(store.store(example()).path, folder.filePath("fake/00001-77-파란 하트 24x16.png"));
    EXPECT_EQ(store.store(example()).path, folder.filePath("fake/00002-77-파란 하트 24x16.png"));
}

TEST(ImageStore, no_pattern_leads_out_of_the_folder) {
    const QTemporaryDir folder;
    for (const QString pattern : {"../../[seed]", "/etc/[seed]", "..", ""}) {
        const auto path = ImageStore(folder.path(), pattern).store(example()).path;
        EXPECT_TRUE(path.startsWith(folder.path() + "/")) << path.toStdString();
        EXPECT_TRUE(path.endsWith("-77.png")) << path.toStdString();
    }
}

TEST(ImageStore, an_adopted_picture_gets_the_name_that_it_would_have_had) {
    const QTemporaryDir folder;
    ImageStore store(folder.filePath("pictures"), "[image_hash<12>]");
    const auto stored = store.store(example());
    const auto kept = ImageStore::storeAs(example(), folder.filePath("kept/x.png"));
    const auto adopted = store.adopt(kept.path);
    ASSERT_TRUE(adopted);
    EXPECT_EQ(adopted->path.section('-', -1), stored.path.section('-', -1));
}

}  // namespace
}  // namespace gallery
