#pragma once

// The stage before the first picture: what to do, examples to start from, where else to begin, and
// what this computer will take for a picture.

#include "app/ui/actions.h"
#include "app/ui/workbench.h"

#include <QAbstractButton>
#include <QPixmap>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace ui {

/// A prompt to start from, with a picture that the shipped model made of it.
struct Example {
    const char* prompt;
    const char* picture;
};

const std::array<Example, 4>& examples();

/// An example as a card: picture, words, key.
class ExampleCard : public QAbstractButton {
    Q_OBJECT

public:
    ExampleCard(const Example& example, const QString& keys);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPixmap picture_;
    QString keys_;
};

/// Takes a picture file by drop, to read the settings that it was made with.
class DropCard : public QAbstractButton {
    Q_OBJECT

public:
    DropCard();
    QSize sizeHint() const override;

Q_SIGNALS:
    void dropped(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    bool isTarget_ = false;
};

class FirstRun : public QWidget {
    Q_OBJECT

public:
    FirstRun(Workbench& bench, const Actions& actions);

    /// What the computer has, and what that means for a picture.
    QString hardwareWords() const;

Q_SIGNALS:
    void dropped(const QString& path);
    void languageAsked();
    /// The list of the models that were found.
    void modelsAsked();

private:
    /// The examples and the place for a picture.
    QWidget* starts(const Actions& actions);
    QWidget* links();
    void showHardware();
    void showModels();

    Workbench& bench_;
    QLabel* hardware_;
    QLabel* meaning_;
    QPushButton* models_ = nullptr;
};

}  // namespace ui
