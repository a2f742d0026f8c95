#include "app/library/model_places.h"

#include "app/library/comfy_paths.h"

#include <QDir>
#include <QFileInfo>

namespace library {
namespace {

void add(QList<ModelFolder>& found, const QString& path, const char* program,
         bool holdsFoldersOnly = false) {
    if (!QFileInfo(path).isDir()) return;
    found.append({QDir::cleanPath(path), QString::fromLatin1(program), holdsFoldersOnly});
}

void addA1111(QList<ModelFolder>& found, const QDir& program) {
    if (!program.exists(QStringLiteral("models/Stable-diffusion"))) return;
    for (const char* name : {"models/Stable-diffusion", "models/VAE", "models/VAE-taesd"})
        add(found, program.filePath(QString::fromLatin1(name)), "A1111");
}

void addComfy(QList<ModelFolder>& found, const QDir& program) {
    if (!program.exists(QStringLiteral("models/checkpoints"))) return;
    for (const char* name : {"models/checkpoints", "models/diffusion_models", "models/unet",
                             "models/vae", "models/vae_approx", "models/diffusers"})
        add(found, program.filePath(QString::fromLatin1(name)), "ComfyUI");
    for (const auto& path :
         comfyModelPaths(program.filePath(QStringLiteral("extra_model_paths.yaml"))))
        add(found, path, "ComfyUI");
}

void addInvoke(QList<ModelFolder>& found, const QDir& program) {
    const bool isInvoke = program.exists(QStringLiteral("invokeai.yaml")) ||
                          program.exists(QStringLiteral("databases/invokeai.db"));
    if (isInvoke) add(found, program.filePath(QStringLiteral("models")), "InvokeAI");
}

QStringList hubCaches(const QString& home) {
    QStringList caches{qEnvironmentVariable("HF_HUB_CACHE")};
    if (qEnvironmentVariableIsSet("HF_HOME"))
        caches.append(qEnvironmentVariable("HF_HOME") + QStringLiteral("/hub"));
    if (qEnvironmentVariableIsSet("XDG_CACHE_HOME"))
        caches.append(qEnvironmentVariable("XDG_CACHE_HOME") + QStringLiteral("/huggingface/hub"));
    caches.append(home + QStringLiteral("/.cache/huggingface/hub"));
    caches.removeAll(QString());
    return caches;
}

/// Folders that may be one of these programs, or hold it.
QStringList usualPlaces(const QString& home) {
    QStringList places{home};
    for (const char* below : {"Documents", "Downloads", "Desktop", "git", "src", "code", "projects",
                              "Projects", "ai", "AI", "apps", "StabilityMatrix/Packages",
                              "Data/Packages"})
        places.append(home + QLatin1Char('/') + QString::fromLatin1(below));
    for (const char* place : {"/opt", "/workspace"}) places.append(QString::fromLatin1(place));
    return places;
}

bool isInside(const QString& path, const QString& folder) {
    return path == folder || path.startsWith(folder + QLatin1Char('/'));
}

QString realPath(const QString& path) {
    const auto real = QFileInfo(path).canonicalFilePath();
    return real.isEmpty() ? QDir::cleanPath(path) : real;
}

void addNew(QList<ModelFolder>& all, const ModelFolder& folder) {
    const auto real = realPath(folder.path);
    for (const auto& known : all)
        if (isInside(real, realPath(known.path))) return;
    all.append(folder);
}

}  // namespace

QList<ModelFolder> foldersOfProgram(const QString& folder) {
    QList<ModelFolder> found;
    const QDir program(folder);
    addA1111(found, program);
    addComfy(found, program);
    addInvoke(found, program);
    return found;
}

QList<ModelFolder> foldersOfOtherPrograms(const QString& home) {
    QList<ModelFolder> found;
    for (const auto& place : usualPlaces(home)) {
        for (const auto& entry : QDir(place).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
            found.append(foldersOfProgram(entry.absoluteFilePath()));
    }
    if (qEnvironmentVariableIsSet("INVOKEAI_ROOT"))
        found.append(foldersOfProgram(qEnvironmentVariable("INVOKEAI_ROOT")));
    for (const auto& cache : hubCaches(home)) add(found, cache, "Hugging Face", true);
    return found;
}

QList<ModelFolder> folders(const ModelPlaces& places) {
    QList<ModelFolder> all;
    for (const auto& path : places.own)
        addNew(all, {QDir::cleanPath(QDir(path).absolutePath()), {}, false});
    if (!places.hasOthers) return all;
    for (const auto& folder : foldersOfOtherPrograms(QDir::homePath()))
        if (!places.ignored.contains(folder.path)) addNew(all, folder);
    return all;
}

}  // namespace library
