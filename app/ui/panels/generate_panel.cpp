#include "app/ui/panels/generate_panel.h"

#include "app/ui/panels/advanced_panel.h"
#include "app/ui/panels/dialect_dialog.h"
#include "app/ui/panels/expansion_row.h"
#include "app/ui/panels/knobs_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/preset_menu.h"
#include "app/ui/panels/sampling_panel.h"
#include "app/ui/panels/size_panel.h"
#include "app/ui/panels/start_panel.h"
#include "app/ui/panels/style_picker.h"
#include "app/ui/pieces.h"
#include "app/ui/prompt_field.h"
#include "app/ui/section.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

constexpr std::pair<Knobs, const char*> knobSections[] = {
    {Knobs::variation, "variation"}, {Knobs::sampler, "sampler"}, {Knobs::levels, "levels"},
    {Knobs::guidance, "guidance"},   {Knobs::prompt, "prompt"},   {Knobs::sdxl, "sdxl"}};

/// Content of a section, indented as the dock is.
QWidget* padded(QWidget* content) {
    auto* frame = new QWidget;
    auto* rows = compact(new QVBoxLayout(frame), 0, theme::s3, theme::s1, theme::s3, theme::s3);
    rows->addWidget(content);
    return frame;
}

}  // namespace

GeneratePanel::GeneratePanel(Workbench& bench)
    : card_(new ModelCard(bench.request(), bench.facts())),
      styles_(new StylePicker(bench.request(), bench.prompts())),
      presets_(new PresetMenu(bench.request(),
                              bench.studio().places().data + QStringLiteral("/presets"))),
      prompt_(new PromptField({.title = tr("Prompt"),
                               .placeholder = tr("Describe a picture…"),
                               .field = &Request::prompt,
                               .number = 0,
                               .fewestLines = 5,
                               .mostLines = 12,
                               .hasMeter = true},
                              bench.request(), bench.tokens())),
      negative_(new PromptField({.title = tr("Negative prompt"),
                                 .placeholder = {},
                                 .field = &Request::negative_prompt,
                                 .number = 1},
                                bench.request(), bench.tokens())),
      expansion_(new ExpansionRow(bench.request(), bench.prompts())),
      sampling_(new SamplingPanel(bench.request(), bench.facts())) {
    theme::setGround(this, theme::Ground::panel);
    card_->setModels(bench.studio().models());
    connect(card_, &ModelCard::folderAdded, this,
            [&bench](const QString& folder) { bench.addModelFolder(folder); });
    prompt_->follow(bench.prompts());
    negative_->follow(bench.prompts());
    sampling_->follow(bench.answers());
    addSection(QStringLiteral("sampling"), tr("Sampling"), sampling_);
    addSection(QStringLiteral("start"), tr("Start picture"), new StartPanel(bench.request()));
    addSection(QStringLiteral("advanced"), tr("Advanced"),
               new AdvancedPanel(bench.request(), bench.studio().models()));
    addKnobs(bench);

    auto* content = new QWidget;
    theme::setGround(content, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(content), 0);
    rows->addWidget(firstBlock(bench));
    rows->addWidget(divider());
    for (const auto& [name, section] : sections_) rows->addWidget(section);
    rows->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    compact(new QVBoxLayout(this), 0)->addWidget(scroll);

    const auto refresh = [this, &bench] { summarize(bench.request().request()); };
    connect(&bench.request(), &RequestModel::changed, this, refresh);
    connect(&bench.facts(), &EngineFacts::changed, this, refresh);
    refresh();
}

void GeneratePanel::addSection(const QString& name, const QString& title, QWidget* content) {
    auto* section = new Section(title, padded(content), false);
    section->layout()->addWidget(divider());
    sections_ << std::pair{name, section};
}

void GeneratePanel::addKnobs(Workbench& bench) {
    for (const auto& [section, name] : knobSections) {
        auto* knobs = new KnobsPanel(section, bench.request(), bench.facts());
        addSection(QLatin1String(name), titleOf(section), knobs);
        knobs_ << std::pair{knobs, sections_.last().second};
    }
}

void GeneratePanel::summarize(const Request& request) {
    const QHash<QString, QString> summaries{
        {QStringLiteral("sampling"), SamplingPanel::summary(request)},
        {QStringLiteral("start"), StartPanel::summary(request)},
        {QStringLiteral("advanced"), AdvancedPanel::summary(request)}};
    for (const auto& [name, section] : sections_)
        if (summaries.contains(name)) section->setSummary(summaries.value(name));
    for (const auto& [knobs, section] : knobs_) {
        section->setSummary(knobs->summary());
        section->setVisible(knobs->hasRows());
    }
}

QWidget* GeneratePanel::firstBlock(Workbench& bench) {
    auto* block = new QWidget;
    auto* rows =
        compact(new QVBoxLayout(block), theme::s3, theme::s3, theme::s3, theme::s3, theme::s3);
    auto* top = compact(new QVBoxLayout, theme::s2);
    auto* choices = compact(new QHBoxLayout, theme::s1);
    choices->addWidget(styles_, 1);
    choices->addWidget(presets_);
    top->addWidget(card_);
    top->addLayout(choices);
    rows->addLayout(top);
    rows->addWidget(prompt_);
    rows->addWidget(negative_);
    rows->addWidget(expansion_);
    rows->addWidget(new SizePanel(bench.request(), bench.facts()));
    return block;
}

void GeneratePanel::convertPrompt() {
    auto* dialog = new DialectDialog(prompt_->edit()->toPlainText(), window());
    connect(dialog, &DialectDialog::taken, prompt_->edit(), &PromptEdit::replaceText);
    dialog->open();
}

}  // namespace ui
