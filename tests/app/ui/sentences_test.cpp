// What the engine and the services say, in the language of the window.

#include "app/codec/request_check.h"
#include "app/prompts/expansion.h"
#include "app/ui/plan_words.h"
#include "app/ui/sentences.h"

#include <QCoreApplication>
#include <QTranslator>

#include <gtest/gtest.h>

namespace {

class Sentences : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(korean_.load(QStringLiteral(":/translations/atelier_ko.qm")));
        QCoreApplication::installTranslator(&korean_);
    }

    void TearDown() override { QCoreApplication::removeTranslator(&korean_); }

    static bool isKorean(const QString& text) {
        for (const QChar c : text)
            if (c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3) return true;
        return false;
    }

    QTranslator korean_;
};

QString expansionTrouble(const char* prompt) {
    diffusion::GenerationRequest request;
    request.prompt = prompt;
    request.seed = 1;
    try {
        prompts::expand(request, {}, prompts::Expand::all, 100);
    } catch (const diffusion::Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

TEST_F(Sentences, ARefusedNumberIsSaidInKorean) {
    diffusion::GenerationRequest request;
    request.prompt = "x";
    request.width = 100000;
    const auto fault = codec::findFault(request);
    ASSERT_TRUE(fault);
    const QString said = ui::inWindowLanguage(QString::fromUtf8(fault->what()));
    EXPECT_TRUE(isKorean(said)) << qPrintable(said);
    EXPECT_TRUE(said.contains(QStringLiteral("100000")));
    EXPECT_FALSE(said.contains(QStringLiteral("expected")));
}

TEST_F(Sentences, TroubleWithATemplateIsSaidInKorean) {
    for (const char* prompt : {"a {red|green", "${x}", "{1$$", "a {2-$$ x|y"}) {
        const QString trouble = expansionTrouble(prompt);
        if (trouble.isEmpty()) continue;  // readable after all
        const QString said = ui::inWindowLanguage(trouble);
        EXPECT_TRUE(isKorean(said)) << qPrintable(trouble);
        EXPECT_FALSE(said.contains(QStringLiteral("expected"))) << qPrintable(said);
    }
    EXPECT_FALSE(expansionTrouble("a {red|green").isEmpty());
}

TEST_F(Sentences, ArgumentsThatLookLikePlacesStayAsTheyAre) {
    const QString said = ui::inWindowLanguage(
        QStringLiteral("/models/%2 100%.safetensors: can't be opened: no such file."));
    EXPECT_TRUE(said.contains(QStringLiteral("/models/%2 100%.safetensors")));
    EXPECT_TRUE(isKorean(said));
}

TEST_F(Sentences, WhatNobodyKnowsIsShownAsItIs) {
    const QString unknown = QStringLiteral("Something else entirely happened");
    EXPECT_EQ(ui::inWindowLanguage(unknown), unknown);
}

TEST_F(Sentences, APlanThatDoesNotFitSaysInKoreanWhatWould) {
    diffusion::Plan plan;
    plan.obstacle = "Memory: 1024x1024 takes at least 900 MiB, and the limit is 800 MiB.";
    plan.fitting_width = 512;
    plan.fitting_height = 768;
    EXPECT_TRUE(ui::cureWords(plan).contains(QStringLiteral("512 × 768")));
    EXPECT_TRUE(isKorean(ui::cureWords(plan)));
    plan.fitting_width = plan.fitting_height = 0;
    plan.least_bytes = 2'000'000'000;
    EXPECT_TRUE(ui::cureWords(plan).contains(QStringLiteral("2.0 GB")));
    EXPECT_TRUE(isKorean(ui::cureWords(plan)));
}

TEST(SentencesInEnglish, StayAsTheyWereWritten) {
    const QString sentence = QStringLiteral("width: expected a number from 8 to 9, found 7.");
    EXPECT_EQ(ui::inWindowLanguage(sentence), sentence);
}

}  // namespace
