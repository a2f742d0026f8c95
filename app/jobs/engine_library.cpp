#include "app/jobs/engine_library.h"

#include "app/codec/text.h"
#include "diffusion/error.h"

#include <QFileInfo>
#include <QLibrary>

namespace jobs {

using diffusion::Error;
using diffusion::ErrorKind;

std::unique_ptr<diffusion::Engine> loadEngineLibrary(const QString& path,
                                                     const diffusion::EngineOptions& options) {
    if (!QFileInfo(path).isFile())
        throw Error(ErrorKind::missing_file,
                    "The engine: expected the library " + codec::toUtf8(path) +
                        ", found no such file. Build or install Atelier again.");
    QLibrary library(path);
    library.setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    if (!library.load())
        throw Error(ErrorKind::internal, "The engine could not be loaded: " +
                                             codec::toUtf8(library.errorString()) + ".");
    const auto create =
        reinterpret_cast<diffusion::CreateEngine>(library.resolve("atelier_create_engine"));
    if (!create)
        throw Error(ErrorKind::internal, "The engine: expected atelier_create_engine in " +
                                             codec::toUtf8(path) + ", found a library without it.");
    return std::unique_ptr<diffusion::Engine>(create(options));
}

}  // namespace jobs
