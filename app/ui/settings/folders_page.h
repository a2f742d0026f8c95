#pragma once

// Where pictures go and where models are looked for.

#include "app/studio/studio.h"

#include <QWidget>

class QLineEdit;
class QListWidget;
class QToolButton;
class QVBoxLayout;

namespace ui {

class FoldersPage : public QWidget {
    Q_OBJECT

public:
    explicit FoldersPage(studio::Studio& studio);

    QListWidget* models() const { return models_; }

    /// Adds it to the folders with models.
    void addModels(const QString& folder);
    /// Takes the marked folder out; one of another program is shown without its mark.
    void removeMarked();

private:
    void addPictures(QVBoxLayout* rows);
    void addModelFolders(QVBoxLayout* rows);
    void choosePictures();
    void refresh();
    void addRow(const QString& path, const QString& program, bool isShown);

    studio::Studio& studio_;
    QLineEdit* pictures_;
    QListWidget* models_;
    QToolButton* remove_;
};

}  // namespace ui
