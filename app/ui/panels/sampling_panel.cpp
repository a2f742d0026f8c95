#include "app/ui/panels/sampling_panel.h"

#include "app/ui/binding.h"
#include "app/ui/panels/rows.h"
#include "app/ui/pieces.h"
#include "app/ui/theme/icons.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

/// Replaces the entries, keeps the chosen one, and says nothing of it.
void fill(QComboBox* box, const QList<diffusion::NamedChoice>& choices) {
    const QSignalBlocker quiet(box);
    const QString chosen = box->currentData().toString();
    box->clear();
    for (const auto& choice : choices) {
        const QString name = QString::fromStdString(choice.name);
        box->addItem(name, name);
    }
    if (box->findData(chosen) < 0) box->addItem(chosen, chosen);
    box->setCurrentIndex(box->findData(chosen));
}

}  // namespace

SeedRow::SeedRow(RequestModel& model)
    : model_(model),
      number_(new QLineEdit),
      dice_(iconButton(QStringLiteral("dice"), tr("Draw a new seed and keep it"))),
      lock_(iconButton(QStringLiteral("unlock"), tr("Keep the seed"))) {
    number_->setFont(theme::font(theme::Step::mono));
    number_->setFixedHeight(28);
    number_->setAccessibleName(tr("Seed"));
    number_->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("[0-9]{0,16}")), number_));
    lock_->setCheckable(true);
    auto* row = compact(new QHBoxLayout(this), theme::s1);
    row->addWidget(number_, 1);
    row->addSpacing(theme::s1);
    row->addWidget(dice_);
    row->addWidget(lock_);
    connect(number_, &QLineEdit::textEdited, this,
            [this](const QString& text) { setSeed(text.isEmpty() ? -1 : text.toLongLong()); });
    connect(dice_, &QToolButton::clicked, this, [this] { setSeed(drawSeed()); });
    connect(lock_, &QToolButton::clicked, this, [this](bool isLocked) {
        setSeed(!isLocked ? -1 : model_.lastSeed() >= 0 ? model_.lastSeed() : drawSeed());
    });
    connect(&model_, &RequestModel::changed, this, &SeedRow::refresh);
    refresh();
}

void SeedRow::setSeed(std::int64_t seed) {
    if (seed < 0 && model_.request().seed >= 0) model_.setLastSeed(model_.request().seed);
    model_.set(&Request::seed, seed);
}

void SeedRow::refresh() {
    const auto seed = model_.request().seed;
    const QString text = seed < 0 ? QString() : QString::number(seed);
    if (number_->text() != text) number_->setText(text);
    number_->setPlaceholderText(model_.lastSeed() < 0 ? tr("new each time")
                                                      : QString::number(model_.lastSeed()));
    lock_->setChecked(seed >= 0);
    const QString icon = seed >= 0 ? QStringLiteral("lock") : QStringLiteral("unlock");
    lock_->setIcon(theme::icon(icon));
    lock_->setProperty("atelierIcon", icon);
    lock_->setToolTip(seed >= 0 ? tr("The seed is kept; press for a new one each time")
                                : tr("Every picture gets a new seed; press to keep the last one"));
}

SamplingPanel::SamplingPanel(RequestModel& model, const EngineFacts& facts)
    : facts_(facts), sampler_(new QComboBox), schedule_(new QComboBox) {
    auto* lists = compact(new QGridLayout, theme::s1);
    lists->setHorizontalSpacing(theme::s2);
    int column = 0;
    for (auto [box, name] :
         {std::pair{sampler_, tr("Sampler")}, std::pair{schedule_, tr("Scheduler")}}) {
        auto* title = label(name, theme::Step::label, theme::Ink::secondary);
        title->setBuddy(box);
        box->setAccessibleName(name);
        box->setFixedHeight(28);
        box->setMinimumWidth(80);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        ignoreWheelWithoutFocus(box);
        lists->addWidget(title, 0, column);
        lists->addWidget(box, 1, column);
        lists->setColumnStretch(column++, 1);
    }
    bind(sampler_, model, &Request::sampler);
    bind(schedule_, model, &Request::schedule);

    auto* rows = compact(new QVBoxLayout(this), 6);
    rows->addLayout(lists);
    rows->addSpacing(2);
    rows->addWidget(row(tr("Steps"),
                        bind(slider(1, 150, tr("Steps, slider")), model, &Request::steps),
                        bind(spinBox(1, 1000, tr("Steps")), model, &Request::steps)));
    rows->addWidget(row(
        tr("CFG"), bind(slider(10, 200, tr("CFG, slider")), model, &Request::guidance_scale, 10),
        bind(doubleSpinBox(0, 100, 0.5, tr("CFG")), model, &Request::guidance_scale)));
    rows->addWidget(row(tr("Seed"), new SeedRow(model)));
    connect(&facts_, &EngineFacts::changed, this, &SamplingPanel::fillLists);
    fillLists();
}

QString SamplingPanel::summary(const Request& request) {
    return QStringLiteral("%1 · %2 · %3")
        .arg(QString::fromStdString(request.sampler))
        .arg(request.steps)
        .arg(request.guidance_scale, 0, 'f', 1);
}

void SamplingPanel::fillLists() {
    if (facts_.state() != EngineFacts::State::ready) return;
    fill(sampler_, facts_.samplers());
    fill(schedule_, facts_.schedules());
}

}  // namespace ui
