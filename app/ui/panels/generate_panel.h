#pragma once

// The left dock: everything that a picture is asked for with.

#include "app/ui/panels/field_words.h"
#include "app/ui/workbench.h"

#include <QWidget>

namespace ui {

class ExpansionRow;
class KnobsPanel;
class ModelCard;
class PresetMenu;
class PromptField;
class SamplingPanel;
class Section;
class StylePicker;

class GeneratePanel : public QWidget {
    Q_OBJECT

public:
    explicit GeneratePanel(Workbench& bench);

    PromptField* prompt() const { return prompt_; }

    PromptField* negative() const { return negative_; }

    ModelCard* modelCard() const { return card_; }

    StylePicker* styles() const { return styles_; }

    PresetMenu* presets() const { return presets_; }

    SamplingPanel* sampling() const { return sampling_; }

    ExpansionRow* expansion() const { return expansion_; }

    /// The sections whose state is remembered, by name.
    const QList<std::pair<QString, Section*>>& sections() const { return sections_; }

    /// Opens the dialog that writes the prompt for another program.
    void convertPrompt();

private:
    QWidget* firstBlock(Workbench& bench);
    void addSection(const QString& name, const QString& title, QWidget* content);
    void addKnobs(Workbench& bench);
    void summarize(const diffusion::GenerationRequest& request);

    ModelCard* card_;
    StylePicker* styles_;
    PresetMenu* presets_;
    PromptField* prompt_;
    PromptField* negative_;
    ExpansionRow* expansion_;
    SamplingPanel* sampling_;
    QList<std::pair<QString, Section*>> sections_;
    QList<std::pair<KnobsPanel*, Section*>> knobs_;
};

}  // namespace ui
