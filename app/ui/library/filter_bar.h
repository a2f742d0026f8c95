#pragma once

// Above the library's pictures: words to look for, a chip for each condition, how the pictures are
// shown; below it how many there are, in which order, and how large.

#include "app/ui/actions.h"
#include "app/ui/library/library_desk.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QSlider;
class QToolButton;

namespace ui {

enum class LibraryMode { grid, loupe, compare, survey };

class FilterBar : public QWidget {
    Q_OBJECT

public:
    FilterBar(LibraryDesk& desk, const Actions& actions);

    QLineEdit* search() const { return search_; }

    QToolButton* filterButton() const { return add_; }

    void setMode(LibraryMode mode);
    void setSelected(int count);
    void setCell(int width);

Q_SIGNALS:
    void modeChosen(ui::LibraryMode mode);
    void cellChosen(int width);
    /// The arrow down leaves the search field for the pictures.
    void left();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* buildTop(const Actions& actions);
    QWidget* buildBottom();
    void buildMenu(QMenu* menu);
    void addStars(QMenu* menu);
    void addFlags(QMenu* menu);
    void addLabels(QMenu* menu);
    void addSizes(QMenu* menu);
    void addDates(QMenu* menu);
    void addValues(QMenu* menu, const QString& title, const QString& icon,
                   QStringList gallery::PictureFilter::*field, const QList<gallery::Share>& values);
    void askDates();
    void showFilter();
    void showCounts();
    void apply(const gallery::PictureFilter& filter);

    LibraryDesk& desk_;
    QLineEdit* search_;
    QToolButton* add_;
    QHBoxLayout* chips_ = nullptr;
    QList<QToolButton*> modes_;  ///< in the order of LibraryMode
    QLabel* count_;
    QLabel* selected_;
    QToolButton* order_;
    QSlider* size_;
    QTimer typing_;
};

}  // namespace ui
