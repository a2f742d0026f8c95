// The library's figures with any number of pictures: how soon the first page is there, what a frame of
// scrolling costs, how long a search takes, what memory grows by from end to end.
//
//   atelier_library_bench make FOLDER --pictures 100000     writes pictures and their index
//   atelier_library_bench measure FOLDER                     shows them and measures
//
// Beside the time on the clock stands the processor time of the thread that does the work: on a machine
// that is busy with other things only the second says what the program costs.
//
// Pictures are links to a few hundred real PNG files of 512x512, so each of them is decoded as one.

#include "app/gallery/gallery_database.h"
#include "app/storage/sqlite.h"
#include "app/ui/desktop.h"
#include "app/ui/library/library_desk.h"
#include "app/ui/library/library_view.h"
#include "app/ui/library/picture_grid.h"
#include "tests/support/fake_engine.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <unistd.h>
#include <vector>

namespace {

constexpr int originals = 400;
constexpr int frames = 900;
constexpr double frameMilliseconds = 1000.0 / 60;

const QStringList words{"owl",   "fox",    "paper lantern", "night forest", "3d sticker", "matte clay",
                        "crescent moon", "castle", "boat", "watercolor", "portrait", "city street",
                        "하트",  "고양이를", "파란 하늘",   "종이 등불",   "숲속의 부엉이", "별이 빛나는 밤",
                        "spring flowers", "golden hour", "macro photo", "ink drawing", "robot", "tea house"};
const QStringList models{"Clay Toys", "Ink Wash", "Photo Real", "Atelier Stickers", "Anime Lines"};
const QStringList loras{"clay-toys", "soft-light", "ink", "detail", "paper"};
const QStringList samplers{"Euler", "Euler a", "DPM++ 2M", "Heun"};
const QList<QSize> sizes{{512, 512}, {512, 768}, {768, 512}, {1024, 1024}, {640, 640}};

template <typename List>
auto any(QRandomGenerator& random, const List& list) {
    return list[random.bounded(int(list.size()))];
}

gallery::FoundPicture madePicture(QRandomGenerator& random, const QString& path, int number) {
    gallery::FoundPicture made;
    auto& picture = made.picture;
    QStringList prompt;
    for (int i = 0; i < 8; ++i) prompt << any(random, words);
    if (random.bounded(4) == 0) prompt << "<lora:" + any(random, loras) + ":0.8>";
    // One in two hundred has a word that few others have.
    if (number % 200 == 0) prompt << "needle하트꽃";
    picture.path = path;
    picture.created = QDateTime(QDate(2024, 1, 1), QTime(8, 0)).addSecs(qint64(number) * 300);
    picture.request.prompt = prompt.join(", ").toStdString();
    picture.request.seed = random.bounded(1 << 30);
    picture.request.sampler = any(random, samplers).toStdString();
    picture.modelName = any(random, models);
    const auto size = any(random, sizes);
    picture.width = picture.request.width = size.width();
    picture.height = picture.request.height = size.height();
    made.facts.bytes = QFileInfo(path).size();
    made.facts.time = QFileInfo(path).lastModified().toMSecsSinceEpoch();
    return made;
}

/// Noise over a gradient: a file of the size that a made picture has.
void writeOriginal(const QString& path, int number) {
    QImage image(512, 512, QImage::Format_RGB32);
    QRandomGenerator random{quint32(number)};
    const auto base = QColor::fromHsv(number * 37 % 360, 90, 200);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int grain = int(random.bounded(24));
            line[x] = qRgb((base.red() + x / 4 + grain) & 255, (base.green() + y / 4 + grain) & 255,
                           (base.blue() + grain) & 255);
        }
    }
    image.save(path);
}

