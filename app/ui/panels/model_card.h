#pragma once

// The chosen model: its name and kind; a press opens the list of models, a model file can be
// dropped on it.

#include "app/ui/engine_facts.h"
#include "app/ui/request_model.h"

#include <QAbstractButton>

class QMenu;

namespace ui {

/// "SD 1.5" for sd1; the family's own name when it has no other.
QString familyName(const std::string& family);

/// "860 M".
QString shortCount(std::int64_t parameters);

class ModelCard : public QAbstractButton {
    Q_OBJECT

public:
    ModelCard(RequestModel& model, const EngineFacts& facts);
    QSize sizeHint() const override;

    /// Asks for a file or folder and chooses it.
    void chooseFile();
    void chooseFolder();

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void openMenu();
    void choose(const QString& path);
    QString name() const;
    QString note() const;

    RequestModel& model_;
    const EngineFacts& facts_;
    QStringList earlier_;
    bool isTarget_ = false;
};

}  // namespace ui
