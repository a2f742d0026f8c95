#include "app/ui/training/plan_pane.h"

#include "app/codec/text.h"
#include "app/library/model_library.h"
#include "app/ui/panels/rows.h"
#include "app/ui/pieces.h"
#include "app/ui/section.h"
#include "app/ui/training/number_box.h"
#include "app/ui/training/plan_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <type_traits>

namespace ui {
namespace {

using diffusion::EmbeddingTraining;
using diffusion::LessonOptions;
using diffusion::LoraTraining;
using diffusion::TrainingStage;
using diffusion::TrainRequest;

constexpr int numberWidth = 88;
constexpr int wordsWidth = 120;  // of a number that may be words: "the model's"

/// The part of a plan that has these fields.
template <typename Owner>
Owner& partOf(TrainingPlan& plan) {
    if constexpr (std::is_same_v<Owner, TrainRequest>)
        return plan.request;
    else if constexpr (std::is_same_v<Owner, LoraTraining>)
        return plan.request.lora;
    else if constexpr (std::is_same_v<Owner, EmbeddingTraining>)
        return plan.request.embedding;
    else
        return plan.lessons();
}

}  // namespace

PlanPane::PlanPane(const library::ModelLibrary& models) : library_(models) {
    theme::setGround(this, theme::Ground::panel);
    auto* content = new QWidget;
    theme::setGround(content, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(content), 0);
    auto* basics = new QWidget;
    auto* block =
        compact(new QVBoxLayout(basics), theme::s2, theme::s3, theme::s3, theme::s3, theme::s3);
    addBasics(block);
    rows->addWidget(basics);
    rows->addWidget(divider());
    advanced_ = new Section(tr("Advanced"), buildAdvanced(), false);
    rows->addWidget(advanced_);
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    theme::setGround(scroll->viewport(), theme::Ground::panel);
    compact(new QVBoxLayout(this), 0)->addWidget(scroll);
    connect(&library_, &library::ModelLibrary::listChanged, this, &PlanPane::listModels);
    connect(&library_, &library::ModelLibrary::modelChanged, this, &PlanPane::listModels);
    listModels();
}

void PlanPane::show(const TrainingPlan& plan, Stage stage) {
    const bool isOtherModel = plan.lessons().model != plan_.lessons().model;
    plan_ = plan;
    stage_ = stage;
    if (isOtherModel)
        listModels();
    else
        refresh();
}

void PlanPane::refresh() {
    isShowing_ = true;
    for (const auto& each : refreshes_) each();
    isShowing_ = false;
}

void PlanPane::change(const std::function<void(TrainingPlan&)>& edit) {
    if (isShowing_) return;
    edit(plan_);
    refresh();
    Q_EMIT edited();
}

void PlanPane::follow(QWidget* row, Use use) {
    onShow([this, row, use] {
        row->setVisible(plan_.isLora() ? use.isOfLora : use.isOfEmbedding);
        row->setEnabled(stage_ == Stage::fresh || (stage_ == Stage::begun && !use.isFixed));
    });
}

template <typename Owner, typename Value>
void PlanPane::addNumber(QBoxLayout* rows, const QString& name, const QString& help,
                         Value Owner::*field, Use use) {
    const auto info = diffusion::training_field(field);
    const double low = info.automatic ? *info.automatic : info.range->low;
    const auto write = [this, field](auto value) {
        change([&](TrainingPlan& plan) { partOf<Owner>(plan).*field = static_cast<Value>(value); });
    };
    QAbstractSpinBox* box = nullptr;
    if constexpr (std::is_integral_v<Value>) {
        auto* whole = spinBox(int(low), int(std::min(info.range->high, 1e9)), name);
        whole->setKeyboardTracking(false);  // the value counts when it is complete
        connect(whole, &QSpinBox::valueChanged, this, [write, info](int value) {
            const bool isBelow = value < info.range->low && value != info.automatic;
            write(isBelow ? int(info.range->low) : value);
        });
        onShow([this, whole, field] { whole->setValue(int(partOf<Owner>(plan_).*field)); });
        box = whole;
    } else {
        auto* number = new NumberBox(low, info.range->high, name);
        connect(number, &QDoubleSpinBox::valueChanged, this, write);
        onShow([this, number, field] { number->setValue(partOf<Owner>(plan_).*field); });
        box = number;
    }
    if (info.automatic) box->setSpecialValueText(tr("the model's"));
    box->setFixedWidth(info.automatic ? wordsWidth : numberWidth);
    box->setToolTip(help);
    auto* line = namedRow(name, box);
    follow(line, use);
    rows->addWidget(line);
}

template <typename Owner>
void PlanPane::addSwitch(QBoxLayout* rows, const QString& name, const QString& help,
                         bool Owner::*field, Use use) {
    auto* box = new QCheckBox(name);
    box->setFont(theme::font(theme::Step::body));
    box->setToolTip(help);
    connect(box, &QCheckBox::toggled, this, [this, field](bool isOn) {
        change([&](TrainingPlan& plan) { partOf<Owner>(plan).*field = isOn; });
    });
    onShow([this, box, field] { box->setChecked(partOf<Owner>(plan_).*field); });
    follow(box, use);
    rows->addWidget(box);
}

template <typename Owner>
QLineEdit* PlanPane::addText(QBoxLayout* rows, const QString& name, const QString& help,
                             std::string Owner::*field, Use use) {
    auto* box = planText(name);
    box->setToolTip(help);
    connect(box, &QLineEdit::textEdited, this, [this, field](const QString& text) {
        change([&](TrainingPlan& plan) { partOf<Owner>(plan).*field = codec::toUtf8(text); });
    });
    onShow([this, box, field] {
        const auto text = codec::fromUtf8(partOf<Owner>(plan_).*field);
        if (box->text() != text) box->setText(text);
    });
    auto* line = namedRow(name, box);
    follow(line, use);
    rows->addWidget(line);
    return box;
}

void PlanPane::addKind(QBoxLayout* rows) {
    auto* box = planChoice(tr("Kind"));
    box->addItem(tr("LoRA"), int(TrainingStage::lora));
    box->addItem(tr("Embedding"), int(TrainingStage::embedding));
    box->setToolTip(
        tr("A LoRA learns a subject or a style; an embedding learns a word, in a much "
           "smaller file."));
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        change([&](TrainingPlan& plan) {
            changeStage(plan, TrainingStage(box->currentData().toInt()));
        });
    });
    onShow([this, box] { box->setCurrentIndex(plan_.isLora() ? 0 : 1); });
    auto* line = namedRow(tr("Kind"), box);
    follow(line, {.isFixed = true});
    rows->addWidget(line);
}

