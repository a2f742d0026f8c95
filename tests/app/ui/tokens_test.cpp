#include "app/ui/token_counter.h"

#include "app/ui/prompt_field.h"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace {

void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
}

/// A vocabulary of letters and one merge, as a diffusers folder has it.
void writeVocabulary(const QString& folder) {
    write(folder + "/vocab.json",
          R"({"a":0,"b":1,"a</w>":2,"b</w>":3,"ab</w>":4,"<|startoftext|>":5,"<|endoftext|>":6})");
    write(folder + "/merges.txt", "#version: 0.2\na b</w>\n");
    write(folder + "/tokenizer_config.json", R"({"model_max_length": 12})");
}

struct Count {
    int field = -1;
    int tokens = -2;
    int perChunk = 0;
};

TEST(TokenCounter, CountsWithTheModelsOwnVocabularyAndChunk) {
    QTemporaryDir folder;
    writeVocabulary(folder.path());
    ui::TokenCounter counter;
    Count last;
    QObject::connect(&counter, &ui::TokenCounter::counted,
                     [&](int field, int tokens, int perChunk) {
                         last = {field, tokens, perChunk};
                     });
    counter.setVocabulary({folder.path(), QString()});
    counter.count(1, QStringLiteral("ab ab b"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return last.field == 1; }));
    EXPECT_EQ(last.tokens, 3);
    EXPECT_EQ(last.perChunk, 10);
}

TEST(PromptField, ARecalledPromptIsCountedToo) {
    QTemporaryDir folder;
    writeVocabulary(folder.path());
    ui::TokenCounter counter;
    counter.setVocabulary({folder.path(), QString()});
    ui::RequestModel model;
    ui::PromptField field({.title = QStringLiteral("Prompt"),
                           .placeholder = {},
                           .field = &diffusion::GenerationRequest::prompt},
                          model, counter);
    ASSERT_TRUE(QTest::qWaitFor([&] { return field.count()->text() == QStringLiteral("0 / 10"); }));
    model.set(&diffusion::GenerationRequest::prompt, std::string("ab ab"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return field.count()->text() == QStringLiteral("2 / 10"); }));
}

TEST(PromptField, CountsAndColoursByTheChosenRules) {
    QTemporaryDir folder;
    writeVocabulary(folder.path());
    ui::TokenCounter counter;
    counter.setVocabulary({folder.path(), QString()});
    ui::RequestModel model;
    ui::PromptField field({.title = QStringLiteral("Prompt"),
                           .placeholder = {},
                           .field = &diffusion::GenerationRequest::prompt},
                          model, counter);
    const auto shows = [&](const char* text) {
        return QTest::qWaitFor([&] { return field.count()->text() == QLatin1String(text); });
    };
    model.set(&diffusion::GenerationRequest::prompt, std::string("a BREAK b b b b b b b b b b b (b"));
    EXPECT_TRUE(shows("22 / 30"));
    EXPECT_FALSE(field.edit()->faults().empty());
    model.set(&diffusion::GenerationRequest::compatibility, std::string("diffusers"));
    ASSERT_TRUE(shows("19 / 10"));
    EXPECT_TRUE(field.count()->toolTip().contains(QStringLiteral("the last 9 are cut off")))
        << field.count()->toolTip().toStdString();
    EXPECT_TRUE(field.edit()->faults().empty());
    model.set(&diffusion::GenerationRequest::emphasis, std::string("Original"));
    EXPECT_TRUE(shows("22 / 30"));
    EXPECT_FALSE(field.edit()->faults().empty());
}

TEST(TokenCounter, OnlyTheLatestTextIsCounted) {
    QTemporaryDir folder;
    writeVocabulary(folder.path());
    ui::TokenCounter counter;
    QList<int> counts;
    QObject::connect(&counter, &ui::TokenCounter::counted,
                     [&](int, int tokens, int) { counts << tokens; });
    counter.setVocabulary({folder.path(), QString()});
    for (int i = 0; i < 50; ++i) counter.count(0, QStringLiteral("a ").repeated(i));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !counts.isEmpty(); }));
    QTest::qWait(50);
    EXPECT_EQ(counts, QList<int>{49});
}

TEST(TokenCounter, WithoutAVocabularyThereIsNoCount) {
    ui::TokenCounter counter;
    int tokens = 0;
    QObject::connect(&counter, &ui::TokenCounter::counted,
                     [&](int, int count, int) { tokens = count; });
    counter.setVocabulary({QStringLiteral("/nowhere"), QStringLiteral("/nowhere")});
    counter.count(0, QStringLiteral("a"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return tokens != 0; }));
    EXPECT_EQ(tokens, -1);
}

}  // namespace
