#pragma once

// What is trained and how: controls of a plan, with the ranges of the trainer's own table.

#include "app/ui/training/training_plan.h"

#include <QWidget>

#include <functional>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;

namespace diffusion {
struct ModelInfo;
}

namespace library {
class ModelLibrary;
}

namespace ui {

class Section;

class PlanPane : public QWidget {
    Q_OBJECT

public:
    explicit PlanPane(const library::ModelLibrary& models);

    /// What has begun keeps what its weights are made of; while it runs nothing can be changed.
    enum class Stage { fresh, begun, running };

    void show(const TrainingPlan& plan, Stage stage);
    using QWidget::show;

    const TrainingPlan& plan() const { return plan_; }

    QLineEdit* name() const { return name_; }

    Section* advanced() const { return advanced_; }

    /// What the library knows of the plan's model; null: nothing yet.
    const diffusion::ModelInfo* model() const;

    /// Says below the model what memory the training takes.
    void setMemory(const QString& words);

    QString memoryWords() const;

Q_SIGNALS:
    void edited();
    /// Something else is known of the models.
    void modelsListed();

private:
    /// For what kind of training a row is, and until when it can be changed.
    struct Use {
        bool isOfLora = true;
        bool isOfEmbedding = true;
        bool isFixed = false;  ///< once the training has begun
    };

    template <typename Owner, typename Value>
    void addNumber(QBoxLayout* rows, const QString& name, const QString& help, Value Owner::*field,
                   Use use);
    template <typename Owner>
    void addSwitch(QBoxLayout* rows, const QString& name, const QString& help, bool Owner::*field,
                   Use use);
    template <typename Owner>
    QLineEdit* addText(QBoxLayout* rows, const QString& name, const QString& help,
                       std::string Owner::*field, Use use);
    void addKind(QBoxLayout* rows);
    void addName(QBoxLayout* rows);
    void addModel(QBoxLayout* rows);
    void addSchedule(QBoxLayout* rows);
    void addMemory(QBoxLayout* rows);
    void addSeed(QBoxLayout* rows);
    void addSamples(QBoxLayout* rows);
    void addBasics(QBoxLayout* rows);
    QWidget* buildAdvanced();
    void listModels();
    /// row follows the plan: it is seen and can be used as use says.
    void follow(QWidget* row, Use use);

    void onShow(std::function<void()> refresh) { refreshes_ << std::move(refresh); }

    /// A control was changed by hand.
    void change(const std::function<void(TrainingPlan&)>& edit);
    void refresh();

    const library::ModelLibrary& library_;
    TrainingPlan plan_ = newTrainingPlan();
    Stage stage_ = Stage::fresh;
    bool isShowing_ = false;
    QList<std::function<void()>> refreshes_;
    QLineEdit* name_ = nullptr;
    QComboBox* models_ = nullptr;
    QLabel* memory_ = nullptr;
    Section* advanced_ = nullptr;
};

}  // namespace ui
