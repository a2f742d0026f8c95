#include "app/jobs/job_runner.h"

#include "app/jobs/engine_library.h"
#include "tests/app/support/requests.h"
#include "tests/support/fake_engine.h"

#include <QEventLoop>
#include <QThread>

#include <gtest/gtest.h>

#include <atomic>

namespace jobs {
namespace {

using test_support::FakeEngine;
using test_support::FakeScript;
using test_support::wait_until;

/// A queue, a runner over the fake engine, and what came out.
struct Bench {
    explicit Bench(FakeScript script = {})
        : runner(
              queue, [script] { return std::make_unique<FakeEngine>(script); },
              [this](JobId, const diffusion::Result& result) {
                  seeds.append(result.request.seed);
              }) {
        QObject::connect(&runner, &JobRunner::progress, [this](JobId, const auto&) { ++reports; });
        QObject::connect(&runner, &JobRunner::failed,
                         [this](JobId, diffusion::ErrorKind kind, const QString& text) {
                             failureKind = kind;
                             failure = text;
                         });
        runner.start();
    }

    bool waitForEnd(JobId id) {
        return wait_until([&] { return queue.find(id)->isOver(); });
    }

    JobQueue queue{":memory:"};
    QList<qint64> seeds;  // written by the engine thread, read when the job is over
    int reports = 0;
    diffusion::ErrorKind failureKind{};
    QString failure;
    JobRunner runner;
};

TEST(JobRunner, runs_jobs_in_order_with_a_report_for_each_step) {
    Bench bench;
    bench.queue.add({.steps = 3, .seed = 10, .count = 2});
    const auto last = bench.queue.add({.steps = 3, .seed = 20});
    ASSERT_TRUE(bench.waitForEnd(last));
    EXPECT_EQ(bench.seeds, QList<qint64>({10, 11, 20}));
    EXPECT_EQ(bench.reports, 9);
    EXPECT_EQ(bench.queue.find(last)->state, JobState::finished);
}

TEST(JobRunner, goes_on_behind_the_pictures_that_are_stored) {
    Bench bench;
    const auto id = bench.queue.add({.seed = 10, .count = 3});
    bench.queue.markPicture(id);
    ASSERT_TRUE(bench.waitForEnd(id));
    EXPECT_EQ(bench.seeds, QList<qint64>({11, 12}));
}

TEST(JobRunner, cancel_ends_the_running_job_within_a_step) {
    Bench bench({.step_time = std::chrono::milliseconds(20)});
    const auto id = bench.queue.add({.steps = 1000, .seed = 1});
    const auto waiting = bench.queue.add({.seed = 2});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 0; }));
    bench.runner.cancel(waiting);
    bench.runner.cancel(id);
    ASSERT_TRUE(bench.waitForEnd(id));
    EXPECT_LT(bench.reports, 20);
    EXPECT_EQ(bench.queue.find(id)->state, JobState::cancelled);
    EXPECT_EQ(bench.queue.find(waiting)->state, JobState::cancelled);
    EXPECT_TRUE(bench.seeds.isEmpty());
}

TEST(JobRunner, a_suspended_job_goes_on_when_it_is_taken_up) {
    Bench bench({.step_time = std::chrono::milliseconds(5)});
    const auto id = bench.queue.add({.steps = 40, .seed = 1, .count = 2});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 2; }));
    bench.runner.suspend(id);
    ASSERT_TRUE(wait_until([&] { return bench.queue.find(id)->state == JobState::suspended; }));
    const auto next = bench.queue.add({.steps = 1, .seed = 50});
    ASSERT_TRUE(bench.waitForEnd(next));
    EXPECT_EQ(bench.seeds, QList<qint64>({50}));
    bench.queue.markQueued(id);
    bench.runner.runWaiting();
    ASSERT_TRUE(bench.waitForEnd(id));
    EXPECT_EQ(bench.queue.find(id)->state, JobState::finished);
    EXPECT_EQ(bench.seeds, QList<qint64>({50, 1, 2}));
}

TEST(JobRunner, a_waiting_job_is_suspended_at_once) {
    Bench bench({.step_time = std::chrono::milliseconds(5)});
    bench.queue.add({.steps = 1000, .seed = 1});
    const auto id = bench.queue.add({.seed = 2});
    bench.runner.suspend(id);
    EXPECT_EQ(bench.queue.find(id)->state, JobState::suspended);
}

TEST(JobRunner, skipping_leaves_out_the_picture_at_work) {
    Bench bench({.step_time = std::chrono::milliseconds(5)});
    const auto id = bench.queue.add({.steps = 30, .seed = 10, .count = 3});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 35; }));
    bench.runner.skip(id);
    ASSERT_TRUE(bench.waitForEnd(id));
    EXPECT_EQ(bench.seeds, QList<qint64>({10, 12}));
    EXPECT_EQ(bench.queue.find(id)->state, JobState::finished);
    const auto single = bench.queue.add({.steps = 1000, .seed = 20});
    const int before = bench.reports;
    ASSERT_TRUE(wait_until([&] { return bench.reports > before; }));
    bench.runner.skip(single);
    ASSERT_TRUE(bench.waitForEnd(single));
    EXPECT_EQ(bench.queue.find(single)->state, JobState::cancelled);
}

