#pragma once

// Below the picture: while a job runs its bar, its words and Cancel; else what the picture is.

#include "app/ui/actions.h"
#include "app/ui/theme/paint.h"
#include "app/ui/workbench.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

/// "step 14 of 24  3.1 it/s  0:04 left" in parts, and how much of all pictures is done.
struct RunWords {
    QString place;       ///< Picture 2 of 4
    QString phase;       ///< step 14 of 24, or what is done before and after
    QString speed;       ///< 3.1 it/s, empty while unknown
    QString left;        ///< 0:04 left, empty while unknown
    QString shortPlace;  ///< 2 / 4
    theme::Pieces pieces;
};

RunWords wordsOf(const Run& run);

class ProgressStrip : public QWidget {
    Q_OBJECT

public:
    ProgressStrip(Workbench& bench, const Actions& actions);

    /// The strip is as wide as the picture above it, 640 at least.
    void setContentWidth(int width);
    /// The picture that is on the stage, for the idle state; none: nothing is shown.
    void setPicture(const std::optional<gallery::Picture>& picture);
    /// Whether the stage follows the running job.
    void setLive(bool isLive);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void layOut();
    QString factsOf(const gallery::Picture& picture) const;

    Workbench& bench_;
    QWidget* line_;
    QLabel* place_;
    QLabel* words_;
    QPushButton* suspend_;
    QPushButton* skip_;
    QPushButton* cancel_;
    QPushButton* recall_;
    std::optional<gallery::Picture> picture_;
    int contentWidth_ = 640;
    bool isLive_ = false;
};

}  // namespace ui
