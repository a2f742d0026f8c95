#include "app/library/model_places.h"

#include "app/library/comfy_paths.h"
#include "app/library/model_folder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace library {
namespace {

class ModelPlacesTest : public testing::Test {
protected:
    void write(const QString& name, const QByteArray& text = "x") {
        QDir(home.path()).mkpath(QFileInfo(name).path());
        QFile file(home.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    void make(const QString& folder) { QDir(home.path()).mkpath(folder); }

    /// "program path" of every folder found, without the home folder.
    QStringList found() const {
        QStringList lines;
        for (const auto& folder : foldersOfOtherPrograms(home.path()))
            if (folder.path.startsWith(home.path()))
                lines += folder.program + QLatin1Char(' ') +
                         QDir(home.path()).relativeFilePath(folder.path);
        return lines;
    }

    QTemporaryDir home;
};

TEST_F(ModelPlacesTest, other_programs_are_found_in_usual_places) {
    make("stable-diffusion-webui/models/Stable-diffusion");
    make("stable-diffusion-webui/models/VAE");
    make("git/ComfyUI/models/checkpoints");
    make("git/ComfyUI/models/vae");
    make("invokeai/models");
    write("invokeai/invokeai.yaml");
    make(".cache/huggingface/hub");
    make("photos/models");
    EXPECT_EQ(found(),
              QStringList({"InvokeAI invokeai/models",
                           "A1111 stable-diffusion-webui/models/Stable-diffusion",
                           "A1111 stable-diffusion-webui/models/VAE",
                           "ComfyUI git/ComfyUI/models/checkpoints",
                           "ComfyUI git/ComfyUI/models/vae", "Hugging Face .cache/huggingface/hub"}));
}

TEST_F(ModelPlacesTest, comfy_names_more_folders_in_its_file) {
    make("ComfyUI/models/checkpoints");
    make("big/checkpoints");
    make("big/second");
    make("other/vae");
    write("ComfyUI/extra_model_paths.yaml",
          "# comment: base_path: /wrong\n"
          "a111:\n"
          "    base_path: ../big  # beside it\n"
          "    is_default: true\n"
          "    checkpoints: |\n"
          "        checkpoints\n"
          "        second\n"
          "    loras: |\n"
          "        loras\n"
          "    vae: missing\n"
          "second:\n"
          "  vae: \"../other/vae\"\n");
    EXPECT_EQ(found(), QStringList({"ComfyUI ComfyUI/models/checkpoints", "ComfyUI big/checkpoints",
                                    "ComfyUI big/second", "ComfyUI other/vae"}));
}

TEST_F(ModelPlacesTest, a_file_that_is_no_list_of_paths_names_none) {
    EXPECT_TRUE(comfyModelPaths(home.filePath("nowhere.yaml")).isEmpty());
    for (const QByteArray text : {"", ":\n", "    checkpoints: a", "\xFF\xFE\n\x00", "a:\n  |\n"}) {
        write("x.yaml", text);
        EXPECT_TRUE(comfyModelPaths(home.filePath("x.yaml")).isEmpty()) << text.toStdString();
    }
}

TEST_F(ModelPlacesTest, a_folder_inside_another_is_not_searched_twice) {
    make("models/deep");
    QFile::link(home.filePath("models"), home.filePath("link"));
    const ModelPlaces places{
        {home.filePath("models"), home.filePath("models/deep"), home.filePath("link"),
         home.filePath("models2")},
        {},
        false};
    const auto all = folders(places);
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0].path, home.filePath("models"));
    EXPECT_EQ(all[1].path, home.filePath("models2"));
}

TEST_F(ModelPlacesTest, a_cache_shows_whole_models_only) {
    const QString cache = "hub/models--stable--sd/";
    write(cache + "snapshots/abc/model_index.json");
    write(cache + "snapshots/abc/unet/x.safetensors");
    write("hub/models--clip--vit/snapshots/def/pytorch_model.bin");
    const auto models = search({home.filePath("hub"), "Hugging Face", true}).models;
    EXPECT_EQ(models, QStringList(home.filePath(cache + "snapshots/abc")));
}

}  // namespace
}  // namespace library
