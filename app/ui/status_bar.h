#pragma once

// The lowest line: what computes, how much memory the program holds, the model, speed, and that
// nothing leaves the computer.

#include "app/ui/workbench.h"

#include <QTimer>
#include <QWidget>

class QLabel;

namespace ui {

/// Bytes that this program holds and that the computer has; zeros where the system does not tell.
struct MemoryUse {
    std::int64_t used = 0;
    std::int64_t total = 0;
    std::int64_t planned = 0;  ///< at most, of the next picture; 0: not known
};

MemoryUse readMemoryUse();

/// Of all memory: used solid, planned hatched.
class MemoryBar : public QWidget {
    Q_OBJECT

public:
    MemoryBar();
    void setUse(const MemoryUse& use);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MemoryUse use_;
};

class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(Workbench& bench);

private:
    void refresh();
    void refreshMemory();
    void showMemory();

    Workbench& bench_;
    MemoryBar* memoryBar_;
    QLabel* memory_;
    QLabel* model_;
    QLabel* speed_;
    MemoryUse use_;
    QTimer ticks_;
};

}  // namespace ui