TEST(JobRunner, a_paused_queue_finishes_what_runs_and_begins_nothing) {
    Bench bench({.step_time = std::chrono::milliseconds(2)});
    const auto first = bench.queue.add({.steps = 10, .seed = 1});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 0; }));
    bench.runner.setPaused(true);
    const auto second = bench.queue.add({.steps = 1, .seed = 2});
    ASSERT_TRUE(bench.waitForEnd(first));
    QEventLoop turns;
    for (int turn = 0; turn < 100; ++turn) turns.processEvents();
    EXPECT_EQ(bench.queue.find(second)->state, JobState::queued);
    bench.runner.setPaused(false);
    ASSERT_TRUE(bench.waitForEnd(second));
}

TEST(JobRunner, an_error_fails_its_job_and_the_next_one_runs) {
    Bench bench;
    const auto bad = bench.queue.add({.seed = 1, .sampler = "nope"});
    const auto good = bench.queue.add({.seed = 2});
    ASSERT_TRUE(bench.waitForEnd(good));
    EXPECT_EQ(bench.failureKind, diffusion::ErrorKind::bad_request);
    EXPECT_TRUE(bench.failure.contains("\"nope\""));
    EXPECT_EQ(bench.queue.find(bad)->error, bench.failure);
    EXPECT_EQ(bench.seeds, QList<qint64>({2}));
}

TEST(JobRunner, an_engine_that_is_not_there_is_said_and_asked_for_again) {
    JobQueue queue(":memory:");
    JobRunner runner(queue, [] { return loadEngineLibrary("/nowhere/lib.so", {}); }, {});
    QString failure;
    int failures = 0;
    QObject::connect(&runner, &JobRunner::engineFailed,
                     [&](diffusion::ErrorKind, const QString& text) {
                         failure = text;
                         ++failures;
                     });
    for (int round = 1; round <= 2; ++round) {
        runner.loadEngine();
        ASSERT_TRUE(wait_until([&] { return failures == round; }));
    }
    EXPECT_TRUE(failure.contains("/nowhere/lib.so"));
}

TEST(JobRunner, the_engine_lives_on_its_own_thread) {
    Bench bench;
    QThread* where = nullptr;
    bool isDone = false;
    bench.runner.call([&](diffusion::Engine&) { where = QThread::currentThread(); },
                      [&](const auto& trouble) { isDone = !trouble; });
    ASSERT_TRUE(wait_until([&] { return isDone; }));
    EXPECT_NE(where, QThread::currentThread());
}

TEST(JobRunner, ends_soon_while_a_job_runs_and_leaves_it_waiting) {
    JobQueue queue(":memory:");
    JobId id = 0;
    {
        JobRunner runner(queue,
                         [] {
                             return std::make_unique<FakeEngine>(
                                 FakeScript{.step_time = std::chrono::milliseconds(10)});
                         },
                         {});
        runner.start();
        id = queue.add({.steps = 1000});
        ASSERT_TRUE(wait_until([&] { return queue.find(id)->state == JobState::running; }));
    }
    EXPECT_EQ(queue.find(id)->state, JobState::queued);
    EXPECT_EQ(queue.find(id)->attempts, 0);
}

TEST(EngineLibrary, gives_the_engine_of_a_shared_library) {
    const auto engine = loadEngineLibrary(
        QStringLiteral(ATELIER_BINARY_DIR "/tests/libatelier_fake_engine.so"), {});
    EXPECT_EQ(engine->samplers().size(), 4);
    EXPECT_THROW(engine->inspect("/nowhere"), diffusion::Error);
}

TEST(JobRunner, short_work_is_done_between_the_steps_of_a_job) {
    FakeScript script;
    script.step_time = std::chrono::milliseconds(5);
    Bench bench(script);
    const auto id = bench.queue.add({.steps = 400, .seed = 10});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 2; }));
    bool isDone = false;
    bench.runner.callSoon([](diffusion::Engine& engine) { engine.samplers(); },
                          [&](const auto& trouble) { isDone = !trouble; });
    ASSERT_TRUE(wait_until([&] { return isDone; }));
    EXPECT_FALSE(bench.queue.find(id)->isOver());
    bench.runner.cancel(id);
    ASSERT_TRUE(bench.waitForEnd(id));
}

TEST(JobRunner, another_engine_makes_the_next_job) {
    FakeScript script;
    script.step_time = std::chrono::milliseconds(2);
    Bench bench(script);
    const auto first = bench.queue.add({.steps = 30, .seed = 10});
    ASSERT_TRUE(wait_until([&] { return bench.reports > 0; }));
    std::atomic<int> made = 0;
    bench.runner.replaceEngine([&] {
        ++made;
        return std::make_unique<FakeEngine>();
    });
    const auto second = bench.queue.add({.steps = 2, .seed = 20});
    ASSERT_TRUE(bench.waitForEnd(second));
    EXPECT_EQ(bench.queue.find(first)->state, JobState::finished);
    EXPECT_EQ(bench.seeds, QList<qint64>({10, 20}));
    EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace jobs
