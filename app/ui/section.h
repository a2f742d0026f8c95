#pragma once

// A part of a panel that opens and closes; closed, its header says what is inside.

#include <QAbstractButton>
#include <QWidget>

namespace ui {

/// The 35-pixel header: chevron, title, and the values at the right.
class SectionHeader : public QAbstractButton {
    Q_OBJECT

public:
    SectionHeader(const QString& title, bool isDockTitle);
    void setSummary(const QString& summary);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString summary_;
    bool isDockTitle_;
};

class Section : public QWidget {
    Q_OBJECT

public:
    /// Takes the content over.
    Section(const QString& title, QWidget* content, bool isOpen, bool isDockTitle = false);

    bool isOpen() const;
    void setOpen(bool isOpen);
    /// Shown in the header while it is closed.
    void setSummary(const QString& summary);

    SectionHeader* header() const { return header_; }

Q_SIGNALS:
    void toggled(bool isOpen);

private:
    void showContent(bool isOpen);
    /// Lets the content come out from below the header.
    void unfold();
    void unfolded();

    SectionHeader* header_;
    QWidget* content_;
    QWidget* room_;  ///< of the content; lower than it while it opens
    int openings_ = 0;
    QString summary_;
};

}  // namespace ui