int make(const QString& folder, int count) {
    QDir().mkpath(folder + "/originals");
    for (int i = 0; i < originals; ++i)
        writeOriginal(QString("%1/originals/%2.png").arg(folder).arg(i), i);
    gallery::GalleryDatabase database(folder + "/data/gallery.sqlite");
    QRandomGenerator random{7};
    QList<gallery::FoundPicture> batch;
    for (int i = 0; i < count; ++i) {
        const auto day = QString("%1/pictures/%2").arg(folder).arg(i / 400, 4, 10, QChar('0'));
        if (i % 400 == 0) QDir().mkpath(day);
        const auto path = QString("%1/%2.png").arg(day).arg(i, 6, 10, QChar('0'));
        const auto original = QString("%1/originals/%2.png").arg(folder).arg(i % originals);
        if (::link(QFile::encodeName(original), QFile::encodeName(path)) != 0) return 1;
        batch << madePicture(random, path, i);
        if (batch.size() == 500 || i + 1 == count) database.addFound(std::exchange(batch, {}));
    }
    QList<gallery::PictureId> marked;
    for (int i = 1; i <= count; i += 7) marked << i;
    database.setMarks(marked, {.rating = 4, .pick = gallery::Pick::picked});
    return 0;
}

double share(std::vector<double> times, double part) {
    if (times.empty()) return 0;
    std::sort(times.begin(), times.end());
    return times[std::min(times.size() - 1, size_t(double(times.size()) * part))];
}

