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

TEST_F(JobQueueTest, a_job_that_ends_the_program_thrice_is_given_up) {
    JobId id = 0;
    for (int attempt = 0; attempt < 3; ++attempt) {
        JobQueue queue(journal);
        if (!id) id = queue.add({});
        ASSERT_TRUE(queue.next()) << attempt;
        queue.markRunning(id);
    }
    JobQueue queue(journal);
    EXPECT_EQ(queue.find(id)->state, JobState::failed);
    EXPECT_FALSE(queue.find(id)->error.isEmpty());
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
