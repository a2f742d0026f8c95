// What the engine and the services say, in the language of the window.

#include "app/codec/request_check.h"
#include "app/prompts/expansion.h"
#include "app/ui/plan_words.h"
#include "app/ui/sentence_shapes.h"
#include "app/ui/sentences.h"
#include "diffusion/request_fields.h"
#include "tests/app/ui/spoken_errors.h"

#include <QCoreApplication>
#include <QTranslator>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>

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

/// Sources whose errors no window shows.
bool isBeyondTheWindow(const QString& file) {
    static const QStringList files{
        // Whole models are trained and models are converted by the command line only.
        "diffusion/training/autoencoder_trainer.cpp", "diffusion/training/export_model.cpp",
        "diffusion/training/pack.cpp", "diffusion/training/pack_folder.cpp", "diffusion/training/pictures.cpp",
        "diffusion/training/prompt_ids.cpp", "diffusion/training/sample_sheet.cpp", "diffusion/training/train.cpp",
        "diffusion/training/trainee.cpp", "diffusion/training/training_config.cpp", "diffusion/training/run_stage.cpp",
        "diffusion/checkpoint/convert_model.cpp", "diffusion/checkpoint/convert_folder.cpp",
        "diffusion/checkpoint/single_file_names.cpp", "diffusion/checkpoint/tensor_spec.cpp",
        "diffusion/checkpoint/write_config.cpp", "diffusion/checkpoint/write_gguf.cpp",
        "clip/bpe_trainer.cpp"};
    return files.contains(file);
}

/// What a function of the file puts into a sentence of its own; the test below has the whole ones.
bool isPart(const QString& sentence) {
    static const QStringList parts{"X: a refiner",   "X: an EDM model", "X: a model that reads a mask or a picture beside the noise",
                                   "X: UNet",        "The picture X X", "X: is not there.",
                                   "X: can't be read: X.", "X: is XxX: at most X pixels a side are read."};
    return parts.contains(sentence);
}

TEST_F(Sentences, WhatIsPutTogetherIsKoreanThroughout) {
    const QString untaught = QStringLiteral(
        "model: a.safetensors is %1, which LoRAs and embeddings are not trained for here; choose a base model of SD 1, "
        "SD 2 or SDXL, or the one that ships.");
    QStringList sentences{"The picture a.png is not there.", "The picture a.png can't be read: 42.",
                          "The picture a.png is 9x9: at most 8 pixels a side are read.",
                          "a.ckpt: expected a whole model, but found no text encoder in it; choose a checkpoint that "
                          "holds UNet, text encoder and VAE."};
    for (const char* kind : {"a refiner", "an EDM model", "a model that reads a mask or a picture beside the noise"})
        sentences << untaught.arg(QLatin1String(kind));
    for (const auto& sentence : sentences) {
        const QString said = ui::inWindowLanguage(sentence);
        EXPECT_TRUE(isKorean(said)) << qPrintable(sentence);
        for (const char* english : {" is ", "refiner", "a model", "text encoder in", "can't"})
            EXPECT_FALSE(said.contains(QLatin1String(english))) << qPrintable(said);
    }
}

TEST_F(Sentences, EveryErrorOfTheSourcesThatTheWindowCanShowHasItsKorean) {
    QList<test_support::SpokenError> all;
    for (const char* folder : {"diffusion", "clip", "unet", "vae", "app/codec", "app/gallery", "app/jobs", "app/library",
                               "app/prompts", "app/settings", "app/storage", "app/studio"})
        all << test_support::spokenErrors(QLatin1String(folder));
    int known = 0;
    for (const auto& [file, sentence] : all) {
        if (isBeyondTheWindow(file) || isPart(sentence)) continue;
        const QString said = ui::inWindowLanguage(sentence);
        EXPECT_TRUE(isKorean(said)) << qPrintable(file + QStringLiteral(": ") + sentence)
                                    << "\nhas no template in sentence_shapes.cpp or file_sentences.cpp, or no Korean.";
        ++known;
    }
    EXPECT_GT(known, 200) << "the sources are not read as they are written";
}

