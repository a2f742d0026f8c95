// What stands behind the Training window without a widget: plans, what a trainer says, captions.

#include "app/ui/training/caption_folder.h"
#include "app/ui/training/training_journal.h"
#include "diffusion/error.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace {

using ui::TrainingPlan;

void write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
}

TrainingPlan inkPlan() {
    auto plan = ui::newTrainingPlan();
    plan.name = QStringLiteral("ink");
    plan.request.steps = 300;
    plan.request.minutes_per_save = 0.5;
    auto& lora = plan.request.lora;
    lora.folder = "/home/me/그림 폴더";
    lora.model = "/models/sd15.safetensors";
    lora.learning_rate = 2.5e-5;
    lora.rank = 8;
    lora.alpha = 4;
    lora.has_text_encoder = false;
    lora.recomputes = true;
    lora.schedule = "cosine";
    lora.sample_prompts = {"--a cat, \"ink\"", "개 한 마리"};
    lora.seed = 9223372036854775807;
    return plan;
}

TEST(TrainingPlan, SurvivesTheJournal) {
    const auto plan = inkPlan();
    const auto back = ui::planFromJson(ui::toJson(plan));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->name, plan.name);
    EXPECT_EQ(back->request.steps, 300);
    EXPECT_EQ(back->request.minutes_per_save, 0.5);
    const auto& lora = back->request.lora;
    EXPECT_EQ(lora.folder, plan.request.lora.folder);
    EXPECT_EQ(lora.model, plan.request.lora.model);
    EXPECT_EQ(lora.learning_rate, 2.5e-5);
    EXPECT_EQ(lora.rank, 8);
    EXPECT_EQ(lora.alpha, 4);
    EXPECT_FALSE(lora.has_text_encoder);
    EXPECT_TRUE(lora.recomputes);
    EXPECT_EQ(lora.schedule, "cosine");
    EXPECT_EQ(lora.seed, 9223372036854775807u);
    EXPECT_EQ(lora.sample_prompts, plan.request.lora.sample_prompts);
    EXPECT_EQ(ui::toJson(*back), ui::toJson(plan));
}

TEST(TrainingPlan, AHostileJournalLeavesTheDefaults) {
    EXPECT_FALSE(ui::planFromJson("nonsense"));
    EXPECT_FALSE(ui::planFromJson("[]"));
    EXPECT_FALSE(ui::planFromJson(R"({"name": "a/../../b", "kind": "lora"})"));
    EXPECT_FALSE(ui::planFromJson(R"({"name": "a", "kind": "nothing"})"));
    const auto plan = ui::planFromJson(
        R"({"name": "a", "kind": "lora", "folder": 3, "sample_prompts": {"x": 1}, "fields": {"rank": 1e300,
            "alpha": "much", "batch": -1, "learning_rate": 11, "schedule": "sawtooth", "steps": 7,
            "has_convolutions": 1}})");
    ASSERT_TRUE(plan);
    const diffusion::LoraTraining usual;
    EXPECT_EQ(plan->request.lora.rank, usual.rank);
    EXPECT_EQ(plan->request.lora.alpha, usual.alpha);
    EXPECT_EQ(plan->request.lora.batch, usual.batch);
    EXPECT_EQ(plan->request.lora.learning_rate, usual.learning_rate);
    EXPECT_EQ(plan->request.lora.schedule, usual.schedule);
    EXPECT_FALSE(plan->request.lora.has_convolutions);
    EXPECT_TRUE(plan->request.lora.folder.empty());
    EXPECT_EQ(plan->request.steps, 7);
}

