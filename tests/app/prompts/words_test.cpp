#include "app/prompts/words.h"

#include "tests/app/support/requests.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace prompts {
namespace {

using test_support::wait_until;

class WordsTest : public testing::Test {
protected:
    void write(const QString& name, const QByteArray& bytes = {}) {
        const auto path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    WordPlaces places() {
        return {folder.filePath("data"), {folder.filePath("webui/models/Stable-diffusion")}};
    }

    QTemporaryDir folder;
};

TEST_F(WordsTest, FindsWildcardsStylesNetworksAndEmbeddings) {
    write("data/wildcards/colour.txt", "red\n");
    write("data/wildcards/animal/cat.txt", "tabby\n");
    write("data/styles.csv", "name,prompt\nfilm,grain\n");
    write("webui/models/Stable-diffusion/x.safetensors");
    write("webui/models/Lora/sub/clay-toys.safetensors");
    write("webui/models/Lora/notes.md");
    write("webui/embeddings/easynegative.pt");
    const auto words = readWords(places());
    EXPECT_EQ(words.wildcardNames, (QStringList{"animal/cat", "colour"}));
    ASSERT_EQ(words.styles.size(), 1);
    EXPECT_EQ(words.networks, QStringList{"lora:clay-toys"});
    EXPECT_EQ(words.embeddings, QStringList{"easynegative"});
    EXPECT_TRUE(words.problems.isEmpty());
}

TEST_F(WordsTest, NothingIsThereWithoutFolders) {
    const auto words = readWords({"/nowhere", {"/nowhere/models"}});
    EXPECT_TRUE(words.wildcardNames.isEmpty());
    EXPECT_TRUE(words.networks.isEmpty());
}

TEST_F(WordsTest, AChangedListIsReadAgain) {
    write("data/wildcards/colour.txt", "red\n");
    WordShelf shelf;
    int changes = 0;
    QObject::connect(&shelf, &WordShelf::changed, [&] { ++changes; });
    shelf.look(places());
    ASSERT_TRUE(wait_until([&] { return changes == 1; }));
    write("data/wildcards/size.txt", "huge\n");
    EXPECT_TRUE(wait_until([&] { return shelf.words().wildcardNames.contains("size"); }));
}

TEST_F(WordsTest, ASavedStyleIsInTheListAndATroubleIsSaid) {
    WordShelf shelf;
    shelf.look(places());
    shelf.saveStyle({"film", "grain", ""});
    EXPECT_TRUE(wait_until([&] { return shelf.words().styles.size() == 1; }));
    QString trouble;
    QObject::connect(&shelf, &WordShelf::failed, [&](const QString& text) { trouble = text; });
    shelf.saveStyle({"", "grain", ""});
    ASSERT_TRUE(wait_until([&] { return !trouble.isEmpty(); }));
    EXPECT_TRUE(trouble.contains("name"));
}

}  // namespace
}  // namespace prompts
