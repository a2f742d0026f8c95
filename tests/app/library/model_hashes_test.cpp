#include "app/library/model_hashes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace library {
namespace {

using diffusion::FileStamp;

class ModelHashesTest : public testing::Test {
protected:
    QTemporaryDir folder;
    QString file = folder.filePath("data/models.sqlite");
    FileStamp stamp{"/models/\xEB\xAA\xA8\xEB\x8D\xB8.safetensors", 6'000'000'000, 1'700'000'000'123};
};

TEST_F(ModelHashesTest, are_known_after_a_restart) {
    EXPECT_EQ(ModelHashes(file).find(stamp), "");
    ModelHashes(file).remember(stamp, "cafe");
    EXPECT_EQ(ModelHashes(file).find(stamp), "cafe");
}

TEST_F(ModelHashesTest, belong_to_the_file_as_it_was) {
    ModelHashes hashes(file);
    hashes.remember(stamp, "cafe");
    auto other = stamp;
    ++other.size;
    EXPECT_EQ(hashes.find(other), "");
    other = stamp;
    ++other.modified;
    EXPECT_EQ(hashes.find(other), "");
    hashes.remember(other, "beef");
    EXPECT_EQ(hashes.find(other), "beef");
    EXPECT_EQ(hashes.find(stamp), "") << "one file has one hash";
}

TEST_F(ModelHashesTest, a_place_that_can_not_be_written_costs_only_the_memory) {
    ModelHashes hashes("/proc/models.sqlite");
    hashes.remember(stamp, "cafe");
    EXPECT_EQ(hashes.find(stamp), "");
}

TEST_F(ModelHashesTest, make_no_file_before_they_are_asked) {
    const ModelHashes hashes(file);
    EXPECT_FALSE(QFile::exists(file));
}

}  // namespace
}  // namespace library
