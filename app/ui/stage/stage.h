#pragma once

// The centre: a bar with name and zoom, the picture or the words of the first run, and what runs.

#include "app/ui/actions.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/workbench.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace ui {

class ErrorBanner;
class FirstRun;
class PictureView;
class ProgressStrip;

class Stage : public QWidget {
    Q_OBJECT

public:
    Stage(Workbench& bench, const Actions& actions);

    /// Puts a stored picture on the stage; a running job goes on in its card.
    void showPicture(const gallery::Picture& picture);
    /// Puts the running job on the stage.
    void follow();
    /// Nothing was made and nothing runs: the stage says how to begin.
    bool isFirstRun() const;

    bool isFollowing() const { return isFollowing_; }

    const std::optional<gallery::Picture>& picture() const { return picture_; }

    PictureView* view() const { return view_; }

    ErrorBanner* banner() const { return banner_; }

    FirstRun* firstRun() const { return firstRun_; }

Q_SIGNALS:
    void followingChanged();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* buildBar(const Actions& actions);
    void connectZoom(const Actions& actions);
    void showRun();
    void showLoaded(const QString& path, const QImage& image);
    void showZoom();
    void choosePage();
    void setFollowing(bool isFollowing);

    Workbench& bench_;
    PictureLoader loader_;
    QWidget* bar_ = nullptr;
    QLabel* name_;
    QToolButton* zoom_;
    QStackedWidget* pages_;
    FirstRun* firstRun_;
    PictureView* view_;
    ProgressStrip* strip_;
    ErrorBanner* banner_;
    QLabel* missing_;
    std::optional<gallery::Picture> picture_;
    bool isFollowing_ = true;
    bool showsPreview_ = false;  ///< of a run, not a stored picture
};

}  // namespace ui
