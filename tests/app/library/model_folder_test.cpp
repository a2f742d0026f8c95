#include "app/library/model_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace library {
namespace {

class ModelFolderTest : public testing::Test {
protected:
    void write(const QString& name, int bytes = 1) {
        QDir(folder.path()).mkpath(QFileInfo(name).path());
        QFile file(folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(bytes, 'x'));
    }

    QStringList found() const {
        QStringList names;
        for (const auto& path : findModels(folder.path()))
            names += QDir(folder.path()).relativeFilePath(path);
        return names;
    }

    QTemporaryDir folder;
};

TEST_F(ModelFolderTest, finds_files_below_and_folders_as_one) {
    for (const char* name : {"b.safetensors", "a/c.gguf", "a/.hidden.ckpt", "notes.txt", "a/d.CKPT",
                             "sd/model_index.json", "sd/unet/diffusion_pytorch_model.safetensors"})
        write(name);
    EXPECT_EQ(found(), QStringList({"a/c.gguf", "a/d.CKPT", "b.safetensors", "sd"}));
}

TEST_F(ModelFolderTest, follows_links_but_no_ring) {
    write("real/a.safetensors");
    ASSERT_TRUE(QFile::link(folder.path(), folder.filePath("real/ring")));
    EXPECT_EQ(found(), QStringList("real/a.safetensors"));
}

TEST_F(ModelFolderTest, an_absent_folder_holds_none) {
    EXPECT_TRUE(findModels(folder.filePath("nowhere")).isEmpty());
    EXPECT_TRUE(findModels({}).isEmpty());
}

TEST_F(ModelFolderTest, sizes_of_folders_are_those_of_their_files) {
    write("a.ckpt", 5);
    write("sd/model_index.json", 2);
    write("sd/unet/model.safetensors", 7);
    EXPECT_EQ(sizeOnDisk(folder.filePath("a.ckpt")), 5);
    EXPECT_EQ(sizeOnDisk(folder.filePath("sd")), 9);
}

}  // namespace
}  // namespace library
