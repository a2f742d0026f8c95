#include "app/ui/panels/sampling_panel.h"

#include "app/ui/binding.h"
#include "app/ui/panels/rows.h"
#include "app/ui/panels/sigma_plot.h"
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
    : model_(model),
      facts_(facts),
      sampler_(new QComboBox),
      schedule_(new QComboBox),
      plot_(new SigmaPlot),
      type_(iconButton(QStringLiteral("edit"), tr("Type the noise levels"))),
      ownLevels_(new QLineEdit) {
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
    auto* levels = compact(new QHBoxLayout, theme::s1);
    levels->addWidget(plot_, 1);
    levels->addWidget(type_, 0, Qt::AlignTop);
    rows->addLayout(levels);
    rows->addWidget(ownLevels_);
    buildLevels();
    rows->addSpacing(2);
    rows->addWidget(row(tr("Steps"),
                        bind(slider(1, 150, tr("Steps, slider")), model, &Request::steps),
                        bind(spinBox(1, 1000, tr("Steps")), model, &Request::steps)));
    rows->addWidget(row(
        tr("CFG"), bind(slider(10, 200, tr("CFG, slider")), model, &Request::guidance_scale, 10),
        bind(doubleSpinBox(0, 100, 0.5, tr("CFG")), model, &Request::guidance_scale)));
    rows->addWidget(row(tr("Seed"), new SeedRow(model)));
    connect(&facts_, &EngineFacts::changed, this, &SamplingPanel::fillLists);
    connect(&model_, &RequestModel::changed, this, &SamplingPanel::refresh);
    fillLists();
    refresh();
}

void SamplingPanel::buildLevels() {
    ownLevels_->setFont(theme::font(theme::Step::mono));
    ownLevels_->setFixedHeight(28);
    ownLevels_->setAccessibleName(tr("Noise levels, falling, with commas"));
    ownLevels_->setPlaceholderText(QStringLiteral("14.6, 7.2, 3.1, 0"));
    ownLevels_->setToolTip(tr("Noise levels (sigmas) from high to low, separated by commas; they "
                              "take the place of schedule and steps"));
    connect(type_, &QToolButton::clicked, this, &SamplingPanel::typeLevels);
    connect(ownLevels_, &QLineEdit::editingFinished, this, [this] {
        if (isList(model_.request().schedule) && !ownLevels_->text().trimmed().isEmpty())
            model_.set(&Request::schedule, ownLevels_->text().trimmed().toStdString());
    });
}

void SamplingPanel::follow(const RequestFacts& answers) {
    const auto show = [this, &answers] {
        plot_->setSigmas(answers.sigmas());
        refresh();
    };
    connect(&answers, &RequestFacts::changed, this, show);
    show();
}

bool SamplingPanel::isList(const std::string& schedule) {
    return !schedule.empty() && (schedule[0] == '.' || (schedule[0] >= '0' && schedule[0] <= '9'));
}

/// Begins with the levels as they are.
void SamplingPanel::typeLevels() {
    if (!isList(model_.request().schedule)) {
        QStringList texts;
        for (const double sigma : plot_->sigmas()) texts << QString::number(sigma, 'g', 5);
        model_.set(&Request::schedule, texts.join(QStringLiteral(", ")).toStdString());
    }
    ownLevels_->setFocus(Qt::OtherFocusReason);
    ownLevels_->selectAll();
}

void SamplingPanel::refresh() {
    const auto& schedule = model_.request().schedule;
    ownLevels_->setVisible(isList(schedule));
    type_->setEnabled(!plot_->sigmas().empty() || isList(schedule));
    const QString text = QString::fromStdString(schedule);
    if (isList(schedule) && ownLevels_->text() != text) ownLevels_->setText(text);
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
