#pragma once

// Below a prompt with {a|b} or __words__ in it: how many prompts it stands for, what one press of
// Generate makes of it, and a look at them before.

#include "app/ui/prompt_desk.h"
#include "app/ui/request_model.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

class ExpansionRow : public QWidget {
    Q_OBJECT

public:
    ExpansionRow(RequestModel& model, PromptDesk& desk);

    QLabel* count() const { return count_; }

    /// Shows all prompts, up to a limit, with their number.
    void openPreview();

    /// How many jobs one press of Generate makes.
    int jobs() const { return jobs_; }

Q_SIGNALS:
    void jobsChanged(int jobs);

private:
    void refresh();
    void show(const Expanded& expanded);
    void countJobs();

    RequestModel& model_;
    PromptDesk& desk_;
    QLabel* count_;
    QLabel* note_;
    QComboBox* mode_;
    QPushButton* preview_;
    QTimer soon_;
    diffusion::GenerationRequest counted_;
    int prompts_ = 1;  ///< that the template stands for
    int jobs_ = 1;
};

}  // namespace ui
