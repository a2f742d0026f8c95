// The program as a process, over the fake engine: exit codes, what it prints, what it leaves
// behind.

#include "app/gallery/gallery_database.h"
#include "app/gallery/image_metadata.h"
#include "app/jobs/job_queue.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray errors;
};

class ProgramTest : public testing::Test {
protected:
    void prepare(QProcess& process, const QStringList& arguments,
                 const QStringList& variables = {}) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("ATELIER_ENGINE", ATELIER_BINARY_DIR "/tests/libatelier_fake_engine.so");
        environment.remove("DISPLAY");
        // No other program's models: those of this computer are none of the tests'.
        for (const char* name : {"HF_HOME", "HF_HUB_CACHE", "INVOKEAI_ROOT", "XDG_CACHE_HOME"})
            environment.remove(name);
        environment.insert("HOME", folder.filePath("home"));
        environment.insert("QT_QPA_PLATFORM", "none-such");
        for (const auto& variable : variables)
            environment.insert(variable.section('=', 0, 0), variable.section('=', 1));
        process.setProcessEnvironment(environment);
        process.setProgram(ATELIER_BINARY_DIR "/bin/atelier");
        process.setArguments(arguments);
        process.start();
        ASSERT_TRUE(process.waitForStarted());
    }

    Outcome run(const QStringList& arguments, const QStringList& variables = {}) {
        QProcess process;
        prepare(process, arguments, variables);
        EXPECT_TRUE(process.waitForFinished(60000));
        return {process.exitCode(), process.readAllStandardOutput(),
                process.readAllStandardError()};
    }

    /// generate with this data folder.
    Outcome generate(const QStringList& arguments, const QStringList& variables = {}) {
        return run(QStringList{"generate", "red apple", "--data", folder.path()} + arguments,
                   variables);
    }

    /// All files below the folder, hidden ones too.
    QStringList files(const QString& below) {
        QStringList found;
        const QDir dir(folder.filePath(below));
        for (const auto& entry :
             dir.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            found += entry.isDir() ? files(below + "/" + entry.fileName())
                                   : QStringList(entry.fileName());
        return found;
    }

    QTemporaryDir folder;
};

std::vector<nlohmann::json> lines(const QByteArray& text) {
    std::vector<nlohmann::json> documents;
    for (const auto& line : text.split('\n'))
        if (!line.isEmpty()) documents.push_back(nlohmann::json::parse(line.toStdString()));
    return documents;
}

TEST_F(ProgramTest, paints_into_the_gallery) {
    const auto outcome = generate({"--seed", "7", "--count", "2", "--steps", "2"});
    ASSERT_EQ(outcome.code, 0) << outcome.errors.toStdString();
    EXPECT_EQ(files("pictures"), QStringList({"00001-7.png", "00002-8.png"}));
    const auto paths = QString::fromUtf8(outcome.out).trimmed().split('\n');
    ASSERT_EQ(paths.size(), 2);
    EXPECT_EQ(QImage(paths[1]).size(), QSize(64, 64));
    EXPECT_TRUE(
        gallery::readParameters(paths[1])->startsWith("red apple\nSteps: 2, Sampler: DPM++ 2M"));
    EXPECT_EQ(gallery::GalleryDatabase(folder.filePath("gallery.sqlite")).count(), 2);
}

TEST_F(ProgramTest, json_tells_everything_line_by_line) {
    const auto outcome = generate({"--json", "--steps", "3"});
    ASSERT_EQ(outcome.code, 0);
    const auto events = lines(outcome.out);
    ASSERT_EQ(events.size(), 6u);
    EXPECT_EQ(events[0]["event"], "accepted");
    EXPECT_EQ(events[3]["step"], 3);
    EXPECT_EQ(events[4]["event"], "picture");
    EXPECT_EQ(events[4]["request"]["seed"], events[0]["request"]["seed"]);
    EXPECT_EQ(events[5]["exit_code"], 0);
}

TEST_F(ProgramTest, out_names_a_file_or_a_folder) {
    ASSERT_EQ(generate({"--out", folder.filePath("a/cat.png")}).code, 0);
    ASSERT_EQ(generate({"--out", folder.filePath("row/cat.png"), "--count", "2"}).code, 0);
    ASSERT_EQ(generate({"--out", folder.filePath("b"), "--seed", "3"}).code, 0);
    EXPECT_EQ(files("a"), QStringList("cat.png"));
    EXPECT_EQ(files("row"), QStringList({"cat-1.png", "cat-2.png"}));
    EXPECT_EQ(files("b"), QStringList("00001-3.png"));
    EXPECT_TRUE(files("pictures").isEmpty());
}

struct BadCommand {
    const char* name;
    QStringList arguments;
    int code;
    const char* sentence;
};

class BadInputTest : public ProgramTest, public testing::WithParamInterface<BadCommand> {};

