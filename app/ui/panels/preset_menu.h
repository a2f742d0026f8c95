#pragma once

// The button that keeps the whole panel under a name and brings it back; presets are files that can
// be given away.

#include "app/ui/request_model.h"

#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QToolButton>

#include <functional>

namespace ui {

/// What a preset keeps of a request: never the pictures that it starts from; prompts and seed if
/// they are wanted.
diffusion::GenerationRequest presetOf(diffusion::GenerationRequest request, bool keepsPrompts,
                                      bool keepsSeed);

/// The request with a preset laid over it: what the preset leaves open stays.
diffusion::GenerationRequest withPreset(const diffusion::GenerationRequest& request,
                                        diffusion::GenerationRequest preset);

class PresetMenu : public QToolButton {
    Q_OBJECT

public:
    PresetMenu(RequestModel& model, const QString& folder);
    ~PresetMenu() override;

    const QStringList& names() const { return names_; }

    void save(const QString& name, bool keepsPrompts, bool keepsSeed);
    void apply(const QString& name);
    void importFile(const QString& file);
    void exportFile(const QString& name, const QString& file);
    void removePreset(const QString& name);
    void askForName();

Q_SIGNALS:
    /// The list of names was read.
    void namesRead();
    void failed(const QString& message);

private:
    void open();
    /// Works off this thread, reads the names again, and says what went wrong.
    void work(std::function<void()> job);

    RequestModel& model_;
    QString folder_;
    QStringList names_;
    QThreadPool pool_;  // last: its destructor waits for what uses the rest
};

}  // namespace ui
