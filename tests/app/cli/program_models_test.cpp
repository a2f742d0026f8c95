// The program as a process: what it tells of models and pictures, and what it makes of them.

#include "tests/app/cli/program.h"

#include "app/gallery/image_metadata.h"

#include <QFile>
#include <QImage>

namespace {

using test_support::lines;
using test_support::ProgramTest;

TEST_F(ProgramTest, lists_samplers_and_models) {
    const auto samplers = run({"samplers"});
    EXPECT_EQ(samplers.code, 0);
    EXPECT_TRUE(samplers.out.contains("  Euler a\n"));
    EXPECT_EQ(nlohmann::json::parse(
                  run({"samplers", "--json"}).out.toStdString())["schedules"][1]["name"],
              "Karras");
    EXPECT_TRUE(run({"inspect"}).out.contains("64x64"));
    EXPECT_EQ(run({"inspect", "/nowhere"}).code, 3);
}

TEST_F(ProgramTest, pictures_carry_the_name_and_the_hash_of_their_model) {
    const auto outcome = generate({"--steps", "2"});
    ASSERT_EQ(outcome.code, 0);
    const auto text = gallery::readParameters(QString::fromUtf8(outcome.out).trimmed());
    EXPECT_TRUE(text->contains("Model hash: 0123456789, Model: fake")) << text->toStdString();
}

TEST_F(ProgramTest, inspects_and_hashes_models) {
    const QStringList data{"--data", folder.path()};
    const auto report = nlohmann::json::parse(
        run(QStringList{"models", "inspect", "--json"} + data).out.toStdString());
    EXPECT_EQ(report["hash"], "0123456789");
    EXPECT_EQ(report["title"], "Fake");
    EXPECT_EQ(report["parts"][1]["missing"][0], "encoder.conv_in.weight");
    EXPECT_TRUE(run(QStringList{"models", "hash"} + data).out.startsWith("0123456789  0123456789aaa"));
    const auto refused = run(QStringList{"models", "inspect", "/nowhere", "--json"} + data);
    EXPECT_EQ(refused.code, 3);
    EXPECT_EQ(lines(refused.out).at(0)["kind"], "missing_file");
    EXPECT_EQ(run({"models"}).code, 2);
}

TEST_F(ProgramTest, lists_the_shipped_model_and_the_folders_of_the_settings) {
    ASSERT_TRUE(QDir(folder.path()).mkpath("models/deep"));
    QFile model(folder.filePath("models/deep/cat.safetensors"));
    ASSERT_TRUE(model.open(QIODevice::WriteOnly));
    model.write("12345");
    model.close();
    const auto listed = [&](const QStringList& more) {
        const auto outcome =
            run(QStringList{"models", "list", "--json", "--data", folder.path()} + more);
        return nlohmann::json::parse(outcome.out.toStdString())["models"];
    };
    auto models = listed({});
    ASSERT_EQ(models.size(), 2u);
    EXPECT_EQ(models[0]["path"], "");
    EXPECT_EQ(models[1]["name"], "cat");
    EXPECT_EQ(models[1]["bytes"], 5);
    EXPECT_EQ(listed({"--folder", folder.filePath("none")}).size(), 1u);
    QFile settings(folder.filePath("settings.json"));
    ASSERT_TRUE(settings.open(QIODevice::WriteOnly));
    settings.write("{\"model_folders\": \"/none:" + folder.filePath("models/deep").toUtf8() + "\"}");
    settings.close();
    EXPECT_EQ(listed({}).size(), 2u);
}

TEST_F(ProgramTest, keeps_a_list_of_model_folders) {
    const auto folders = [&](const QStringList& words) {
        return run(QStringList{"models", "folders"} + words +
                   QStringList{"--json", "--data", folder.path()});
    };
    const auto paths = [&] {
        QStringList list;
        const auto document = nlohmann::json::parse(folders({}).out.toStdString());
        for (const auto& row : document["folders"])
            list += QDir(folder.path())
                        .relativeFilePath(QString::fromStdString(row["path"].get<std::string>()));
        return list;
    };
    const auto own = folder.filePath("mine");
    const auto other = folder.filePath("home/ComfyUI/models/checkpoints");
    ASSERT_TRUE(QDir().mkpath(own) && QDir().mkpath(other));
    EXPECT_EQ(folders({"add", own}).code, 0);
    EXPECT_EQ(folders({"add", own}).code, 2) << "is there already";
    EXPECT_EQ(folders({"add", "/nowhere/at/all"}).code, 2);
    EXPECT_EQ(paths(), QStringList({"models", "mine", "home/ComfyUI/models/checkpoints"}));
    EXPECT_EQ(folders({"remove", own}).code, 0);
    EXPECT_EQ(folders({"remove", other}).code, 0);
    EXPECT_EQ(paths(), QStringList("models"));
    EXPECT_EQ(folders({"add", other}).code, 0) << "shown again";
    EXPECT_EQ(paths(), QStringList({"models", "home/ComfyUI/models/checkpoints"}));
    EXPECT_TRUE(QDir(own).exists() && QDir(other).exists());
}

TEST_F(ProgramTest, converts_by_the_ending_and_never_overwrites_unasked) {
    const auto out = folder.filePath("out.gguf");
    const auto in = folder.filePath("in.safetensors");
    ASSERT_TRUE(QFile(in).open(QIODevice::WriteOnly));
    const QStringList convert{"models", "convert", in, out, "--type", "q8_0"};
    ASSERT_EQ(run(convert).code, 0);
    QFile written(out);
    ASSERT_TRUE(written.open(QIODevice::ReadOnly));
    EXPECT_EQ(written.readAll(), "gguf q8_0");
    EXPECT_EQ(run(convert).code, 2);
    EXPECT_EQ(run(convert + QStringList{"--force", "--to", "safetensors"}).code, 0);
    EXPECT_EQ(run({"models", "convert", in, folder.filePath("plain")}).code, 0);
    EXPECT_EQ(run({"models", "convert", in, folder.filePath("x.gguf"), "--type", "f12"}).code, 2);
}

TEST_F(ProgramTest, trains_through_the_engine) {
    ASSERT_TRUE(QDir(folder.path()).mkdir("pictures-to-learn"));
    const auto source = folder.filePath("pictures-to-learn");
    QImage(8, 8, QImage::Format_RGB32).save(source + "/a.png");
    const QStringList train{"train",   source, "--work", folder.filePath("work"),
                            "--steps", "2",    "--json"};
    const auto outcome = run(train);
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    const auto events = lines(outcome.out);
    ASSERT_EQ(events.size(), 6u);
    EXPECT_EQ(events[1]["event"], "packed");
    EXPECT_EQ(events[2]["stage"], "autoencoder");
    EXPECT_EQ(events[5]["stage"], "model");
    EXPECT_EQ(lines(run(train).out).size(), 4u) << "the pack is made once";
    for (const char* stage : {"autoencoder", "model"}) {
        const auto alone = lines(run(QStringList{"train", stage} + train.mid(1)).out);
        ASSERT_EQ(alone.size(), 2u);
        EXPECT_EQ(alone[0]["stage"], stage);
    }
    EXPECT_EQ(run({"train", "model", source}).code, 2) << "no work folder";
    EXPECT_EQ(run({"train", "/nowhere.pack", "--work", folder.path()}).code, 3);
    EXPECT_EQ(run({"train"}).code, 2);
}

TEST_F(ProgramTest, what_a_lesson_is_told_is_checked_by_its_row) {
    const QStringList lora{"train", "lora", folder.path(), "--out", folder.filePath("a.safetensors")};
    const auto tooSmall = run(lora + QStringList{"--rank", "0"});
    EXPECT_EQ(tooSmall.code, 2);
    EXPECT_TRUE(tooSmall.errors.contains("1 to 1024")) << tooSmall.errors.toStdString();
    EXPECT_EQ(run(lora + QStringList{"--learning-rate", "much"}).code, 2);
    EXPECT_EQ(run(lora + QStringList{"--schedule", "sawtooth"}).code, 2);
    // 0 is "the model's size", 8 is no size; the fake engine finds no pack where this one is understood.
    EXPECT_EQ(run(lora + QStringList{"--extent", "8"}).code, 2);
    EXPECT_EQ(run(lora + QStringList{"--extent", "0", "--no-text-encoder", "--conv"}).code, 3);
}

TEST_F(ProgramTest, packs_pictures_and_names_one_that_it_can_not_read) {
    ASSERT_TRUE(QDir(folder.path()).mkdir("in"));
    QFile broken(folder.filePath("in/a.png"));
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    const QStringList pack{"train", "pack", folder.filePath("in"), "--out",
                           folder.filePath("out.pack")};
    const auto outcome = run(pack);
    EXPECT_EQ(outcome.code, 3);
    EXPECT_TRUE(outcome.errors.contains("a.png")) << outcome.errors.toStdString();
    broken.remove();
    EXPECT_EQ(run(pack).code, 0);
    EXPECT_EQ(run(pack + QStringList{"--extent", "0"}).code, 2);
}

TEST_F(ProgramTest, tells_what_a_picture_was_made_with) {
    const auto outcome = run({"info", ATELIER_TEST_DATA "/metadata/pictures/comfy_lora.png"});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    const auto text = outcome.out.toStdString();
    EXPECT_NE(text.find("program  ComfyUI (prompt)"), std::string::npos) << text;
    EXPECT_NE(text.find("identical    seed             3351860407"), std::string::npos) << text;
    EXPECT_NE(text.find("translated   loras"), std::string::npos) << text;
}

TEST_F(ProgramTest, tells_programs_what_a_picture_was_made_with) {
    const auto own = generate({"--seed", "7", "--steps", "2", "--out", folder.filePath("a.png")});
    ASSERT_EQ(own.code, 0) << own.errors.toStdString();
    const auto outcome = run({"info", folder.filePath("a.png"), "--json"});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    const auto report = lines(outcome.out).at(0);
    EXPECT_TRUE(report["program"].get<std::string>().starts_with("Atelier"));
    EXPECT_EQ(report["request"]["prompt"], "red apple");
    EXPECT_EQ(report["request"]["seed"], 7);
    EXPECT_EQ(report["request"]["steps"], 2);
}

TEST_F(ProgramTest, plans_without_making_pictures) {
    const QStringList plan{"plan", "red apple", "--steps", "7", "--data", folder.path()};
    const auto people = run(plan);
    ASSERT_EQ(people.code, 0) << people.errors.toStdString();
    EXPECT_TRUE(people.out.contains("7 MiB")) << people.out.toStdString();
    const auto programs = run(plan + QStringList{"--memory-limit", "2.5G", "--json"});
    ASSERT_EQ(programs.code, 0) << programs.errors.toStdString();
    const auto report = lines(programs.out).at(0);
    EXPECT_EQ(report["peak_bytes"], 7 << 20);
    EXPECT_EQ(report["limit_bytes"], std::int64_t{5} << 29);
    EXPECT_EQ(report["phases"][0]["phase"], "sampling");
    const auto refused = run(plan + QStringList{"--memory-limit", "3M"});
    EXPECT_EQ(refused.code, 4);
    EXPECT_TRUE(refused.errors.contains("too many steps")) << refused.errors.toStdString();
    EXPECT_EQ(run(plan + QStringList{"--memory-limit", "much"}).code, 2);
}

TEST_F(ProgramTest, a_picture_without_settings_is_no_error) {
    const auto outcome = run({"info", ATELIER_TEST_DATA "/metadata/pictures/plain.png", "--json"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(lines(outcome.out).at(0)["program"].is_null());
    EXPECT_EQ(run({"info", folder.filePath("none.png")}).code, 3);
}

}  // namespace