TEST_F(Sentences, EveryTemplateHasItsKorean) {
    auto templates = ui::sentenceShapes();
    for (const char* phrase : ui::phraseShapes()) templates << phrase;
    for (const char* source : templates) {
        const QString english = QString::fromUtf8(source);
        const QString words = QCoreApplication::translate("sentences", source);
        EXPECT_NE(words, english);
        for (int i = 1; i <= 9; ++i) {
            const QString place = QStringLiteral("%") + QString::number(i);
            EXPECT_EQ(english.contains(place), words.contains(place)) << source;
        }
    }
}

TEST_F(Sentences, NoTemplateIsHiddenBehindAMoreGeneralOne) {
    for (const char* source : ui::sentenceShapes()) {
        QString sentence = QString::fromUtf8(source);
        QString expected = QCoreApplication::translate("sentences", source);
        for (int i = 1; i <= 9; ++i) {
            const QString place = QStringLiteral("%") + QString::number(i);
            const QString argument = QStringLiteral("<%1>").arg(i);
            sentence.replace(place, argument);
            expected.replace(place, argument);
        }
        EXPECT_EQ(ui::inWindowLanguage(sentence), expected);
    }
}

TEST_F(Sentences, EveryRefusedFieldIsSaidInKorean) {
    int checked = 0;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        using Value = std::remove_cvref_t<decltype(std::declval<diffusion::GenerationRequest>().*member)>;
        diffusion::GenerationRequest request;
        if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
            if (!info.range) return;
            request.*member = static_cast<Value>(info.range->high + std::max(1.0, info.range->high));
        } else if constexpr (std::is_same_v<Value, std::string>) {
            request.*member = info.choices.empty() ? std::string("a\0b", 3) : std::string("loud");
        } else {
            return;
        }
        const auto fault = codec::findFault(request);
        ASSERT_TRUE(fault) << info.name;
        const QString said = ui::inWindowLanguage(QString::fromUtf8(fault->what()));
        EXPECT_TRUE(isKorean(said)) << fault->what();
        EXPECT_FALSE(said.contains(QStringLiteral("expected"))) << qPrintable(said);
        ++checked;
    });
    EXPECT_GT(checked, 40);
}

TEST_F(Sentences, WordsInQuotesStayAsSomebodyWroteThem) {
    const QString said = ui::inWindowLanguage(
        QStringLiteral("schedule: expected at least two sigmas, found \"wrote a prompt.\""));
    EXPECT_TRUE(isKorean(said));
    EXPECT_TRUE(said.contains(QStringLiteral("\"wrote a prompt.\""))) << qPrintable(said);
}

TEST_F(Sentences, ASentenceThatPassesAnotherOnIsKoreanThroughout) {
    const QString said = ui::inWindowLanguage(
        QStringLiteral("Previews are rough: taesd.safetensors: is JSON text, not a model"));
    EXPECT_TRUE(isKorean(said));
    EXPECT_FALSE(said.contains(QStringLiteral("not a model"))) << qPrintable(said);
}

TEST_F(Sentences, WhatStaysOfATrainingIsSaidInKorean) {
    const QString said = ui::inWindowLanguage(QStringLiteral(
        "/lora/ink.safetensors: can't be written: No space left on device. Make room there, or choose "
        "another folder. All up to step 60 is kept in /ink/lora-state.safetensors: start again with the "
        "same work folder to go on from there."));
    for (const char* part : {"/lora/ink.safetensors", "60", "/ink/lora-state.safetensors"})
        EXPECT_TRUE(said.contains(QString::fromUtf8(part))) << qPrintable(said);
    for (const char* part : {"space", "room", "kept", "again"})
        EXPECT_FALSE(said.contains(QString::fromUtf8(part))) << qPrintable(said);
}

TEST(SpokenErrors, AreReadAsTheSourcesWriteThem) {
    QStringList sentences;
    for (const auto& each : test_support::spokenErrors(QStringLiteral("diffusion/checkpoint"))) sentences << each.sentence;
    EXPECT_TRUE(sentences.contains(QStringLiteral("X: is JSON text, not a model")));
    EXPECT_TRUE(sentences.contains(QStringLiteral("X: has the GGUF version X; expected 2 or 3")));
    EXPECT_TRUE(sentences.contains(QStringLiteral("X: has the tensor \"X\" twice")));
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
