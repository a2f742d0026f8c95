#include "app/library/network_places.h"

#include <QDir>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace {

TEST(NetworkPlaces, KnowOurOwnFoldersAndThoseBesideOtherProgramsModels) {
    const QTemporaryDir folder;
    const QDir root(folder.path());
    for (const char* name : {"sd/models/Stable-diffusion", "sd/models/Lora", "sd/embeddings",
                             "comfy/models/checkpoints", "comfy/models/loras",
                             "comfy/models/embeddings", "bare/models/checkpoints"})
        root.mkpath(QString::fromLatin1(name));
    const auto model = [&](const char* path) {
        return library::ModelFolder{root.filePath(QString::fromLatin1(path)), {}, false};
    };
    const auto places = library::networkPlaces(
        root.filePath(QStringLiteral("data")),
        {model("sd/models/Stable-diffusion"), model("comfy/models/checkpoints"),
         model("comfy/models/checkpoints"), model("bare/models/checkpoints")});
    const auto paths = [&](std::initializer_list<const char*> names) {
        QStringList list;
        for (const char* name : names) list.append(root.filePath(QString::fromLatin1(name)));
        return list;
    };
    EXPECT_EQ(places.loras, paths({"data/lora", "sd/models/Lora", "comfy/models/loras"}));
    EXPECT_EQ(places.embeddings,
              paths({"data/embeddings", "sd/embeddings", "comfy/models/embeddings"}));
}

}  // namespace