TEST(TrainingPlan, TheTrainerIsToldEveryField) {
    const ui::TrainingPlaces places{QStringLiteral("/data")};
    const auto words = ui::trainerArguments(inkPlan(), places);
    EXPECT_EQ(words.mid(0, 3), (QStringList{QStringLiteral("train"), QStringLiteral("lora"),
                                            QStringLiteral("/home/me/그림 폴더")}));
    for (const char* word :
         {"--json", "--out=/data/lora/ink.safetensors", "--work=/data/training/ink", "--steps=300",
          "--rank=8", "--alpha=4.0", "--learning-rate=2.5e-05", "--no-text-encoder",
          "--checkpointing", "--schedule=cosine", "--model=/models/sd15.safetensors",
          "--sample=--a cat, \"ink\"", "--sample=개 한 마리", "--seed=9223372036854775807", "--sheet-steps=100", "--sheet-minutes=0.0",
          "--save-minutes=0.5", "--extent=0", "--data=/data"})
        EXPECT_TRUE(words.contains(QString::fromUtf8(word))) << word << " in\n"
                                                             << qPrintable(words.join('\n'));
    EXPECT_FALSE(words.contains(QStringLiteral("--conv")));
    EXPECT_FALSE(words.join(QLatin1Char(' ')).contains(QStringLiteral("--vectors")));
}

TEST(TrainingPlan, TheProgramUnderstandsWhatItIsTold) {
    for (const auto stage : {diffusion::TrainingStage::lora, diffusion::TrainingStage::embedding}) {
        QTemporaryDir data;
        auto plan = inkPlan();
        plan.request.lora.model.clear();
        ui::changeStage(plan, stage);
        QProcess program;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("ATELIER_ENGINE"),
                           QStringLiteral(ATELIER_BINARY_DIR "/tests/libatelier_fake_engine.so"));
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(ATELIER_BINARY_DIR "/bin/atelier"),
                      ui::trainerArguments(plan, {data.path()}));
        ASSERT_TRUE(program.waitForFinished(60000));
        // The fake engine misses a pack; an option that is not known or can't be would be 2.
        EXPECT_EQ(program.exitCode(), 3) << program.readAllStandardError().toStdString();
    }
}

TEST(TrainingPlan, AnEmbeddingHasAnotherPlaceAndItsOwnRate) {
    auto plan = inkPlan();
    plan.request.lora.batch = 3;
    ui::changeStage(plan, diffusion::TrainingStage::embedding);
    EXPECT_EQ(plan.lessons().batch, 3);
    EXPECT_EQ(plan.lessons().learning_rate, diffusion::EmbeddingTraining().learning_rate);
    const auto words = ui::trainerArguments(plan, {QStringLiteral("/data")});
    EXPECT_EQ(words[1], QStringLiteral("embedding"));
    EXPECT_TRUE(words.contains(QStringLiteral("--out=/data/embeddings/ink.safetensors")));
    EXPECT_TRUE(words.contains(QStringLiteral("--name=ink")));
    EXPECT_FALSE(words.contains(QStringLiteral("--rank=8")));
    EXPECT_EQ(ui::promptWith(QStringLiteral("a cat"), plan), QStringLiteral("a cat, ink"));
}

TEST(TrainingPlan, ThePromptGetsTheResultOnce) {
    const auto plan = inkPlan();
    EXPECT_EQ(ui::promptWith({}, plan), QStringLiteral("<lora:ink:1>"));
    EXPECT_EQ(ui::promptWith(QStringLiteral("a cat"), plan), QStringLiteral("a cat <lora:ink:1>"));
    EXPECT_EQ(ui::promptWith(QStringLiteral("a cat <lora:ink:0.5>"), plan),
              QStringLiteral("a cat <lora:ink:0.5>"));
}

TEST(TrainingPlan, NamesThatNoFileOrPromptCanHaveAreRefused) {
    for (const char* name : {"ink", "잉크 그림", "v2.1", "a-b_c"})
        EXPECT_TRUE(ui::isTrainingName(QString::fromUtf8(name))) << name;
    for (const char* name :
         {"", " ink", "ink ", ".ink", "..", "a/b", "a:b", "a>b", "a,b", "a\nb", "(a)"})
        EXPECT_FALSE(ui::isTrainingName(QString::fromUtf8(name))) << name;
    EXPECT_FALSE(ui::isTrainingName(QString(81, QLatin1Char('a'))));
}

