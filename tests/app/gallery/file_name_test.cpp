#include "app/gallery/file_name.h"

#include <QTimeZone>

#include <gtest/gtest.h>
#include <random>

namespace gallery {
namespace {

NameFacts example() {
    NameFacts facts;
    facts.prompt = "masterpiece, a cat, (detailed:1.2)";
    facts.negativePrompt = "bad, [worse]";
    facts.seed = 11;
    facts.width = 16;
    facts.height = 8;
    facts.sampler = "DPM++ 2M";
    facts.schedule = "Karras";
    facts.modelName = "a/b model";
    facts.now = QDateTime(QDate(2024, 5, 17), QTime(9, 8, 7), QTimeZone("UTC"));
    facts.jobStart = facts.now;
    return facts;
}

QString filled(const QString& pattern) {
    return fillPattern(pattern, example());
}

TEST(FileName, tokens_become_what_they_stand_for) {
    EXPECT_EQ(filled("[seed]-[prompt_spaces]"), "11-masterpiece, a cat, (detailed_1.2)");
    EXPECT_EQ(filled("[prompt_words]"), "masterpiece a cat detailed 1 2");
    EXPECT_EQ(filled("[width]x[height] [steps] [cfg]"), "16x8 20 7.0");
    EXPECT_EQ(filled("[SEED] [sampler_scheduler] [model_name]"), "11 DPM++ 2M Karras a_b model");
    EXPECT_EQ(filled("[hasprompt<cat|none><dog|no dog>]"), "catno_dog");
    EXPECT_EQ(filled("[prompt_hash]/[negative_prompt_hash<6>]"), "9061e00e/a67b55");
}

TEST(FileName, times_take_a_format_and_a_zone) {
    EXPECT_EQ(filled("[date] [datetime] [datetime<%H-%M><Asia/Seoul>]"),
              "2024-05-17 20240517090807 18-08");
    EXPECT_EQ(filled("[datetime<%H><Nowhere/X>]"), "09");
}

TEST(FileName, what_is_no_token_stays) {
    for (const QString text : {"plain", "[unknown]", "[seed", "seed]", "[]", "[user]", ""})
        EXPECT_EQ(filled(text), text);
    EXPECT_EQ(filled("[[seed]]"), "[11]");
    EXPECT_EQ(filled("[prompt_hash<many>]"), "[prompt_hash]");
}

TEST(FileName, a_token_with_nothing_to_say_takes_the_text_before_it_along) {
    EXPECT_EQ(filled("x-[batch_number]-y"), "-y");
    EXPECT_EQ(filled("[seed]-[denoising]"), "11");
    auto facts = example();
    facts.batchSize = 3;
    facts.batchNumber = 2;
    facts.denoiseStrength = 0.5;
    EXPECT_EQ(fillPattern("x-[batch_number]of[batch_size]-[denoising]", facts), "x-2of3-0.5");
}

TEST(FileName, parts_are_cut_without_halving_a_character) {
    EXPECT_EQ(namePart("#<>:\"/\\|?*\n\r\t", false), "_____________");
    EXPECT_EQ(namePart(" a. .", false), "a");
    EXPECT_EQ(namePart(" a", true), "_a");
    const QString long_text = QString("🙂").repeated(200);
    EXPECT_EQ(namePart(long_text, false), QString("🙂").repeated(128));
}

TEST(FileName, a_prompt_makes_no_folders) {
    auto facts = example();
    facts.prompt = "../../etc/passwd";
    facts.modelName = "/root";
    EXPECT_FALSE(
        fillPattern("[prompt][prompt_spaces][prompt_words][model_name]", facts).contains('/'));
}

TEST(FileName, no_path_leaves_its_folder) {
    EXPECT_EQ(safePath("../../a"), "a");
    EXPECT_EQ(safePath("/abs//./x/../y. "), "abs/x/y");
    EXPECT_EQ(safePath("C:\\x|y"), "C__x_y");
    EXPECT_EQ(safePath("con/NUL.txt/com1"), "_con/_NUL.txt/_com1");
    EXPECT_EQ(safePath(QString::fromLatin1("a\0b\x1f", 4)), "a_b_");
    EXPECT_EQ(safePath(" . / .. "), "");
    EXPECT_EQ(safePath("1/2/3/4/5/6/7/8/9/10"), "1/2/3/4/5/6/7/10");
}

TEST(FileName, no_part_is_longer_than_a_file_system_takes) {
    const auto name = safePath(QString("가").repeated(300) + "/" + QString("b").repeated(300));
    for (const auto& part : name.split('/')) EXPECT_LE(part.toUtf8().size(), 200);
    EXPECT_TRUE(name.startsWith("가가"));
}

TEST(FileName, random_patterns_give_safe_paths) {
    std::mt19937 random(3);
    const QString letters = "[]<>/.|%~ seedpromt_datehashCON\\:\n가";
    for (int round = 0; round < 2000; ++round) {
        QString pattern;
        for (int i = 0; i < 40; ++i) pattern += letters[int(random() % unsigned(letters.size()))];
        for (const auto& part : safePath(fillPattern(pattern, example())).split('/')) {
            EXPECT_NE(part, "..");
            EXPECT_FALSE(part.contains('\\') || part.endsWith(' ')) << pattern.toStdString();
        }
    }
}

}  // namespace
}  // namespace gallery