void PlanPane::addName(QBoxLayout* rows) {
    name_ = planText(tr("Name of the training"));
    name_->setPlaceholderText(tr("for example ink"));
    name_->setToolTip(tr("The name of the file, and the word that prompts call it by"));
    connect(name_, &QLineEdit::textEdited, this,
            [this](const QString& text) { change([&](TrainingPlan& plan) { plan.name = text; }); });
    onShow([this] {
        if (name_->text() != plan_.name) name_->setText(plan_.name);
    });
    auto* line = namedRow(tr("Name"), name_);
    follow(line, {.isFixed = true});
    rows->addWidget(line);
}

void PlanPane::addSchedule(QBoxLayout* rows) {
    auto* box = planChoice(tr("Learning rate over time"));
    box->addItem(tr("Constant"), QStringLiteral("constant"));
    box->addItem(tr("Falls as a cosine"), QStringLiteral("cosine"));
    connect(box, &QComboBox::currentIndexChanged, this, [this, box] {
        change([&](TrainingPlan& plan) {
            plan.lessons().schedule = codec::toUtf8(box->currentData().toString());
        });
    });
    onShow([this, box] {
        box->setCurrentIndex(box->findData(codec::fromUtf8(plan_.lessons().schedule)));
    });
    auto* line = namedRow(tr("Schedule"), box);
    follow(line, {});
    rows->addWidget(line);
}

