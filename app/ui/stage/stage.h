#pragma once

// The centre: a bar with name and zoom, the picture or the words of the first run, and what runs.

#include "app/ui/actions.h"
#include "app/ui/stage/comparison.h"
#include "app/ui/stage/picture_loader.h"
#include "app/ui/workbench.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;

namespace ui {

class ErrorBanner;
class FirstRun;
class PictureView;
class ProgressStrip;
class SettingsCard;
class StageBar;
class Toaster;

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

    /// The picture that the one on the stage is compared with.
    const std::optional<gallery::Picture>& reference() const { return reference_; }

    Compare compare() const { return compare_; }

    /// Compares with the reference, or with the picture that was on the stage before.
    void setCompare(Compare compare);
    /// From now on others are compared with the picture on the stage.
    void compareWithThis();

    PictureView* view() const { return view_; }

    ErrorBanner* banner() const { return banner_; }

    FirstRun* firstRun() const { return firstRun_; }

    SettingsCard* card() const { return card_; }

    Toaster* toaster() const { return toaster_; }

Q_SIGNALS:
    void followingChanged();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    QWidget* buildViewer();
    void connectZoom();
    void connectCompare();
    void connectRuns();
    void showRun();
    void showLoaded(const QString& path, const Pyramid& picture);
    void showZoom();
    void choosePage();
    void setFollowing(bool isFollowing);
    void putOnStage(const gallery::Picture& picture);
    void compareAs(Compare compare);
    std::optional<gallery::Picture> otherPicture() const;
    void showCard();
    void placeCard();

    Workbench& bench_;
    const Actions& actions_;
    PictureLoader loader_;
    PictureLoader referenceLoader_;
    StageBar* bar_;
    QStackedWidget* pages_;
    FirstRun* firstRun_;
    PictureView* view_;
    ProgressStrip* strip_;
    ErrorBanner* banner_;
    QLabel* missing_;
    SettingsCard* card_;
    Toaster* toaster_ = nullptr;
    std::optional<gallery::Picture> picture_;
    std::optional<gallery::Picture> previous_;   ///< that was on the stage before
    std::optional<gallery::Picture> reference_;  ///< to compare with
    Compare compare_ = Compare::none;
    bool isFollowing_ = true;
    bool showsPreview_ = false;  ///< of a run, not a stored picture
    QElapsedTimer sincePreview_;  ///< since the last one was shown
};

}  // namespace ui
