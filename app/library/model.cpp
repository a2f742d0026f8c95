#include "app/library/model.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace library {

QString nameOf(const QString& path) {
    static const QRegularExpression cached(
        QStringLiteral("/models--([^/]+)--([^/]+)/snapshots/[^/]+$"));
    const auto match = cached.match(path);
    if (match.hasMatch()) return match.captured(1) + QLatin1Char('/') + match.captured(2);
    const QFileInfo file(path);
    return file.isDir() ? file.fileName() : file.completeBaseName();
}

bool isVae(const Model& model) {
    const auto& absent = model.info.absent;
    return model.state == ModelState::part && absent.find("UNet") != absent.npos &&
           absent.find("VAE") == absent.npos;
}

QString familyText(const diffusion::ModelInfo& info) {
    return codec::fromUtf8(info.variant.empty() ? info.family : info.family + ' ' + info.variant);
}

void readModel(diffusion::Engine& engine, Model& model) {
    try {
        model.info = engine.inspect(codec::toUtf8(model.path));
        const auto& info = model.info;
        model.state = !info.limit.empty()    ? ModelState::refused
                      : info.absent.empty() ? ModelState::usable
                                            : ModelState::part;
        model.reason = !info.limit.empty()   ? codec::fromUtf8(info.limit)
                       : info.absent.empty() ? QString()
                                             : QStringLiteral("lacks ") + codec::fromUtf8(info.absent);
    } catch (const diffusion::Error& error) {
        model.state = ModelState::refused;
        model.reason = codec::fromUtf8(error.what());
    }
}

}  // namespace library
