#pragma once

// The reproduction report of a picture: each field that it records, what becomes of it here and why,
// before anything is made.

#include "app/gallery/describe.h"

#include <QDialog>

class QTableWidget;

namespace ui {

class ReportWindow : public QDialog {
    Q_OBJECT

public:
    ReportWindow(const gallery::Report& report, QWidget* parent);

    QTableWidget* table() const { return table_; }

    /// The report as lines of text.
    QString text() const;

Q_SIGNALS:
    /// To be recalled.
    void used(const diffusion::GenerationRequest& request);

private:
    void fill();
    QWidget* buildFoot();

    gallery::Report report_;
    QTableWidget* table_;
};

}  // namespace ui