TEST(TrainingReport, TakesStepsLossesSheetsAndTheEnd) {
    ui::TrainingReport report;
    report.take(ui::startLine().trimmed());
    report.take(
        R"({"event":"progress","stage":"lora","step":0,"loss":0,"message":"reading the unet"})");
    EXPECT_EQ(report.message, QStringLiteral("reading the unet"));
    EXPECT_TRUE(report.curve.isEmpty());
    report.take(
        R"({"event":"progress","step":0,"loss":0,"message":"bad.png is left out: The picture bad.png can't be read: x."})");
    report.take(
        R"({"event":"progress","step":10,"loss":0.5,"pictures_per_second":2.5,"seconds_left":40})");
    report.take(
        R"({"event":"progress","step":20,"loss":0.25,"pictures_per_second":2.5,"message":"wrote /w/sheets/lora-0000020.png"})");
    EXPECT_EQ(report.step, 20);
    EXPECT_EQ(report.loss, 0.25);
    EXPECT_EQ(report.secondsLeft, -1);
    EXPECT_EQ(report.sheets,
              (QList<ui::SampleSheet>{{20, QStringLiteral("/w/sheets/lora-0000020.png"), {}}}));
    EXPECT_EQ(report.leftOut.size(), 1);
    EXPECT_EQ(report.curve, (QList<ui::LossPoint>{{10, 0.5}, {20, 0.25}}));
    report.take(
        R"({"event":"progress","step":20,"loss":0.25,"message":"wrote /w/ink-000020.safetensors"})");
    EXPECT_FALSE(report.isWritten) << "a copy is not the end";
    report.take(R"({"event":"progress","step":0,"loss":0,"message":"wrote /w/ink.safetensors"})");
    EXPECT_TRUE(report.isWritten);
    EXPECT_EQ(report.step, 20);
}

TEST(TrainingReport, ARunThatGoesOnDrawsWhatItDoesAgainAnew) {
    ui::TrainingReport report;
    for (const char* line : {R"({"event":"progress","step":10,"loss":3})",
                             R"({"event":"progress","step":20,"loss":2})",
                             R"({"event":"progress","step":30,"loss":1})",
                             R"({"event":"error","message":"disk full"})", R"({"event":"start"})",
                             R"({"event":"progress","step":15,"loss":2.5})"})
        report.take(line);
    EXPECT_EQ(report.curve, (QList<ui::LossPoint>{{10, 3}, {15, 2.5}}));
    EXPECT_TRUE(report.error.isEmpty());
}

TEST(TrainingReport, SheetsHaveTheirStepAndThePromptsOfTheirRun) {
    const auto sheet = [](int step) {
        return QByteArray(R"({"event":"progress","loss":1,"step":)") + QByteArray::number(step) +
               R"(,"message":"wrote /w/sheets/lora-)" + QByteArray::number(step) + R"(.png"})";
    };
    const QStringList two{QStringLiteral("a \"cat\""), QString::fromUtf8("개")};
    ui::TrainingReport report;
    report.take(ui::startLine().trimmed());
    report.take(sheet(10));
    report.take(sheet(20));
    report.take(ui::startLine(two).trimmed());
    report.take(sheet(20));
    report.take(sheet(30));
    EXPECT_EQ(report.sheets,
              (QList<ui::SampleSheet>{{10, QStringLiteral("/w/sheets/lora-10.png"), {}},
                                      {20, QStringLiteral("/w/sheets/lora-20.png"), two},
                                      {30, QStringLiteral("/w/sheets/lora-30.png"), two}}));
    report.take(R"({"event":"start","samples":{"a":1}})");
    EXPECT_TRUE(report.prompts.isEmpty());
}

TEST(TrainingFolder, KeepsItsTrainingUnderAnotherNameButACopyIsNone) {
    QTemporaryDir data;
    const ui::TrainingPlaces places{data.path()};
    ASSERT_TRUE(QDir().mkpath(places.work(QStringLiteral("ink"))));
    ui::writeJournal(places, inkPlan(), {});
    write(places.log(QStringLiteral("ink")),
          R"({"event":"progress","step":4,"loss":1,"message":"wrote /old/ink/sheets/lora-4.png"})"
          "\n");
    ASSERT_TRUE(QFile::rename(places.work(QStringLiteral("ink")), places.work(QStringLiteral("oil"))));
    const auto oil = ui::readTraining(places, QStringLiteral("oil"));
    EXPECT_EQ(oil.plan.name, QStringLiteral("oil"));
    ASSERT_EQ(oil.report.sheets.size(), 1);
    EXPECT_EQ(oil.report.sheets[0].file,
              places.work(QStringLiteral("oil")) + QStringLiteral("/sheets/lora-4.png"));
    ui::writeJournal(places, oil.plan, {});
    ASSERT_TRUE(QDir().mkpath(places.work(QStringLiteral("copy"))));
    QFile::copy(places.journal(QStringLiteral("oil")), places.journal(QStringLiteral("copy")));
    EXPECT_EQ(ui::readTrainings(places).size(), 1);
}

TEST(TrainingFolder, AResultInTheWayLeavesEverythingAsItWas) {
    QTemporaryDir data;
    const ui::TrainingPlaces places{data.path()};
    ui::Training training;
    training.plan = inkPlan();
    auto oil = training.plan;
    oil.name = QStringLiteral("oil");
    ASSERT_TRUE(QDir().mkpath(places.work(QStringLiteral("ink"))));
    ASSERT_TRUE(QDir().mkpath(places.work(QStringLiteral("oil"))));
    ASSERT_TRUE(QDir().mkpath(QFileInfo(places.result(oil)).path()));
    ui::writeJournal(places, training.plan, {});
    write(places.result(training.plan), "ink's");
    EXPECT_THROW(ui::renameTraining(places, training, oil.name), diffusion::Error)
        << "the folder is taken";
    EXPECT_EQ(bytesOf(places.result(training.plan)), "ink's");
    QDir(places.work(QStringLiteral("oil"))).removeRecursively();
    write(places.result(oil), "oil's");
    EXPECT_THROW(ui::renameTraining(places, training, oil.name), diffusion::Error);
    EXPECT_EQ(bytesOf(places.result(oil)), "oil's");
    EXPECT_EQ(ui::readTraining(places, QStringLiteral("ink")).plan.name, QStringLiteral("ink"));
}

TEST(TrainingReport, WhatIsNoReportChangesNothing) {
    ui::TrainingReport report;
    for (const char* line :
         {"", "null", "[1]", "{", "{\"event\":3}", R"({"event":"progress","step":"7","loss":{}})",
          R"({"event":"progress","step":5,"loss":-1})"})
        report.take(line);
    EXPECT_TRUE(report.curve.isEmpty());
    EXPECT_EQ(report.loss, -1);
}

TEST(CaptionFolder, CaptionsStandBesideThePictures) {
    QTemporaryDir folder;
    for (const char* name : {"b.png", "a.JPG", "empty.png", "notes.md"})
        write(folder.filePath(QString::fromUtf8(name)), "x");
    write(folder.filePath(QStringLiteral("b.txt")), " 잉크 그림, a cat \n");
    write(folder.filePath(QStringLiteral("a.txt")), "a dog");
    const auto read = ui::readCaptionFolder(folder.path());
    ASSERT_EQ(read.pictures.size(), 3);
    EXPECT_FALSE(read.hasList);
    EXPECT_EQ(read.pictures[0].caption, QStringLiteral("a dog"));
    EXPECT_EQ(read.pictures[1].caption, QString::fromUtf8("잉크 그림, a cat"));
    EXPECT_TRUE(read.pictures[2].caption.isEmpty());
    EXPECT_EQ(read.captioned(), 2);
    EXPECT_FALSE(ui::readCaptionFolder(folder.filePath(QStringLiteral("nowhere"))).isThere);
}

TEST(CaptionFolder, ATextGoesBeforeTheListAndTheListIsNeverTouched) {
    QTemporaryDir folder;
    const QByteArray list =
        "{\"file\": \"a.png\", \"caption\": \"listed\"}\nnonsense\n"
        "{\"file_name\": \"b.png\", \"en\": \"apple\", \"style_en\": \"3d\"}\n"
        "{\"file\": \"../c.png\", \"caption\": \"x\"}\n{\"file\": \"gone.png\", \"text\": \"y\"}\n";
    write(folder.filePath(QStringLiteral("captions.jsonl")), list);
    for (const char* name : {"a.png", "b.png"})
        write(folder.filePath(QString::fromUtf8(name)), "x");
    auto read = ui::readCaptionFolder(folder.path());
    EXPECT_TRUE(read.hasList);
    EXPECT_EQ(read.badLines, 2);
    ASSERT_EQ(read.pictures.size(), 3);
    EXPECT_EQ(read.pictures[0].caption, QStringLiteral("listed"));
    EXPECT_EQ(read.pictures[1].caption, QStringLiteral("apple, 3d"));
    EXPECT_FALSE(read.pictures[2].isThere);
    ui::writeCaption(read.pictures[0].path, QStringLiteral("written by hand"));
    read = ui::readCaptionFolder(folder.path());
    EXPECT_EQ(read.pictures[0].caption, QStringLiteral("written by hand"));
    ui::writeCaption(read.pictures[0].path, {});
    EXPECT_EQ(ui::readCaptionFolder(folder.path()).pictures[0].caption, QStringLiteral("listed"));
    EXPECT_EQ(bytesOf(folder.filePath(QStringLiteral("captions.jsonl"))), list);
}

TEST(CaptionFolder, ACaptionIsWrittenWholeAndOneThatCantBeIsToldOf) {
    QTemporaryDir folder;
    const auto picture = folder.filePath(QStringLiteral("a.b.png"));
    ui::writeCaption(picture, QStringLiteral("  two words \n"));
    EXPECT_EQ(bytesOf(folder.filePath(QStringLiteral("a.b.txt"))), "two words\n");
    EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden),
              QStringList(QStringLiteral("a.b.txt")));
    // A file stands where a folder would have to.
    EXPECT_THROW(
        ui::writeCaption(folder.filePath(QStringLiteral("a.b.txt/a.png")), QStringLiteral("x")),
        diffusion::Error);
}

TEST(CaptionFolder, DroppedPicturesAreCopiedWithTheirCaptionsAndTakenNamesAreLeft) {
    QTemporaryDir from, to;
    for (const char* name : {"a.png", "b.png", "c.md"})
        write(from.filePath(QString::fromUtf8(name)), "new");
    write(from.filePath(QStringLiteral("a.txt")), "a cat");
    write(to.filePath(QStringLiteral("b.png")), "old");
    const auto left = ui::addPictures(
        to.path(), {from.filePath(QStringLiteral("a.png")), from.filePath(QStringLiteral("b.png")),
                    from.filePath(QStringLiteral("c.md"))});
    EXPECT_EQ(left, (QStringList{QStringLiteral("b.png"), QStringLiteral("c.md")}));
    EXPECT_EQ(bytesOf(to.filePath(QStringLiteral("a.png"))), "new");
    EXPECT_EQ(bytesOf(to.filePath(QStringLiteral("a.txt"))), "a cat\n");
    EXPECT_EQ(bytesOf(to.filePath(QStringLiteral("b.png"))), "old");
}

}  // namespace