TEST_P(BadInputTest, is_said_in_a_sentence) {
    const auto outcome = generate(GetParam().arguments);
    EXPECT_EQ(outcome.code, GetParam().code);
    EXPECT_TRUE(outcome.errors.contains(GetParam().sentence)) << outcome.errors.toStdString();
    EXPECT_TRUE(files("pictures").isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, BadInputTest,
    testing::Values(
        BadCommand{
            "steps", {"--steps", "0"}, 2, "steps: expected a number from 1 to 1000, found 0."},
        BadCommand{
            "word", {"--steps", "many"}, 2, "steps: expected a whole number, found \"many\"."},
        BadCommand{
            "zero_size", {"--size", "0x0"}, 2, "width: expected a number from 8 to 8192, found 0."},
        BadCommand{"zero_height",
                   {"--height", "0"},
                   2,
                   "height: expected a number from 8 to 8192, found 0."},
        BadCommand{"huge_size", {"--size", "100000x100000"}, 2, "found 100000."},
        BadCommand{"no_size", {"--size", "large"}, 2, "size: expected WIDTHxHEIGHT"},
        BadCommand{
            "odd_size", {"--size", "63x64"}, 2, "width: expected a multiple of 8, found 63."},
        BadCommand{"sampler", {"--sampler", "Eule"}, 2, "found \"Eule\"."},
        BadCommand{"scheduler", {"--scheduler", "Kar"}, 2, "found \"Kar\"."},
        BadCommand{"not_a_number",
                   {"--cfg", "nan"},
                   2,
                   "guidance_scale: expected a number from 0 to 100, found nan."},
        BadCommand{"suffix",
                   {"--out", "cat.jpg"},
                   2,
                   "out: expected a folder or a file that ends in .png"},
        BadCommand{"flag", {"--stepz", "2"}, 2, "--stepz"},
        BadCommand{"model", {"--model", "/nowhere.safetensors"}, 3, "/nowhere.safetensors"},
        BadCommand{"read_only", {"--out", "/proc/pictures"}, 1, "/proc/pictures"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(ProgramTest, exit_codes_follow_the_kind_of_trouble) {
    const std::map<QString, int> codes{{"bad_request", 2},   {"missing_file", 3},
                                       {"corrupt_file", 3},  {"unsupported_model", 3},
                                       {"out_of_memory", 4}, {"internal", 1}};
    for (const auto& [kind, code] : codes) {
        const auto outcome = generate({"--json"}, {"ATELIER_FAKE_FAILURE=" + kind});
        EXPECT_EQ(outcome.code, code) << kind.toStdString();
        EXPECT_EQ(lines(outcome.out).rbegin()[1]["kind"], kind.toStdString());
    }
    EXPECT_TRUE(files("pictures").isEmpty());
}

TEST_F(ProgramTest, json_tells_of_a_refusal_too) {
    const auto outcome = generate({"--json", "--steps", "0"});
    const auto events = lines(outcome.out);
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0]["kind"], "bad_request");
}

TEST_F(ProgramTest, an_absent_engine_is_a_sentence) {
    const auto outcome = generate({}, {"ATELIER_ENGINE=/nowhere/engine.so"});
    EXPECT_EQ(outcome.code, 3);
    EXPECT_TRUE(outcome.errors.contains("/nowhere/engine.so")) << outcome.errors.toStdString();
}

TEST_F(ProgramTest, an_interrupt_ends_within_a_step_and_leaves_no_half_file) {
    for (const int signal : {SIGINT, SIGTERM}) {
        QProcess process;
        prepare(process, {"generate", "x", "--data", folder.path(), "--json", "--steps", "900"},
                {"ATELIER_FAKE_STEP_MS=50"});
        while (!process.readAllStandardOutput().contains("progress"))
            ASSERT_TRUE(process.waitForReadyRead(20000));
        kill(pid_t(process.processId()), signal);
        ASSERT_TRUE(process.waitForFinished(2000));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        EXPECT_EQ(process.exitCode(), 130);
        EXPECT_TRUE(files("pictures").isEmpty());
    }
}

TEST_F(ProgramTest, a_killed_program_leaves_whole_pictures_and_a_gallery_that_opens) {
    QProcess process;
    prepare(process, {"generate", "x", "--data", folder.path(), "--json", "--steps", "1", "--count",
                      "1000", "--size", "256x256"});
    QByteArray out;
    while (out.count("\"picture\",") < 5) {
        ASSERT_TRUE(process.waitForReadyRead(20000));
        out += process.readAllStandardOutput();
    }
    process.kill();
    ASSERT_TRUE(process.waitForFinished());
    gallery::GalleryDatabase database(folder.filePath("gallery.sqlite"));
    EXPECT_GE(database.count(), 5);
    for (const auto& picture : database.newest(1000))
        EXPECT_EQ(QImage(picture.path).size(), QSize(256, 256));
    ASSERT_EQ(generate({}).code, 0);
    for (const auto& name : files("pictures"))
        EXPECT_TRUE(name.endsWith(".png") || name.endsWith(".part")) << name.toStdString();
}

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

TEST_F(ProgramTest, help_and_version_need_no_engine) {
    const QStringList nowhere{"ATELIER_ENGINE=/nowhere/engine.so"};
    const auto help = run({"--help"}, nowhere);
    EXPECT_EQ(help.code, 0);
    EXPECT_TRUE(help.out.contains("generate"));
    EXPECT_EQ(run({"generate", "--help"}, nowhere).code, 0);
    EXPECT_TRUE(run({"--version"}, nowhere).out.startsWith("Atelier "));
    const auto wrong = run({"paint"}, nowhere);
    EXPECT_EQ(wrong.code, 2);
    EXPECT_TRUE(wrong.errors.contains("paint: expected a command (generate, "))
        << wrong.errors.toStdString();
    EXPECT_EQ(run({"generate"}, nowhere).code, 2);
}

QByteArray mapsOf(const QProcess& process) {
    QFile maps(QString("/proc/%1/maps").arg(process.processId()));
    return maps.open(QIODevice::ReadOnly) ? maps.readAll() : QByteArray();
}

TEST_F(ProgramTest, the_window_maps_libtorch_only_through_the_engine) {
    QProcess process;
    prepare(process, {"--data", folder.path()}, {"QT_QPA_PLATFORM=offscreen"});
    // The engine is asked for behind the first paint; here it is one without LibTorch.
    QByteArray maps;
    for (int i = 0; i < 400 && !maps.contains("libatelier_fake_engine"); ++i) {
        ASSERT_FALSE(process.waitForFinished(50)) << process.readAllStandardError().toStdString();
        maps = mapsOf(process);
    }
    EXPECT_TRUE(maps.contains("libatelier_fake_engine"));
    EXPECT_TRUE(maps.contains("libQt6Widgets"));
    EXPECT_FALSE(maps.contains("libtorch"));
    EXPECT_FALSE(maps.contains("libc10"));
    process.kill();
    process.waitForFinished();
}

TEST_F(ProgramTest, a_killed_window_leaves_its_queue) {
    const auto journal = folder.filePath("queue.sqlite");
    jobs::JobId id = 0;
    {
        jobs::JobQueue queue(journal);
        id = queue.add({.prompt = "long", .steps = 900, .seed = 5});
        queue.add({.prompt = "waiting"});
    }
    QProcess process;
    prepare(process, {"--data", folder.path()},
            {"QT_QPA_PLATFORM=offscreen", "ATELIER_FAKE_STEP_MS=50"});
    const auto isRunning = [&] {
        auto rows =
            storage::Sqlite(journal).run("SELECT count(*) FROM jobs WHERE state = 'running'");
        return rows.next() && rows.value(0).toInt() == 1;
    };
    for (int i = 0; i < 400 && !isRunning(); ++i) ASSERT_FALSE(process.waitForFinished(50));
    process.kill();
    ASSERT_TRUE(process.waitForFinished());
    const jobs::JobQueue queue(journal);
    ASSERT_EQ(queue.jobs().size(), 2);
    EXPECT_EQ(queue.find(id)->state, jobs::JobState::queued);
    EXPECT_EQ(queue.find(id)->attempts, 1);
    EXPECT_EQ(queue.next()->request.prompt, "long");
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
    EXPECT_EQ(run({"train", "/nowhere.pack", "--work", folder.path()}).code, 3);
    EXPECT_EQ(run({"train"}).code, 2);
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

TEST_F(ProgramTest, a_window_without_a_display_is_a_sentence) {
    const auto outcome = run({}, {"QT_QPA_PLATFORM=", "WAYLAND_DISPLAY="});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_TRUE(outcome.errors.contains("display")) << outcome.errors.toStdString();
    EXPECT_EQ(run({"--wrong"}).code, 2);
}

TEST_F(ProgramTest, libtorch_is_no_part_of_the_program) {
    QProcess ldd;
    ldd.start("ldd", {ATELIER_BINARY_DIR "/bin/atelier"});
    ASSERT_TRUE(ldd.waitForFinished());
    const auto libraries = ldd.readAllStandardOutput();
    EXPECT_TRUE(libraries.contains("libQt6Core"));
    EXPECT_FALSE(libraries.contains("libtorch"));
    EXPECT_FALSE(libraries.contains("libc10"));
}

TEST_F(ProgramTest, tells_what_a_picture_was_made_with) {
    const auto outcome = run({"info", ATELIER_TEST_DATA "/pictures/comfy_lora.png"});
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
    const auto outcome = run({"info", ATELIER_TEST_DATA "/pictures/plain.png", "--json"});
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(lines(outcome.out).at(0)["program"].is_null());
    EXPECT_EQ(run({"info", folder.filePath("none.png")}).code, 3);
}

}  // namespace
