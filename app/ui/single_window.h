#pragma once

// One window per data folder: whoever starts the program a second time gets the first one's window.

#include <QLocalServer>
#include <QObject>
#include <QString>

namespace ui {

class SingleWindow : public QObject {
    Q_OBJECT

public:
    /// Listens for later starts on this data folder; only its owner may make one.
    explicit SingleWindow(const QString& dataFolder, QObject* parent = nullptr);

    /// Asks the program that owns the folder to show its window; false when none answers within
    /// two seconds.
    static bool askOther(const QString& dataFolder);

Q_SIGNALS:
    void asked();

private:
    void answer();

    QLocalServer server_;
};

}  // namespace ui
