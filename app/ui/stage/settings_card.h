#pragma once

// What a picture was made with, over the picture: all its settings, or with two pictures what differs
// between them, words and values.

#include "diffusion/request.h"

#include <QFrame>

#include <optional>

class QLabel;
class QTextEdit;

namespace ui {

class SettingsCard : public QFrame {
    Q_OBJECT

public:
    SettingsCard();

    /// before: the picture that it is compared with.
    void show(const diffusion::GenerationRequest& request,
              const std::optional<diffusion::GenerationRequest>& before);

    /// What it says, as text.
    QString text() const;

    QSize sizeHint() const override;
    /// What its words need at this width.
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void fillRows();
    void fillDifferences();

    QLabel* title_;
    QTextEdit* words_;
    diffusion::GenerationRequest request_;
    std::optional<diffusion::GenerationRequest> before_;
};

}  // namespace ui
