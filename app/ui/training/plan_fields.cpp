// Rows of the plan that hold texts: the model, the seed, the prompts of the samples.

#include "app/ui/training/plan_fields.h"

#include "app/codec/text.h"
#include "app/library/model_library.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/rows.h"
#include "app/ui/pieces.h"
#include "app/ui/training/plan_pane.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace ui {
namespace {

constexpr int controlWidth = 152;
constexpr int promptsHeight = 76;
constexpr auto largestSeed = quint64(std::numeric_limits<qint64>::max());

/// One prompt a line; lines without a letter are none.
std::vector<std::string> promptsIn(const QString& text) {
    std::vector<std::string> prompts;
    for (const auto& line : text.split(QLatin1Char('\n')))
        if (!line.trimmed().isEmpty()) prompts.push_back(codec::toUtf8(line.trimmed()));
    return prompts;
}

QString linesOf(const std::vector<std::string>& prompts) {
    QStringList lines;
    // A prompt of the command line may hold several lines; in the field it would be several prompts.
    for (const auto& prompt : prompts) lines << codec::fromUtf8(prompt).simplified();
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QComboBox* planChoice(const QString& name) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setFixedSize(controlWidth, 28);
    ignoreWheelWithoutFocus(box);
    return box;
}

QLineEdit* planText(const QString& name) {
    auto* field = new QLineEdit;
    field->setAccessibleName(name);
    field->setFixedSize(controlWidth, 28);
    return field;
}

void PlanPane::addModel(QBoxLayout* rows) {
    models_ = planChoice(tr("Model that learns"));
    models_->setToolTip(tr("What is learnt fits this model and others of its family."));
    connect(models_, &QComboBox::activated, this, [this] {
        change([&](TrainingPlan& plan) {
            plan.lessons().model = codec::toUtf8(models_->currentData().toString());
        });
    });
    onShow([this] {
        models_->setCurrentIndex(models_->findData(codec::fromUtf8(plan_.lessons().model)));
    });
    // A name and its family need room.
    models_->setMinimumWidth(controlWidth);
    models_->setMaximumWidth(QWIDGETSIZE_MAX);
    models_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* line = row(tr("Model"), models_);
    follow(line, {.isFixed = true});
    rows->addWidget(line);
}

void PlanPane::listModels() {
    isShowing_ = true;
    models_->clear();
    models_->addItem(tr("Atelier Stickers"), QString());
    for (const auto& model : library_.models()) {
        if (model.path.isEmpty() || model.state != library::ModelState::usable) continue;
        const auto family = familyName(model.info.family);
        models_->addItem(QStringLiteral("%1 · %2").arg(model.name, family), model.path);
        models_->setItemData(models_->count() - 1, model.path, Qt::ToolTipRole);
    }
    const auto chosen = codec::fromUtf8(plan_.lessons().model);
    if (models_->findData(chosen) < 0) models_->addItem(library::nameOf(chosen), chosen);
    refresh();
    Q_EMIT modelsListed();
}

void PlanPane::addMemory(QBoxLayout* rows) {
    memory_ = label(QString(), theme::Step::small, theme::Ink::note);
    memory_->setWordWrap(true);
    memory_->setToolTip(
        tr("Weights, what learns, and what a step keeps for the gradients. The size, pictures at "
           "once and gradient checkpointing change it."));
    rows->addWidget(memory_);
}

void PlanPane::setMemory(const QString& words) {
    memory_->setText(words);
    memory_->setVisible(!words.isEmpty());
}

QString PlanPane::memoryWords() const {
    return memory_->text();
}

const diffusion::ModelInfo* PlanPane::model() const {
    const auto* model = library_.find(codec::fromUtf8(plan_.lessons().model));
    return model && model->state == library::ModelState::usable ? &model->info : nullptr;
}

void PlanPane::addSeed(QBoxLayout* rows) {
    auto* box = planText(tr("Seed of the training"));
    box->setFont(theme::font(theme::Step::mono));
    box->setMaxLength(19);
    box->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{0,19}")), box));
    box->setToolTip(
        tr("Of order, noise and first weights; with the same one a training on a CPU gives the "
           "same file again"));
    connect(box, &QLineEdit::textEdited, this, [this](const QString& text) {
        bool isNumber = false;
        const auto seed = text.toULongLong(&isNumber);
        if (!isNumber) return;
        change([&](TrainingPlan& plan) { plan.lessons().seed = std::min<quint64>(seed, largestSeed); });
    });
    const auto show = [this, box] { box->setText(QString::number(plan_.lessons().seed)); };
    // An empty field becomes what counts when it is left.
    connect(box, &QLineEdit::editingFinished, this, show);
    onShow([this, box, show] {
        if (!box->hasFocus() || box->text().toULongLong() != plan_.lessons().seed) show();
    });
    auto* line = namedRow(tr("Seed"), box);
    follow(line, {.isFixed = true});
    rows->addWidget(line);
}

void PlanPane::addSamples(QBoxLayout* rows) {
    auto* box = new QPlainTextEdit;
    box->setAccessibleName(tr("Prompts of the samples"));
    box->setPlaceholderText(tr("one per line; empty: the first captions"));
    box->setToolTip(tr("Each is drawn whenever samples are made, always from the same noise"));
    box->setTabChangesFocus(true);
    box->setFixedHeight(promptsHeight);
    connect(box, &QPlainTextEdit::textChanged, this, [this, box] {
        change([&](TrainingPlan& plan) {
            plan.lessons().sample_prompts = promptsIn(box->toPlainText());
        });
    });
    onShow([this, box] {
        const auto& prompts = plan_.lessons().sample_prompts;
        if (promptsIn(box->toPlainText()) != prompts) box->setPlainText(linesOf(prompts));
    });
    auto* block = new QWidget;
    auto* lines = compact(new QVBoxLayout(block), theme::s1);
    auto* title = label(tr("Sample prompts"), theme::Step::body, theme::Ink::secondary);
    title->setBuddy(box);
    lines->addWidget(title);
    lines->addWidget(box);
    follow(block, {});
    rows->addWidget(block);
}

}  // namespace ui
