// The program as a process, over the fake engine: exit codes, what it prints, what it leaves
// behind.

#include "tests/app/cli/program.h"

#include "app/gallery/gallery_database.h"
#include "app/gallery/image_metadata.h"
#include "app/jobs/job_queue.h"

#include <QFile>
#include <QImage>

#include <csignal>

namespace {

using test_support::lines;
using test_support::Outcome;
using test_support::ProgramTest;

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

}  // namespace
