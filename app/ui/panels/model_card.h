#pragma once

// The chosen model: its name and kind; a press opens the list of all models, a model file can be
// dropped on it.

#include "app/ui/engine_facts.h"
#include "app/ui/request_model.h"

#include <QAbstractButton>

namespace library {
class ModelLibrary;
}

namespace ui {

class ModelList;

/// "SD 1.5" for sd1; the family's own name when it has no other.
QString familyName(const std::string& family);

/// "860 M".
QString shortCount(std::int64_t parameters);

class ModelCard : public QAbstractButton {
    Q_OBJECT

public:
    ModelCard(RequestModel& model, const EngineFacts& facts);
    QSize sizeHint() const override;

    /// The models that the list offers; without them there are only files to choose.
    void setModels(library::ModelLibrary& models);

    ModelList* list() const { return list_; }

    /// Opens the list of models.
    void open();
    /// Asks for a file or folder and chooses it.
    void chooseFile();
    void chooseFolder();
    /// Asks for a folder whose models the list shall show.
    void addFolder();

Q_SIGNALS:
    void folderAdded(const QString& folder);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void choose(const QString& path);
    QString name() const;
    QString note() const;

    RequestModel& model_;
    const EngineFacts& facts_;
    library::ModelLibrary* models_ = nullptr;
    ModelList* list_ = nullptr;
    bool isTarget_ = false;
};

}  // namespace ui
