#include "app/ui/panels/advanced_panel.h"

#include "app/ui/binding.h"
#include "app/ui/panels/rows.h"
#include "app/ui/panels/vae_choice.h"
#include "app/ui/pieces.h"
#include "diffusion/request_fields.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

using Request = diffusion::GenerationRequest;

AdvancedPanel::AdvancedPanel(RequestModel& model, const library::ModelLibrary& models) {
    auto* compatibility = new QComboBox;
    compatibility->setAccessibleName(tr("Compatibility"));
    compatibility->setToolTip(tr("Whose arithmetic and random numbers the picture repeats"));
    compatibility->setFixedHeight(28);
    for (const auto choice : diffusion::choices::compatibility) {
        const auto name = QString::fromLatin1(choice.data(), qsizetype(choice.size()));
        compatibility->addItem(name, name);
    }
    ignoreWheelWithoutFocus(compatibility);
    auto* rows = compact(new QVBoxLayout(this), 6);
    rows->addWidget(row(tr("Clip skip"),
                        bind(slider(1, 12, tr("Clip skip, slider")), model, &Request::clip_skip),
                        bind(spinBox(1, 12, tr("Clip skip")), model, &Request::clip_skip)));
    rows->addWidget(
        row(tr("Rescale"),
            bind(slider(0, 100, tr("CFG rescale, slider")), model, &Request::guidance_rescale, 100),
            bind(doubleSpinBox(0, 1, 0.05, tr("CFG rescale")), model, &Request::guidance_rescale)));
    auto* vae = new VaeChoice(model);
    vae->setModels(models);
    rows->addWidget(row(tr("VAE"), vae));
    rows->addWidget(row(tr("Follows"), bind(compatibility, model, &Request::compatibility)));
}

QString AdvancedPanel::summary(const Request& request) {
    const Request usual;
    QStringList parts;
    if (request.clip_skip != usual.clip_skip) parts << tr("skip %1").arg(request.clip_skip);
    if (request.guidance_rescale != usual.guidance_rescale)
        parts << tr("rescale %1").arg(request.guidance_rescale, 0, 'f', 2);
    if (request.vae != usual.vae) parts << tr("other VAE");
    if (request.compatibility != usual.compatibility)
        parts << QString::fromStdString(request.compatibility);
    return parts.join(QStringLiteral(" · "));
}

}  // namespace ui
