#include "app/gallery/folder_scanner.h"

#include "app/gallery/describe.h"
#include "app/gallery/gallery_reader.h"
#include "app/gallery/image_store.h"
#include "app/gallery/picture_list.h"
#include "tests/app/gallery/library_support.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace gallery {
namespace {

using test_support::madePicture;
using test_support::writePlainPicture;

const QString data = QStringLiteral(ATELIER_SOURCE_DIR "/tests/data/metadata/pictures");

bool waitFor(const std::function<bool()>& condition) {
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < 8000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    return condition();
}

class ScannerTest : public testing::Test {
protected:
    ScanResult scan(const QStringList& paths, bool isImport = false) {
        std::optional<ScanResult> result;
        FolderScanner scanner(file_, own_);
        QObject::connect(&scanner, &FolderScanner::finished, &database_,
                         [&](const ScanResult& done) { result = done; });
        QObject::connect(&scanner, &FolderScanner::failed, &database_,
                         [&](const QString& message) { ADD_FAILURE() << qPrintable(message); });
        scanner.scan(paths, isImport);
        EXPECT_TRUE(waitFor([&] { return result.has_value(); }));
        return result.value_or(ScanResult());
    }

    QString copied(const QString& name, const QString& target) {
        QDir().mkpath(QFileInfo(target).path());
        EXPECT_TRUE(QFile::copy(data + "/" + name, target));
        QFile::setPermissions(target, QFile::ReadOwner | QFile::WriteOwner);
        return target;
    }

    Card cardOf(const QString& path) {
        storage::Sqlite reader(file_);
        const auto id = database_.findPath(path);
        return id ? GalleryReader::cardsOf(reader, {*id}).value(0) : Card();
    }

