#pragma once

// The pictures that a model shall learn from: their folder, the list, and the caption of the marked
// one. Folders and pictures can be dropped on it.

#include "app/ui/training/picture_list.h"

#include <QPlainTextEdit>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace ui {

class TrainingDesk;

/// Tells when it is left.
class CaptionEdit : public QPlainTextEdit {
    Q_OBJECT

Q_SIGNALS:
    void left();

protected:
    void focusOutEvent(QFocusEvent* event) override;
};

class PicturesPane : public QWidget {
    Q_OBJECT

public:
    explicit PicturesPane(TrainingDesk& desk);
    /// Saves what was typed.
    ~PicturesPane() override;

    /// Reads the folder, if it is another one.
    void setFolder(const QString& path);
    /// While a training runs its folder stays.
    void setChangeable(bool isChangeable);

    PictureListModel& model() { return model_; }

    QListView* list() const { return list_; }

    CaptionEdit* caption() const { return caption_; }

    /// Writes the caption as it stands, if it was changed.
    void saveCaption();

    /// What was dropped or chosen: one folder is read, pictures are copied into the one that is
    /// shown or show theirs.
    void take(const QStringList& paths);

Q_SIGNALS:
    void folderChosen(const QString& path);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* buildFolderRow();
    QWidget* buildEditor();
    void connectDesk();
    void chooseFolder();
    void showMarked();
    void count();

    TrainingDesk& desk_;
    PictureListModel model_;
    QLineEdit* path_;
    QPushButton* choose_;
    QListView* list_;
    QLabel* empty_;
    QLabel* counts_;
    QLabel* captionTitle_;
    QLabel* note_;
    CaptionEdit* caption_;
    QString folder_;
    QString edited_;  ///< the picture whose caption the editor shows
    QString saved_;   ///< what its caption was when it came
    bool isTarget_ = false;
};

}  // namespace ui
