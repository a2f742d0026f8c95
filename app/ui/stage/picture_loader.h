#pragma once

// Reads picture files for the stage on a thread of its own; the last one asked for wins.

#include "app/ui/stage/pyramid.h"
#include "diffusion/image.h"

#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <atomic>

namespace ui {

class PictureLoader : public QObject {
    Q_OBJECT

public:
    explicit PictureLoader(QObject* parent = nullptr);
    ~PictureLoader() override;

    /// loaded follows, unless another path is asked for before.
    void load(const QString& path);
    /// Forgets what is on its way.
    void cancel();

Q_SIGNALS:
    /// A null picture: the file is gone or can't be read.
    void loaded(const QString& path, const ui::Pyramid& picture);

private:
    std::atomic<int> latest_ = 0;
    QThreadPool pool_;
};

/// A copy as Qt has it; null when empty.
QImage toQImage(const diffusion::Image& image);

}  // namespace ui