    QTemporaryDir folder_;
    QString file_ = folder_.filePath("gallery.sqlite");
    QString own_ = folder_.filePath("pictures");
    QString others_ = folder_.filePath("others");
    GalleryDatabase database_{file_};
};

TEST_F(ScannerTest, imports_pictures_of_other_programs_with_their_settings) {
    for (const QString name : {"a1111_unicode.jpg", "comfy_lora.png", "invoke_v4.png", "fooocus.jpg",
                               "swarm.png", "novelai_v4.png", "draw_things.png", "plain.png"})
        copied(name, others_ + "/" + name);
    const auto result = scan({others_}, true);
    EXPECT_EQ(result.added, 8);
    EXPECT_TRUE(result.isImport);
    const auto programOf = [&](const QString& name) {
        return database_.find(*database_.findPath(others_ + "/" + name))->program.section(' ', 0, 0);
    };
    EXPECT_EQ(programOf("a1111_unicode.jpg"), "A1111");
    EXPECT_EQ(programOf("comfy_lora.png"), "ComfyUI");
    EXPECT_EQ(programOf("invoke_v4.png"), "InvokeAI");
    EXPECT_EQ(programOf("fooocus.jpg"), "Fooocus");
    EXPECT_EQ(programOf("novelai_v4.png"), "NovelAI");
    EXPECT_TRUE(cardOf(others_ + "/comfy_lora.png").hasLora);
    EXPECT_TRUE(cardOf(others_ + "/plain.png").prompt.isEmpty());
    EXPECT_EQ(database_.count(), 0) << "the filmstrip shows what was made here";
}

TEST_F(ScannerTest, a_second_scan_finds_nothing_new) {
    copied("swarm.png", others_ + "/a/swarm.png");
    EXPECT_EQ(scan({others_}).added, 1);
    const auto again = scan({others_});
    EXPECT_EQ(again.added + again.changed + again.missing, 0);
}

TEST_F(ScannerTest, reads_a_changed_file_anew_and_keeps_its_marks) {
    const auto path = copied("swarm.png", others_ + "/x.png");
    scan({others_});
    const auto id = *database_.findPath(path);
    database_.setMarks({id}, {.rating = 4});
    QFile::remove(path);
    writePlainPicture(path, 40, 30);
    EXPECT_EQ(scan({others_}).changed, 1);
    EXPECT_EQ(cardOf(path).id, id);
    EXPECT_EQ(cardOf(path).width, 40);
    EXPECT_EQ(cardOf(path).marks.rating, 4);
}

TEST_F(ScannerTest, marks_missing_files_and_finds_them_again) {
    const auto path = copied("swarm.png", others_ + "/x.png");
    scan({others_});
    QFile::rename(path, folder_.filePath("away.png"));
    EXPECT_EQ(scan({others_}).missing, 1);
    EXPECT_EQ(cardOf(path).state, FileState::missing);
    QFile::rename(folder_.filePath("away.png"), path);
    scan({others_});
    EXPECT_EQ(cardOf(path).state, FileState::present);
}

TEST_F(ScannerTest, a_scan_that_is_stopped_takes_nothing_for_missing) {
    for (int i = 0; i < 60; ++i) {
        QDir().mkpath(others_);
        writePlainPicture(others_ + QString("/%1.png").arg(i));
    }
    scan({others_});
    for (int round = 0; round < 20; ++round) {
        FolderScanner scanner(file_, own_);
        scanner.scan({others_}, false);
        scanner.stop();
    }
    const auto known = database_.knownFiles(others_);
    ASSERT_EQ(known.size(), 60);
    for (const auto& file : known) EXPECT_EQ(file.facts.state, FileState::present);
}

TEST_F(ScannerTest, a_file_that_was_moved_keeps_its_marks) {
    const auto path = copied("swarm.png", others_ + "/a/x.png");
    QDir().mkpath(others_ + "/b");
    scan({others_});
    const auto id = *database_.findPath(path);
    database_.setMarks({id}, {.pick = Pick::picked});
    QFile::rename(path, others_ + "/b/x.png");
    const auto result = scan({others_});
    EXPECT_EQ(result.added + result.missing, 0);
    EXPECT_EQ(cardOf(others_ + "/b/x.png").id, id);
    EXPECT_EQ(cardOf(others_ + "/b/x.png").marks.pick, Pick::picked);
}

TEST_F(ScannerTest, a_broken_file_is_shown_as_such) {
    QDir().mkpath(others_);
    QFile broken(others_ + "/broken.png");
    ASSERT_TRUE(broken.open(QIODevice::WriteOnly));
    broken.write("\x89PNG\r\n\x1a\n and then nothing");
    broken.close();
    QFile empty(others_ + "/empty.jpg");
    ASSERT_TRUE(empty.open(QIODevice::WriteOnly));
    empty.close();
    EXPECT_EQ(scan({others_}).unreadable, 2);
    EXPECT_EQ(cardOf(broken.fileName()).state, FileState::unreadable);
    EXPECT_EQ(cardOf(empty.fileName()).state, FileState::unreadable);
}

TEST_F(ScannerTest, leaves_what_was_made_here_as_it_was_stored) {
    diffusion::Result made;
    made.request.prompt = "an owl";
    made.request.model = "/models/clay.safetensors";
    made.request.seed = 7;
    made.image = {8, 8, 3, std::vector<std::uint8_t>(8 * 8 * 3, 90)};
    ImageStore store(own_);
    const auto stored = database_.add(store.store(made));
    const auto result = scan({own_});
    EXPECT_EQ(result.added + result.changed, 0);
    EXPECT_EQ(*database_.find(stored.id), stored);
    database_.remove(stored.id);
    EXPECT_EQ(scan({own_}).added, 1);
    EXPECT_EQ(database_.newest(5).value(0).request.prompt, "an owl") << "it is one of ours";
}

TEST_F(ScannerTest, single_files_are_imported_where_they_are) {
    const auto path = copied("comfy_simple.webp", folder_.filePath("drop/one.webp"));
    copied("swarm.png", folder_.filePath("drop/two.png"));
    EXPECT_EQ(scan({path}, true).added, 1);
    EXPECT_TRUE(database_.holds(path));
    EXPECT_FALSE(database_.holds(folder_.filePath("drop/two.png")));
    storage::Sqlite reader(file_);
    EXPECT_EQ(GalleryReader::idsOf(reader, {.place = Place::lastImport}).size(), 1);
}

TEST_F(ScannerTest, the_report_tells_the_fate_of_each_field) {
    const auto report = reportOf(data + "/a1111_unicode.jpg", {});
    ASSERT_TRUE(report);
    EXPECT_GT(report->countOf(codec::foreign::Fate::identical), 0);
    EXPECT_GT(report->countOf(codec::foreign::Fate::unknown), 0) << "no engine, no samplers";
    EXPECT_FALSE(reportOf(data + "/plain.png", {}));
}

TEST_F(ScannerTest, the_list_follows_a_refresh_row_by_row) {
    for (int i = 1; i <= 6; ++i) database_.add(madePicture(QString("/a/%1.png").arg(i), "owl"));
    GalleryReader reader(file_);
    PictureList list(reader);
    list.setFilter({});
    ASSERT_TRUE(waitFor([&] { return list.isComplete(); }));
    ASSERT_EQ(list.rowCount(), 6);
    const QPersistentModelIndex kept = list.index(4);
    const auto id = list.idAt(4);
    const auto first = list.idAt(0);
    database_.markTrashed({{list.idAt(2), "/trash/x.png"}});
    int removed = 0;
    QObject::connect(&list, &PictureList::rowsRemoved, &list, [&] { ++removed; });
    list.refresh();
    ASSERT_TRUE(waitFor([&] { return list.rowCount() == 5; }));
    EXPECT_EQ(removed, 1);
    EXPECT_EQ(kept.row(), 3);
    EXPECT_EQ(list.idAt(3), id);
    EXPECT_EQ(list.rowOf(first), 0);
    ASSERT_TRUE(waitFor([&] { return list.card(3).id == id; }));
    EXPECT_EQ(list.card(3).prompt, "owl");
}

TEST_F(ScannerTest, counts_and_choices_come_from_the_same_pictures) {
    auto ink = madePicture("/a/1.png", "owl <lora:wash:1>");
    ink.modelName = "ink";
    database_.add(ink);
    database_.add(madePicture("/a/2.png", "owl"));
    GalleryReader reader(file_);
    std::optional<Counts> counts;
    std::optional<Choices> choices;
    QObject::connect(&reader, &GalleryReader::counts, &database_, [&](const Counts& c) { counts = c; });
    QObject::connect(&reader, &GalleryReader::choices, &database_,
                     [&](const Choices& c) { choices = c; });
    reader.askCounts({{5, PictureFilter{.models = {"ink"}}}});
    reader.askChoices();
    ASSERT_TRUE(waitFor([&] { return counts && choices; }));
    EXPECT_EQ(counts->all, 2);
    EXPECT_EQ(counts->searches.value(5), 1);
    EXPECT_EQ(counts->folders.value("/a"), 2);
    EXPECT_EQ(choices->models.size(), 2);
    EXPECT_EQ(choices->loras.value(0).name, "wash");
    EXPECT_EQ(choices->sizes.value(0).name, "512x512");
}

}  // namespace
}  // namespace gallery