void PlanPane::addBasics(QBoxLayout* rows) {
    addKind(rows);
    addName(rows);
    addModel(rows);
    addMemory(rows);
    addNumber(rows, tr("Steps"), tr("Where the training ends; 0: it goes on until it is stopped"),
              &TrainRequest::steps, {});
    addNumber(rows, tr("Learning rate"), tr("How far a step goes"), &LessonOptions::learning_rate,
              {});
    addNumber(rows, tr("Rank"), tr("How much a LoRA can hold; its file grows with it"),
              &LoraTraining::rank, {.isOfEmbedding = false, .isFixed = true});
    addNumber(rows, tr("Alpha"), tr("The strength of what is learnt is alpha divided by the rank"),
              &LoraTraining::alpha, {.isOfEmbedding = false, .isFixed = true});
    addNumber(rows, tr("Vectors"), tr("How many tokens the word takes in a prompt"),
              &EmbeddingTraining::vectors, {.isOfLora = false, .isFixed = true});
    addText(rows, tr("Begin as"), tr("Words whose meaning it begins with"),
            &EmbeddingTraining::initial_text, {.isOfLora = false, .isFixed = true});
}

QWidget* PlanPane::buildAdvanced() {
    auto* content = new QWidget;
    auto* rows =
        compact(new QVBoxLayout(content), theme::s2, theme::s3, theme::s1, theme::s3, theme::s4);
    addSchedule(rows);
    addNumber(rows, tr("Warm-up steps"), tr("Steps in which the learning rate rises"),
              &LessonOptions::warm_up_steps, {});
    addNumber(rows, tr("Min-SNR limit"),
              tr("Keeps easy noise levels from outweighing the others; 0: off"),
              &LessonOptions::snr_limit, {});
    addNumber(rows, tr("Noise offset"),
              tr("Noise of the whole picture's brightness, for very dark or bright ones"),
              &LessonOptions::noise_offset, {});
    addNumber(
        rows, tr("Running average"),
        tr("Writes the average that keeps this share in a step, like 0.99; 0: the last state"),
        &LessonOptions::ema_decay, {});
    addNumber(rows, tr("Pictures at once"), tr("More need more memory"), &LessonOptions::batch, {});
    addNumber(rows, tr("Batches in a step"), tr("Makes a step as if so many batches were one"),
              &LessonOptions::accumulation, {});
    addNumber(rows, tr("Size"), tr("Pictures are brought to about so many pixels squared"),
              &LessonOptions::extent, {.isFixed = true});
    addSwitch(rows, tr("The text encoder learns, too"), tr("Without it only the UNet learns"),
              &LoraTraining::has_text_encoder, {.isOfEmbedding = false, .isFixed = true});
    addSwitch(rows, tr("Convolutions learn, too"),
              tr("Residual blocks and resamplers, too: a larger file"),
              &LoraTraining::has_convolutions, {.isOfEmbedding = false, .isFixed = true});
    addSwitch(rows, tr("Gradient checkpointing"), tr("Less memory, about a third more time"),
              &LessonOptions::recomputes, {});
    addSeed(rows);
    addSamples(rows);
    addNumber(rows, tr("Steps between samples"), tr("0: none are made"),
              &TrainRequest::steps_per_sheet, {});
    addNumber(rows, tr("Steps between copies"),
              tr("Copies of the result that stay, to compare them; 0: none"),
              &TrainRequest::steps_per_copy, {});
    addNumber(rows, tr("Minutes between saves"), tr("What a sudden end can lose"),
              &TrainRequest::minutes_per_save, {});
    return content;
}

}  // namespace ui
