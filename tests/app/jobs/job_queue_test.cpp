#include "app/jobs/job_queue.h"

#include "diffusion/error.h"
#include "tests/app/support/requests.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace jobs {
namespace {

class JobQueueTest : public testing::Test {
protected:
    QTemporaryDir folder;
    QString journal = folder.filePath("queue.sqlite");
};

TEST_F(JobQueueTest, keeps_order_and_requests_through_a_restart) {
    const auto request = test_support::unusual_request();
    {
        JobQueue queue(journal);
        queue.add(request);
        queue.add({.prompt = "second"});
    }
    JobQueue queue(journal);
    ASSERT_EQ(queue.jobs().size(), 2);
    EXPECT_EQ(queue.next()->request, request);
    EXPECT_EQ(queue.jobs().last().request.prompt, "second");
}

TEST_F(JobQueueTest, a_job_that_was_interrupted_waits_again_behind_its_pictures) {
    JobId id = 0;
    {
        JobQueue queue(journal);
        id = queue.add({.count = 4});
        queue.markRunning(id);
        queue.markPicture(id);
    }
    JobQueue queue(journal);
    EXPECT_EQ(queue.find(id)->state, JobState::queued);
    EXPECT_EQ(queue.find(id)->pictures, 1);
}

TEST_F(JobQueueTest, a_job_that_ends_the_program_thrice_is_put_aside) {
    JobId id = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        JobQueue queue(journal);
        if (!id) id = queue.add({});
        ASSERT_TRUE(queue.next()) << attempt;
        queue.markRunning(id);
    }
    for (int start = 0; start < 2; ++start) {
        JobQueue queue(journal);
        EXPECT_EQ(queue.find(id)->state, JobState::suspended);
        EXPECT_FALSE(queue.find(id)->error.isEmpty());
        EXPECT_FALSE(queue.next());
    }
    JobQueue queue(journal);
    queue.markQueued(id);
    EXPECT_EQ(queue.next()->id, id);
    EXPECT_TRUE(queue.find(id)->error.isEmpty());
}

TEST_F(JobQueueTest, a_job_that_gets_on_may_end_the_program_often) {
    JobId id = 0;
    for (int attempt = 0; attempt < 9; ++attempt) {
        JobQueue queue(journal);
        if (!id) id = queue.add({.count = 20});
        ASSERT_TRUE(queue.next()) << attempt;
        queue.markRunning(id);
        if (attempt % 2 == 0) {
            QFile steps(queue.stepsFile(id));
            ASSERT_TRUE(steps.open(QIODevice::Append));
            steps.write("answer");
        } else {
            queue.markPicture(id);
        }
    }
    EXPECT_EQ(JobQueue(journal).find(id)->state, JobState::queued);
}

TEST_F(JobQueueTest, the_order_can_be_changed_and_is_kept) {
    QList<JobId> expected;
    {
        JobQueue queue(journal);
        const auto a = queue.add({});
        const auto b = queue.add({});
        const auto c = queue.add({});
        const auto first = queue.add({}, Place::front);
        int moves = 0;
        QObject::connect(&queue, &JobQueue::moved, [&] { ++moves; });
        queue.move(c, a);
        queue.move(first, 0);
        queue.move(b, b);
        EXPECT_EQ(moves, 2);
        expected = {c, a, b, first};
        for (qsizetype i = 0; i < 4; ++i) EXPECT_EQ(queue.jobs()[i].id, expected[i]);
        expected.append(queue.add({}));
    }
    JobQueue queue(journal);
    ASSERT_EQ(queue.jobs().size(), 5);
    for (qsizetype i = 0; i < 5; ++i) EXPECT_EQ(queue.jobs()[i].id, expected[i]);
}

TEST_F(JobQueueTest, a_suspended_job_is_kept_and_not_begun) {
    JobId id = 0;
    {
        JobQueue queue(journal);
        id = queue.add({.count = 3});
        queue.markRunning(id);
        queue.markPicture(id);
        queue.markSuspended(id);
        EXPECT_FALSE(queue.next());
    }
    JobQueue queue(journal);
    EXPECT_FALSE(queue.next());
    EXPECT_EQ(queue.find(id)->pictures, 1);
    queue.markQueued(id);
    EXPECT_EQ(queue.next()->pictures, 1);
}

TEST_F(JobQueueTest, steps_are_kept_until_the_job_is_over) {
    const auto write = [](const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    };
    QString kept, finished, stray;
    {
        JobQueue queue(journal);
        const auto a = queue.add({});
        const auto b = queue.add({});
        kept = queue.stepsFile(a);
        finished = queue.stepsFile(b);
        stray = queue.stepsFile(999);
        for (const auto& path : {kept, finished, stray}) write(path);
        queue.markSuspended(a);
        queue.markFinished(b);
        EXPECT_TRUE(QFile::exists(kept));
        EXPECT_FALSE(QFile::exists(finished));
    }
    const JobQueue queue(journal);
    EXPECT_TRUE(QFile::exists(kept));
    EXPECT_FALSE(QFile::exists(stray));
    EXPECT_TRUE(JobQueue(":memory:").stepsFile(1).isEmpty());
}

TEST_F(JobQueueTest, jobs_that_are_over_are_forgotten_at_the_next_start) {
    {
        JobQueue queue(journal);
        queue.markFinished(queue.add({}));
        queue.markFailed(queue.add({}), diffusion::ErrorKind::internal, "why");
        queue.markCancelled(queue.add({}));
        EXPECT_FALSE(queue.next());
    }
    EXPECT_TRUE(JobQueue(journal).jobs().isEmpty());
}

TEST_F(JobQueueTest, a_journal_has_one_owner) {
    const JobQueue queue(journal);
    EXPECT_THROW(JobQueue{journal}, diffusion::Error);
}

TEST_F(JobQueueTest, tells_of_every_change) {
    JobQueue queue(":memory:");
    QList<Job> seen;
    QObject::connect(&queue, &JobQueue::changed, [&](const Job& job) { seen.append(job); });
    const auto id = queue.add({});
    queue.markRunning(id);
    queue.markFailed(id, diffusion::ErrorKind::out_of_memory, "why");
    ASSERT_EQ(seen.size(), 2);
    EXPECT_EQ(seen.last().error, "why");
    EXPECT_EQ(seen.last().errorKind, diffusion::ErrorKind::out_of_memory);
}

}  // namespace
}  // namespace jobs
