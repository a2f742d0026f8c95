#pragma once

// The left dock: everything that a picture is asked for with.

#include "app/ui/engine_facts.h"
#include "app/ui/request_model.h"
#include "app/ui/token_counter.h"

#include <QWidget>

namespace ui {

class ModelCard;
class PromptField;
class Section;

class GeneratePanel : public QWidget {
    Q_OBJECT

public:
    GeneratePanel(RequestModel& model, const EngineFacts& facts, TokenCounter& counter);

    PromptField* prompt() const { return prompt_; }

    ModelCard* modelCard() const { return card_; }

    /// The sections whose state is remembered, by name.
    QList<std::pair<QString, Section*>> sections() const;

private:
    QWidget* firstBlock(RequestModel& model, const EngineFacts& facts);

    ModelCard* card_;
    PromptField* prompt_;
    PromptField* negative_;
    Section* sampling_;
    Section* advanced_;
};

}  // namespace ui
