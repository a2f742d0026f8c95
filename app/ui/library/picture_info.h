#pragma once

// The right of the library: the current picture's marks, settings and what can be taken from it.

#include "app/ui/actions.h"
#include "app/ui/library/library_desk.h"
#include "app/ui/workbench.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

/// Flag, five stars, four labels; each is a button.
class MarkRow : public QWidget {
    Q_OBJECT

public:
    MarkRow();
    void show(const gallery::Marks& marks);

Q_SIGNALS:
    void changed(const gallery::MarkChange& change);

private:
    QToolButton* pick_;
    QToolButton* reject_;
    QList<QToolButton*> stars_;
    QList<QToolButton*> labels_;
    gallery::Marks marks_;
};

/// A painted thumbnail.
class InfoPicture : public QWidget {
    Q_OBJECT

public:
    InfoPicture();
    void show(const QImage& image);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage image_;
};

class PictureInfo : public QWidget {
    Q_OBJECT

public:
    PictureInfo(LibraryDesk& desk, const Actions& actions);

    /// The current picture, and how many are selected with it.
    void show(const std::optional<gallery::Picture>& picture, const gallery::Card& card,
              int selected);

    const std::optional<gallery::Picture>& picture() const { return picture_; }

    /// Of the current picture; empty while it is being read.
    const std::optional<gallery::Report>& report() const { return report_; }

Q_SIGNALS:
    void marked(const gallery::MarkChange& change);
    void reportAsked();

private:
    QWidget* buildContent(const Actions& actions);
    QWidget* buildRecall(const Actions& actions);
    void showFacts();
    void showReport();
    void useStored();
    void showThumbnail();

    LibraryDesk& desk_;
    InfoPicture* thumbnail_;
    QLabel* name_;
    MarkRow* marks_;
    QLabel* prompt_;
    QLabel* negative_;
    QFormLayout* facts_;
    QPushButton* reproduction_;
    QWidget* recall_;
    QWidget* content_;
    QLabel* empty_;
    std::optional<gallery::Picture> picture_;
    std::optional<gallery::Report> report_;
    bool isReported_ = false;
};

}  // namespace ui
