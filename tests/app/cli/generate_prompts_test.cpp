// `atelier generate` with styles, templates and wildcards, as a process over the fake engine.

#include "app/gallery/image_metadata.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

class GeneratePromptsTest : public testing::Test {
protected:
    struct Outcome {
        int code = -1;
        QByteArray out;
        QByteArray errors;
    };

    Outcome run(const QStringList& arguments) {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("ATELIER_ENGINE", ATELIER_BINARY_DIR "/tests/libatelier_fake_engine.so");
        process.setProcessEnvironment(environment);
        process.start(ATELIER_BINARY_DIR "/bin/atelier",
                      QStringList{"generate", "--data", folder.path()} + arguments);
        EXPECT_TRUE(process.waitForFinished(60000));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    void write(const QString& name, const QByteArray& bytes) {
        const auto path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    QTemporaryDir folder;
};

TEST_F(GeneratePromptsTest, a_dry_run_lists_every_prompt_and_makes_nothing) {
    write("wildcards/colour.txt", "red\ngreen\n");
    const auto outcome = run({"a __colour__ {cat|dog}", "--expand", "all", "--dry-run"});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    EXPECT_EQ(outcome.out, "a green cat\na green dog\na red cat\na red dog\n4 prompts\n");
    EXPECT_FALSE(QDir(folder.filePath("pictures")).exists());
}

TEST_F(GeneratePromptsTest, every_prompt_becomes_a_picture_that_keeps_the_template) {
    const auto outcome = run({"{a|b} cat", "--expand", "all", "--steps", "2", "--seed", "5", "--out",
                              folder.filePath("cats/cat.png")});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    const auto first = gallery::readParameters(folder.filePath("cats/cat-1.png"));
    const auto second = gallery::readParameters(folder.filePath("cats/cat-2.png"));
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(first->startsWith("a cat\n"));
    EXPECT_TRUE(second->startsWith("b cat\n"));
    EXPECT_TRUE(first->contains("Template: {a|b} cat")) << first->toStdString();
    EXPECT_TRUE(second->contains("Seed: 6,"));
}

TEST_F(GeneratePromptsTest, the_same_seed_draws_the_same_prompts) {
    const QStringList arguments{"{a|b|c|d|e|f|g|h}{1|2|3|4|5|6|7|8}", "--expand", "random", "--seed",
                                "3", "--count", "4", "--dry-run"};
    const auto first = run(arguments);
    EXPECT_EQ(first.code, 0);
    EXPECT_EQ(first.out.count('\n'), 5);
    EXPECT_EQ(first.out, run(arguments).out);
}

TEST_F(GeneratePromptsTest, without_expand_the_signs_are_text) {
    const auto outcome = run({"{a|b", "--dry-run"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.out, "{a|b\n1 prompt\n");
}

TEST_F(GeneratePromptsTest, styles_are_named_one_after_the_other) {
    write("styles.csv", "name,prompt,negative_prompt\nfilm,\"photo of {prompt}\",drawing\n");
    write("styles/more.json", R"([{"name":"warm","prompt":"warm light"}])");
    const auto outcome =
        run({"a cat", "--style", "film", "--style", "warm", "--dry-run", "--json", "--seed", "1"});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    const auto line = nlohmann::json::parse(outcome.out.split('\n').first().toStdString());
    EXPECT_EQ(line["prompt"], "photo of a cat, warm light");
    EXPECT_EQ(line["negative_prompt"], "drawing");
}

TEST_F(GeneratePromptsTest, what_is_wrong_is_a_sentence_that_points_at_it) {
    const auto open = run({"a {b", "--expand", "random"});
    EXPECT_EQ(open.code, 2);
    EXPECT_TRUE(open.errors.contains("Character 5: expected \"}\"")) << open.errors.toStdString();
    const auto style = run({"a", "--style", "nobody"});
    EXPECT_EQ(style.code, 2);
    EXPECT_TRUE(style.errors.contains("\"nobody\""));
    const auto missing = run({"a", "--expand", "all", "--wildcards", "/nowhere"});
    EXPECT_NE(missing.code, 0);
    EXPECT_TRUE(missing.errors.contains("/nowhere"));
}

}  // namespace
