#include "app/ui/panels/expansion_row.h"

#include "app/ui/panels/expansion_preview.h"
#include "app/ui/pieces.h"
#include "app/ui/sentences.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>

namespace ui {
namespace {

using prompts::Expand;

constexpr int countDelay = 120;  // milliseconds after the last key

}  // namespace

ExpansionRow::ExpansionRow(RequestModel& model, PromptDesk& desk)
    : model_(model),
      desk_(desk),
      count_(label(QString(), theme::Step::small, theme::Ink::secondary)),
      note_(label(QString(), theme::Step::small, theme::Ink::caution)),
      mode_(new QComboBox),
      preview_(pushButton(tr("Preview…"), {}, theme::Kind::quiet)) {
    mode_->setAccessibleName(tr("What becomes of the template"));
    mode_->setFixedHeight(28);
    mode_->addItem(tr("One at random"), int(Expand::random));
    mode_->addItem(tr("Every one"), int(Expand::all));
    mode_->addItem(tr("Take it as text"), int(Expand::none));
    ignoreWheelWithoutFocus(mode_);
    note_->setWordWrap(true);
    auto* rows = compact(new QVBoxLayout(this), theme::s1);
    auto* line = compact(new QHBoxLayout, theme::s2);
    line->addWidget(count_);
    line->addStretch();
    line->addWidget(mode_);
    line->addWidget(preview_);
    rows->addLayout(line);
    rows->addWidget(note_);
    soon_.setSingleShot(true);
    soon_.setInterval(countDelay);
    connect(mode_, &QComboBox::currentIndexChanged, this,
            [this] { desk_.setExpand(Expand(mode_->currentData().toInt())); });
    connect(preview_, &QPushButton::clicked, this, &ExpansionRow::openPreview);
    connect(&model_, &RequestModel::changed, this, &ExpansionRow::refresh);
    connect(&desk_, &PromptDesk::changed, this, [this] {
        counted_ = {};
        refresh();
    });
    connect(&soon_, &QTimer::timeout, this, [this] {
        auto request = model_.request();
        request.seed = 0;
        desk_.preview(request, Expand::all, [this](const Expanded& made) { show(made); });
    });
    refresh();
}

void ExpansionRow::refresh() {
    const auto& request = model_.request();
    const bool hasTemplate = prompts::hasTemplate(request);
    setVisible(hasTemplate);
    const QSignalBlocker quiet(mode_);
    mode_->setCurrentIndex(mode_->findData(int(desk_.expand())));
    const bool isSame = request.prompt == counted_.prompt &&
                        request.negative_prompt == counted_.negative_prompt;
    countJobs();
    if (!hasTemplate || isSame) return;
    counted_ = request;
    soon_.start();
}

void ExpansionRow::show(const Expanded& expanded) {
    const int count = int(expanded.expansion.requests.size());
    prompts_ = expanded.refusal.isEmpty() ? count : 1;
    countJobs();
    preview_->setEnabled(expanded.refusal.isEmpty());
    preview_->setToolTip(inWindowLanguage(expanded.refusal));
    if (!expanded.refusal.isEmpty()) {
        count_->setText(tr("Not readable"));
        note_->setText(inWindowLanguage(expanded.refusal));
        theme::setInk(note_, theme::Ink::danger);
        note_->setVisible(desk_.expand() != Expand::none);
        return;
    }
    count_->setText(expanded.expansion.isComplete ? tr("%n prompt(s)", nullptr, count)
                                                  : tr("more than %n prompts", nullptr, count));
    const auto& missing = expanded.expansion.missing;
    theme::setInk(note_, theme::Ink::caution);
    note_->setVisible(!missing.isEmpty());
    note_->setText(tr("No list named %1 in %2; it stays as text")
                       .arg(missing.join(QStringLiteral(", ")),
                            desk_.shelf().places().data + QStringLiteral("/wildcards")));
}

void ExpansionRow::countJobs() {
    const auto& request = model_.request();
    int jobs = 1;
    if (prompts::hasTemplate(request) && desk_.expand() == Expand::all) jobs = prompts_;
    // Each picture draws its own prompt, so each is a job.
    if (prompts::hasTemplate(request) && desk_.expand() == Expand::random) jobs = request.count;
    if (jobs == jobs_) return;
    jobs_ = jobs;
    Q_EMIT jobsChanged(jobs_);
}

void ExpansionRow::openPreview() {
    auto* dialog = new ExpansionPreview(desk_.expand(), window());
    connect(dialog, &ExpansionPreview::wanted, this, [this, dialog](Expand mode) {
        auto request = model_.request();
        if (request.seed < 0) request.seed = drawSeed();
        desk_.preview(request, mode, [dialog = QPointer(dialog)](const Expanded& made) {
            if (dialog) dialog->show(made);
        });
    });
    dialog->begin();
    dialog->open();
}

}  // namespace ui
