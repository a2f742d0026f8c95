// The real window with the model that ships, ended by SIGKILL at random moments while it works on its
// queue: no job is lost, no picture is lost or made twice, and each is, bit for bit, the one that an
// undisturbed program makes. ATELIER_KILLS sets how often (10), ATELIER_KILL_WITHIN after how many
// milliseconds at most (1600: more on a machine that is slow or busy, where a start takes longer);
// tests/bench/kill_at_random.sh does more.

#include "app/jobs/job_queue.h"
#include "app/storage/sqlite.h"

#include <QDir>
#include <QDirIterator>
#include <QImage>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <cstdio>
#include <random>

namespace {

using Pictures = QMap<QString, QList<QImage>>;  // by the seed at the end of the file's name

constexpr int secondsWithoutProgress = 300;

int numberFrom(const char* variable, int usual) {
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber && number > 0 ? number : usual;
}

int kills() {
    return numberFrom("ATELIER_KILLS", 10);
}

/// Different samplers, so that what they keep in mind differs: fresh noise, a Brownian tree, former
/// steps. Long enough that every kill interrupts something.
QList<diffusion::GenerationRequest> requests() {
    QList<diffusion::GenerationRequest> list;
    const char* samplers[] = {"DPM++ 2M", "Euler a", "DPM++ 2M SDE", "UniPC"};
    for (int i = 0; i < std::max(3, kills() / 3); ++i)
        list.append({.prompt = "red apple, 3d", .steps = 150, .seed = 1000 + 10 * i,
                     .count = 1 + i % 2, .sampler = samplers[i % 4]});
    return list;
}

class Program {
public:
    explicit Program(const QString& data) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("ATELIER_ENGINE"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), data + QStringLiteral("/home"));
        process_.setProcessEnvironment(environment);
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QStringLiteral(ATELIER_BINARY_DIR "/bin/atelier"),
                       {QStringLiteral("--data"), data});
        EXPECT_TRUE(process_.waitForStarted());
    }

    ~Program() { kill(); }

    void kill() {
        process_.kill();
        // Until it is gone: it holds the queue till then.
        process_.waitForFinished(-1);
    }

    bool isRunning() { return !process_.waitForFinished(0); }

private:
    QProcess process_;
};

class KillTest : public testing::Test {
protected:
    static QString journalOf(const QTemporaryDir& data) {
        return data.filePath(QStringLiteral("queue.sqlite"));
    }

    static void fillQueue(const QTemporaryDir& data) {
        jobs::JobQueue queue(journalOf(data));
        for (const auto& request : requests()) queue.add(request);
    }

    /// A job that was killed three times before it got on is put aside; somebody takes it up again.
    static void takeUpSuspended(const QTemporaryDir& data) {
        jobs::JobQueue queue(journalOf(data));
        for (const auto& job : queue.jobs())
            if (job.state == jobs::JobState::suspended) queue.markQueued(job.id);
    }

    static int jobsLeft(const QTemporaryDir& data) {
        storage::Sqlite journal(journalOf(data));
        auto rows = journal.run(QStringLiteral(
            "SELECT COUNT(*) FROM jobs WHERE state NOT IN ('finished', 'cancelled')"));
        return rows.next() ? rows.value(0).toInt() : -1;
    }

    /// Lets the program work until the queue is empty.
    static void finish(const QTemporaryDir& data) {
        takeUpSuspended(data);
        Program program(data.path());
        int left = jobsLeft(data);
        for (int turn = 0; left > 0 && turn < 10 * secondsWithoutProgress; ++turn) {
            ASSERT_TRUE(program.isRunning());
            QThread::msleep(100);
            const int now = jobsLeft(data);
            if (now != left) turn = 0;
            left = now;
        }
        EXPECT_EQ(left, 0);
    }

    static Pictures picturesOf(const QTemporaryDir& data) {
        Pictures pictures;
        QDirIterator files(data.filePath(QStringLiteral("pictures")), {QStringLiteral("*.png")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QImage image(files.next());
            EXPECT_FALSE(image.isNull()) << files.filePath().toStdString();
            pictures[files.fileInfo().completeBaseName().section(QLatin1Char('-'), 1)].append(image);
        }
        return pictures;
    }
};

TEST_F(KillTest, nothing_is_lost_and_pictures_are_the_same_bit_for_bit) {
    QTemporaryDir quiet, disturbed;
    fillQueue(quiet);
    fillQueue(disturbed);
    finish(quiet);

    std::mt19937 generator(20261121);  // NOLINT: the same moments every time
    std::uniform_int_distribution<unsigned long> moment(
        200, static_cast<unsigned long>(numberFrom("ATELIER_KILL_WITHIN", 1600)));
    int killed = 0;
    for (int i = 0; i < kills() && jobsLeft(disturbed) > 0; ++i) {
        takeUpSuspended(disturbed);
        Program program(disturbed.path());
        QThread::msleep(moment(generator));
        ASSERT_TRUE(program.isRunning()) << "after " << i << " kills";
        program.kill();
        ++killed;
    }
    std::printf("killed %d times, %d jobs left then\n", killed, jobsLeft(disturbed));
    EXPECT_GT(killed, kills() / 2);
    finish(disturbed);

    const auto expected = picturesOf(quiet);
    const auto found = picturesOf(disturbed);
    EXPECT_EQ(found.keys(), expected.keys());
    for (auto seed = expected.begin(); seed != expected.end(); ++seed) {
        ASSERT_EQ(seed->size(), 1) << seed.key().toStdString();
        ASSERT_EQ(found[seed.key()].size(), 1) << seed.key().toStdString();
        EXPECT_EQ(found[seed.key()].first(), seed->first()) << seed.key().toStdString();
    }
}

}  // namespace