double residentMebibytes() {
    QFile file("/proc/self/statm");
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return file.readAll().split(' ')[1].toDouble() * double(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

/// Of this thread.
double processorMilliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// On the clock and on the processor.
struct Times {
    std::vector<double> clock;
    std::vector<double> processor;
};

void until(const std::function<bool()>& condition) {
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < 60000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
}

void rest(int milliseconds) {
    QElapsedTimer clock;
    clock.start();
    until([&] { return clock.elapsed() > milliseconds; });
}

void say(const char* what, double value, const char* unit) {
    std::printf("%-46s %9.2f %s\n", what, value, unit);
    std::fflush(stdout);
}

class Measurement {
public:
    explicit Measurement(ui::Workbench& bench)
        : desk_(bench.library()), actions_(&window_), view_(bench, desk_, actions_) {
        view_.resize(1600, 950);
    }

    void run() {
        firstPage();
        scroll();
        search();
        endToEnd();
    }

private:
    /// Every cell that is seen has its card; with pictures, its thumbnail too.
    bool isPainted(bool withPictures) {
        auto* grid = view_.grid();
        const auto last = grid->indexAt({grid->viewport()->width() - 40, grid->viewport()->height() - 40});
        const int first = grid->indexAt({40, 40}).row();
        if (first < 0 || !last.isValid()) return false;
        for (int row = first; row <= last.row(); ++row) {
            const auto card = desk_.list().card(row);
            if (card.id == 0) return false;
            if (withPictures && desk_.thumbnails().find(card.path).isNull()) return false;
        }
        return true;
    }

    void firstPage() {
        QElapsedTimer clock;
        double whole = 0;
        const auto link = QObject::connect(&desk_.list(), &gallery::PictureList::answered, &view_, [&, this] {
            if (whole == 0 && desk_.list().isComplete()) whole = double(clock.nsecsElapsed()) / 1e6;
        });
        clock.start();
        const double before = processorMilliseconds();
        view_.show();
        desk_.open();
        until([&] { return isPainted(false); });
        view_.grid()->viewport()->repaint();
        say("first page, cells with marks: clock", double(clock.nsecsElapsed()) / 1e6, "ms");
        say("first page, window's thread: processor", processorMilliseconds() - before, "ms");
        until([&] { return isPainted(true); });
        view_.grid()->viewport()->repaint();
        say("first page, with every thumbnail: clock", double(clock.nsecsElapsed()) / 1e6, "ms");
        until([&] { return desk_.list().isComplete(); });
        QObject::disconnect(link);
        say("the whole list is known after", whole, "ms");
        say("pictures in the list", desk_.list().rowCount(), "");
        // The folders are looked through in the meantime; what follows shall not measure that.
        until([&] { return !desk_.isScanning(); });
        rest(500);
        base_ = residentMebibytes();
    }

    void frame(int value, Times& times) {
        QElapsedTimer clock;
        clock.start();
        const double before = processorMilliseconds();
        view_.grid()->verticalScrollBar()->setValue(value);
        QCoreApplication::processEvents();
        times.processor.push_back(processorMilliseconds() - before);
        times.clock.push_back(double(clock.nsecsElapsed()) / 1e6);
        while (double(clock.nsecsElapsed()) / 1e6 < frameMilliseconds) QThread::usleep(300);
    }

    void scroll() {
        auto* bar = view_.grid()->verticalScrollBar();
        for (const auto& [name, step] : {std::pair{"wheel, 40 px a frame", 40},
                                         {"fast, 400 px a frame", 400},
                                         {"bar dragged over all", bar->maximum() / frames}}) {
            Times times;
            for (int i = 0; i < frames && i * step <= bar->maximum(); ++i) frame(i * step, times);
            const std::string what = std::string("scroll p99, ") + name;
            say((what + ": clock").c_str(), share(times.clock, 0.99), "ms");
            say((what + ": processor").c_str(), share(times.processor, 0.99), "ms");
            bar->setValue(0);
            rest(300);
        }
    }

    static QList<gallery::PictureFilter> questions() {
        const QStringList queries{"하트", "트", "를", "부엉", "빛나", "owl", "needle", "하트꽃",
                                  "paper lan", "robot tea", "zebra", "3d", "a", "종이 고양"};
        QList<gallery::PictureFilter> questions;
        for (int round = 0; round < 6; ++round)
            for (const auto& query : queries) {
                gallery::PictureFilter filter;
                filter.words = query;
                if (round % 3 == 1) filter.leastStars = 3;
                if (round % 3 == 2) filter.models = {models[round % models.size()]};
                questions << filter;
            }
        return questions;
    }

    /// What the thread that answers computes, by itself.
    void askHere() {
        storage::Sqlite file(desk_.studio().places().data + "/gallery.sqlite");
        std::vector<double> first;
        std::vector<double> whole;
        for (const auto& question : questions()) {
            const double before = processorMilliseconds();
            gallery::GalleryReader::idsOf(file, question, 400);
            const double between = processorMilliseconds();
            gallery::GalleryReader::idsOf(file, question);
            first.push_back(between - before);
            whole.push_back(processorMilliseconds() - between);
        }
        say("search p95, first results: processor", share(first, 0.95), "ms");
        say("search p95, whole list: processor", share(whole, 0.95), "ms");
    }

    void search() {
        askHere();
        std::vector<double> first;
        std::vector<double> whole;
        for (const auto& question : questions()) {
            QElapsedTimer clock;
            int answers = 0;
            const auto link = QObject::connect(
                &desk_.list(), &gallery::PictureList::answered, &view_, [&] {
                    if (answers++ == 0) first.push_back(double(clock.nsecsElapsed()) / 1e6);
                });
            clock.start();
            desk_.setFilter(question);
            until([&] { return desk_.list().isComplete() && answers > 0; });
            whole.push_back(double(clock.nsecsElapsed()) / 1e6);
            QObject::disconnect(link);
            rest(20);
        }
        say("search p50, first results: clock", share(first, 0.5), "ms");
        say("search p95, first results: clock", share(first, 0.95), "ms");
        say("search p95, whole list: clock", share(whole, 0.95), "ms");
        desk_.setFilter({});
        until([&] { return desk_.list().isComplete(); });
    }

    void endToEnd() {
        auto* bar = view_.grid()->verticalScrollBar();
        double most = 0;
        for (int value = 0; value < bar->maximum(); value += bar->pageStep()) {
            bar->setValue(value);
            QCoreApplication::processEvents();
            QThread::msleep(3);
            most = std::max(most, residentMebibytes());
        }
        rest(1000);
        say("memory with the first page", base_, "MiB");
        say("its growth after everything, end to end", residentMebibytes() - base_, "MiB");
        say("the same at its most", most - base_, "MiB");
    }

    double base_ = 0;
    QWidget window_;
    ui::LibraryDesk& desk_;
    ui::Actions actions_;
    ui::LibraryView view_;
};

int measure(const QString& folder) {
    studio::Options options;
    options.places.data = folder + "/data";
    options.places.pictures = folder + "/pictures";
    options.places.models = folder + "/models";
    options.engine = [] { return std::make_unique<test_support::FakeEngine>(); };
    studio::Studio studio(std::move(options));
    ui::Workbench bench(studio);
    Measurement(bench).run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const auto arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        std::fprintf(stderr, "usage: atelier_library_bench make|measure FOLDER [--pictures N]\n");
        return 2;
    }
    const int at = int(arguments.indexOf("--pictures"));
    const int count = at > 0 ? arguments.value(at + 1).toInt() : 100000;
    if (arguments[1] == "make") return make(arguments[2], count);
    ui::dressApplication();
    return measure(arguments[2]);
}
