#include "app/prompts/history.h"
#include "app/prompts/presets.h"
#include "app/prompts/styles.h"
#include "diffusion/error.h"
#include "tests/app/support/requests.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace prompts {
namespace {

class FilesTest : public testing::Test {
protected:
    void write(const QString& name, const QByteArray& bytes) {
        const auto path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir folder;
};

TEST_F(FilesTest, StylesComeFromTheOwnFileAndTheFolder) {
    write("styles.csv", "name,prompt,negative_prompt\nfilm,mine,\n");
    write("styles/fooocus.json",
          R"([{"name":"film","prompt":"theirs"},{"name":"clay","prompt":"clay {prompt}"}])");
    write("styles/broken.json", "{");
    const auto list = readStyles(folder.path());
    ASSERT_EQ(list.styles.size(), 2);
    EXPECT_EQ(list.styles[0].prompt, "mine");
    EXPECT_EQ(list.styles[1].name, "clay");
    ASSERT_EQ(list.problems.size(), 1);
    EXPECT_TRUE(list.problems[0].contains("broken.json"));
}

TEST_F(FilesTest, ASavedStyleReplacesTheOneWithItsName) {
    saveStyle(folder.path(), {"film", "a, \"b\"\nc", "d"});
    saveStyle(folder.path(), {"film", "new", ""});
    saveStyle(folder.path(), {"한글", "e", ""});
    auto styles = readStyles(folder.path()).styles;
    ASSERT_EQ(styles.size(), 2);
    EXPECT_EQ(styles[0].prompt, "new");
    removeStyle(folder.path(), "film");
    styles = readStyles(folder.path()).styles;
    ASSERT_EQ(styles.size(), 1);
    EXPECT_EQ(styles[0].name, "한글");
    EXPECT_THROW(saveStyle(folder.path(), {"", "x", ""}), diffusion::Error);
}

TEST_F(FilesTest, AStylesFileThatCanNotBeReadIsNotOverwritten) {
    write("styles.csv", "something else\n1\n");
    EXPECT_THROW(saveStyle(folder.path(), {"film", "a", ""}), diffusion::Error);
    QFile file(folder.filePath("styles.csv"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "something else\n1\n");
}

TEST_F(FilesTest, APresetKeepsEveryFieldAndTravelsAsAFile) {
    const auto request = test_support::unusual_request();
    const auto presets = folder.filePath("presets");
    savePreset(presets, "내 것 1.5", request);
    EXPECT_EQ(presetNames(presets), QStringList{"내 것 1.5"});
    EXPECT_EQ(readPreset(presets, "내 것 1.5"), request);
    exportPreset(presets, "내 것 1.5", folder.filePath("shared.json"));
    EXPECT_EQ(importPreset(presets, folder.filePath("shared.json")), "shared");
    EXPECT_EQ(importPreset(presets, folder.filePath("shared.json")), "shared 2");
    EXPECT_EQ(readPreset(presets, "shared 2"), request);
    removePreset(presets, "shared");
    EXPECT_EQ(presetNames(presets), (QStringList{"shared 2", "내 것 1.5"}));
}

TEST_F(FilesTest, AStrangersPresetIsRefusedInASentence) {
    write("list.json", "[1]");
    write("key.json", R"({"promt": "a"})");
    for (const auto* name : {"list.json", "key.json", "absent.json"})
        EXPECT_THROW(importPreset(folder.filePath("presets"), folder.filePath(name)),
                     diffusion::Error)
            << name;
    for (const auto* name : {"", "../x", ".x", "a\\b"})
        EXPECT_THROW(savePreset(folder.path(), name, {}), diffusion::Error) << name;
    EXPECT_FALSE(QFile::exists(folder.filePath("../x.json")));
}

TEST_F(FilesTest, TheHistoryOutlivesTheProgramNewestFirst) {
    const auto file = folder.filePath("history.json");
    {
        History history(file);
        for (const auto* text : {"one", "two\nlines", "  ", "one"}) history.add(text);
        history.save();
    }
    EXPECT_EQ(History(file).texts(), (QStringList{"one", "two\nlines"}));
    write("damaged.json", "{\"a\":");
    EXPECT_TRUE(History(folder.filePath("damaged.json")).texts().isEmpty());
}

TEST_F(FilesTest, TheHistoryHasAnEnd) {
    History history(folder.filePath("history.json"));
    for (int i = 0; i < 300; ++i) history.add(QString::number(i));
    EXPECT_EQ(history.texts().size(), 200);
    EXPECT_EQ(history.texts().first(), "299");
}

}  // namespace
}  // namespace prompts
