#include "app/ui/panels/generate_panel.h"

#include "app/ui/panels/advanced_panel.h"
#include "app/ui/panels/model_card.h"
#include "app/ui/panels/sampling_panel.h"
#include "app/ui/panels/size_panel.h"
#include "app/ui/pieces.h"
#include "app/ui/prompt_field.h"
#include "app/ui/section.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {
namespace {

using Request = diffusion::GenerationRequest;

/// Content of a section, indented as the dock is.
QWidget* padded(QWidget* content) {
    auto* frame = new QWidget;
    auto* rows = compact(new QVBoxLayout(frame), 0, theme::s3, theme::s1, theme::s3, theme::s3);
    rows->addWidget(content);
    return frame;
}

}  // namespace

GeneratePanel::GeneratePanel(RequestModel& model, const EngineFacts& facts, TokenCounter& counter)
    : card_(new ModelCard(model, facts)),
      prompt_(new PromptField({.title = tr("Prompt"),
                               .placeholder = tr("Describe a picture…"),
                               .field = &Request::prompt,
                               .number = 0,
                               .fewestLines = 5,
                               .mostLines = 12,
                               .hasMeter = true},
                              model, counter)),
      negative_(new PromptField({.title = tr("Negative prompt"),
                                 .placeholder = {},
                                 .field = &Request::negative_prompt,
                                 .number = 1},
                                model, counter)),
      sampling_(new Section(tr("Sampling"), padded(new SamplingPanel(model, facts)), false)),
      advanced_(new Section(tr("Advanced"), padded(new AdvancedPanel(model)), false)) {
    theme::setGround(this, theme::Ground::panel);
    auto* content = new QWidget;
    theme::setGround(content, theme::Ground::panel);
    auto* rows = compact(new QVBoxLayout(content), 0);
    rows->addWidget(firstBlock(model, facts));
    for (auto* section : {sampling_, advanced_}) {
        rows->addWidget(divider());
        rows->addWidget(section);
    }
    rows->addWidget(divider());
    rows->addStretch();

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    compact(new QVBoxLayout(this), 0)->addWidget(scroll);

    const auto summarize = [this, &model] {
        sampling_->setSummary(SamplingPanel::summary(model.request()));
        advanced_->setSummary(AdvancedPanel::summary(model.request()));
    };
    connect(&model, &RequestModel::changed, this, summarize);
    summarize();
}

QWidget* GeneratePanel::firstBlock(RequestModel& model, const EngineFacts& facts) {
    auto* block = new QWidget;
    auto* rows =
        compact(new QVBoxLayout(block), theme::s3, theme::s3, theme::s3, theme::s3, theme::s3);
    rows->addWidget(card_);
    rows->addWidget(prompt_);
    rows->addWidget(negative_);
    rows->addWidget(new SizePanel(model, facts));
    return block;
}

QList<std::pair<QString, Section*>> GeneratePanel::sections() const {
    return {{QStringLiteral("sampling"), sampling_}, {QStringLiteral("advanced"), advanced_}};
}

}  // namespace ui
