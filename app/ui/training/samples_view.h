#pragma once

// What a model in training makes of each sample prompt, from the first sheet to the newest: a row for
// each prompt, its pictures side by side by step.

#include "app/gallery/thumbnail_cache.h"
#include "app/ui/training/training_report.h"

#include <QWidget>

class QComboBox;
class QScrollArea;

namespace ui {

/// The rows themselves.
class SampleRows : public QWidget {
    Q_OBJECT

public:
    SampleRows();

    void setSheets(const QList<SampleSheet>& sheets);
    /// Only this prompt's; negative: all.
    void setChosen(int prompt);
    /// As high as the place that it is seen in.
    void setRoom(int height);

    /// Of the newest sheet, by number; empty before its picture was read and it shows captions.
    QStringList prompts() const;

    /// The sheets that are shown, left to right: the first and the newest, and as many between them
    /// as there is room for.
    QList<SampleSheet> columns() const;

    /// True once every sheet that is shown was read.
    bool isShown();

    /// Where the picture of a row and a column is.
    QRect placeOf(int row, int column) const;

    /// What of the sheet's picture shows the prompt; empty where nothing does.
    static QRect partOf(const QImage& sheet, const SampleSheet& about, int prompt);

Q_SIGNALS:
    /// It is known now how many prompts there are.
    void promptsChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    QList<int> rows() const;
    int pictureEdge() const;
    void follow();
    void paintRow(QPainter* painter, int row, const QList<SampleSheet>& shown);
    int numberIn(const SampleSheet& sheet, int prompt) const;

    QList<SampleSheet> sheets_;
    int chosen_ = -1;
    int room_ = 0;
    int captions_ = 0;  ///< pictures of a sheet that shows captions
    int natural_ = 0;   ///< pixels of a side of a picture; 0: not known yet
    gallery::ThumbnailCache pictures_;
};

class SamplesView : public QWidget {
    Q_OBJECT

public:
    SamplesView();

    void setSheets(const QList<SampleSheet>& sheets);

    SampleRows* rows() const { return rows_; }

    /// All prompts, or one of them; hidden where there is but one.
    QComboBox* choice() const { return choice_; }

    bool isShown() { return rows_->isShown(); }

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void listPrompts();
    void giveRoom();

    QComboBox* choice_;
    QScrollArea* scroll_;
    SampleRows* rows_;
    QStringList listed_;
};

}  // namespace ui
