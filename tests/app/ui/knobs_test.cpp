// Every field of a request has its place in the window.

#include "app/ui/panels/field_words.h"
#include "app/ui/panels/knobs_panel.h"
#include "app/ui/panels/sampling_panel.h"
#include "app/ui/panels/sigma_plot.h"
#include "app/ui/panels/start_panel.h"
#include "diffusion/request_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QToolButton>

#include <gtest/gtest.h>

namespace {

using Request = diffusion::GenerationRequest;
using ui::Knobs;

template <typename Widget>
Widget* named(QWidget& parent, const QString& name) {
    for (auto* widget : parent.findChildren<Widget*>())
        if (widget->accessibleName() == name) return widget;
    return nullptr;
}

TEST(FieldWords, EveryFieldOfARequestHasAPlaceInThePanel) {
    // These have panels of their own; the templates are kept for the record.
    const QSet<QString> elsewhere{
        "prompt",          "negative_prompt", "model",         "vae",
        "width",           "height",          "steps",         "guidance_scale",
        "guidance_rescale", "seed",           "count",         "sampler",
        "schedule",        "clip_skip",       "initial_image", "mask",
        "denoise_strength", "compatibility",  "prompt_template", "negative_template"};
    QSet<QString> fields;
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto) {
        const auto name = QString::fromLatin1(info.name.data(), qsizetype(info.name.size()));
        fields << name;
        EXPECT_NE(ui::wordsOf(info.name) != nullptr, elsewhere.contains(name)) << qPrintable(name);
    });
    for (const auto& words : ui::fieldWords())
        EXPECT_TRUE(fields.contains(
            QString::fromLatin1(words.field.data(), qsizetype(words.field.size()))))
            << words.field;
}

TEST(KnobsPanel, ShowsAndWritesEveryKindOfField) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::KnobsPanel levels(Knobs::levels, model, facts);
    auto* rho = named<QDoubleSpinBox>(levels, "Rho");
    rho->setValue(5);
    EXPECT_EQ(model.request().rho, 5);
    EXPECT_EQ(rho->text(), QStringLiteral("5"));
    rho->setValue(0.25);
    EXPECT_EQ(rho->text(), QStringLiteral("0.25"));
    rho->setValue(5);
    named<QCheckBox>(levels, "Rounded to 16 bits")->setChecked(true);
    EXPECT_TRUE(model.request().downcast_alphas);
    auto* table = named<QComboBox>(levels, "Table");
    table->setCurrentIndex(1);
    EXPECT_EQ(model.request().noise_schedule, "Zero Terminal SNR");
    model.set(&Request::noise_schedule, std::string("Default"));
    EXPECT_EQ(table->currentIndex(), 0);
    EXPECT_EQ(levels.summary(), QStringLiteral("Rho 5 · Rounded to 16 bits on"));
}

TEST(KnobsPanel, ArrowsStepOverWhatLiesBetweenAutomaticAndTheRange) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::KnobsPanel sampler(Knobs::sampler, model, facts);
    auto* eta = named<QDoubleSpinBox>(sampler, "Eta");
    EXPECT_EQ(eta->text(), QStringLiteral("automatic"));
    eta->stepUp();
    EXPECT_EQ(model.request().eta, 0);
    eta->stepDown();
    EXPECT_EQ(model.request().eta, -1);
}

TEST(KnobsPanel, AnEmptySeedIsDrawn) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::KnobsPanel variation(Knobs::variation, model, facts);
    auto* seed = named<QLineEdit>(variation, "Seed");
    EXPECT_EQ(seed->text(), QString());
    model.set(&Request::variation_seed, std::int64_t(1) << 40);
    EXPECT_EQ(seed->text(), QStringLiteral("1099511627776"));
}

TEST(KnobsPanel, RowsThatMeanNothingWithTheSamplerAreNotShown) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::KnobsPanel sampler(Knobs::sampler, model, facts);
    facts.setReady({{"Euler", {}, {"s_churn", "s_noise"}}, {"UniPC", {}, {"unipc_order"}}},
                   {{"Automatic", {}, {}}});
    model.set(&Request::sampler, std::string("Euler"));
    EXPECT_FALSE(sampler.rowOf("s_churn")->isHidden());
    EXPECT_TRUE(sampler.rowOf("unipc_order")->isHidden());
    model.set(&Request::s_churn, 2.0);
    EXPECT_EQ(sampler.summary(), QStringLiteral("Churn 2"));
    model.set(&Request::sampler, std::string("UniPC"));
    EXPECT_TRUE(sampler.rowOf("s_churn")->isHidden());
    EXPECT_FALSE(sampler.rowOf("unipc_order")->isHidden());
    EXPECT_EQ(sampler.summary(), QString()) << "a value that means nothing is not told";
}

TEST(KnobsPanel, SdxlsFieldsAreForSdxlAlone) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::KnobsPanel sdxl(Knobs::sdxl, model, facts);
    EXPECT_FALSE(sdxl.hasRows());
    diffusion::ModelInfo info;
    info.family = "sdxl";
    facts.setModel(info);
    EXPECT_TRUE(sdxl.hasRows());
}

TEST(SigmaPlot, FallsFromTheTopLeftToTheBottomRight) {
    ui::SigmaPlot plot;
    plot.resize(200, 56);
    plot.setSigmas({14.6, 3.0, 0.5, 0.0});
    EXPECT_LT(plot.placeOf(0).y(), plot.placeOf(1).y());
    EXPECT_LT(plot.placeOf(1).y(), plot.placeOf(2).y());
    EXPECT_DOUBLE_EQ(plot.placeOf(3).y(), 56 - 8);
    EXPECT_DOUBLE_EQ(plot.placeOf(3).x(), 200 - 8);
    EXPECT_EQ(plot.accessibleDescription(), QStringLiteral("14.6, 3.00, 0.50, 0.00"));
}

TEST(SamplingPanel, LevelsCanBeTypedInPlaceOfASchedule) {
    ui::RequestModel model;
    ui::EngineFacts facts;
    ui::SamplingPanel panel(model, facts);
    EXPECT_TRUE(panel.ownLevels()->isHidden());
    panel.plot()->setSigmas({10, 2.5, 0});
    model.set(&Request::steps, 3);
    auto* type = named<QToolButton>(panel, "Type the noise levels");
    ASSERT_TRUE(type->isEnabled());
    type->click();
    EXPECT_EQ(model.request().schedule, "10, 2.5, 0");
    EXPECT_FALSE(panel.ownLevels()->isHidden());
    panel.ownLevels()->setText(QStringLiteral("9, 1, 0"));
    Q_EMIT panel.ownLevels()->editingFinished();
    EXPECT_EQ(model.request().schedule, "9, 1, 0");
    model.set(&Request::schedule, std::string("Karras"));
    EXPECT_TRUE(panel.ownLevels()->isHidden());
}

TEST(StartPanel, AMaskWithoutAPictureIsSaid) {
    ui::RequestModel model;
    ui::StartPanel panel(model);
    model.set(&Request::mask, std::string("/nowhere/mask.png"));
    bool isSaid = false;
    for (auto* label : panel.findChildren<QLabel*>())
        isSaid |= label->text() == QStringLiteral("A mask needs a start picture.");
    EXPECT_TRUE(isSaid);
    Request request;
    EXPECT_EQ(ui::StartPanel::summary(request), QString());
    request.initial_image = "/a/cat.png";
    EXPECT_EQ(ui::StartPanel::summary(request), QStringLiteral("cat.png · 0.75"));
}

}  // namespace
