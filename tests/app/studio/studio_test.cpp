#include "app/studio/studio.h"

#include "tests/app/support/requests.h"
#include "tests/support/fake_engine.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace studio {
namespace {

using test_support::FakeEngine;
using test_support::wait_until;

class StudioTest : public testing::Test {
protected:
    Options options() {
        Options options;
        options.places = findPlaces(folder.path());
        options.engine = [] { return std::make_unique<FakeEngine>(); };
        return options;
    }

    QTemporaryDir folder;
};

TEST_F(StudioTest, a_request_becomes_a_picture_in_the_gallery) {
    Studio studio(options());
    QList<gallery::Picture> stored;
    QObject::connect(&studio, &Studio::pictureStored,
                     [&](jobs::JobId, const gallery::Picture& picture) { stored.append(picture); });
    studio.start();
    const auto submission = studio.submit({.prompt = "cat", .steps = 2, .count = 2});
    ASSERT_TRUE(submission.job);
    ASSERT_TRUE(wait_until([&] { return studio.queue().find(*submission.job)->isOver(); }));
    ASSERT_EQ(stored.size(), 2);
    EXPECT_EQ(studio.queue().find(*submission.job)->pictures, 2);
    EXPECT_GE(stored[0].request.seed, 0);
    EXPECT_EQ(stored[1].request.seed, stored[0].request.seed + 1);
    EXPECT_TRUE(QFile::exists(stored[0].path));
    EXPECT_EQ(studio.gallery().newest(1).first(), stored[1]);
}

TEST_F(StudioTest, seeds_are_drawn_anew_and_given_ones_kept) {
    Studio studio(options());
    const auto seedOf = [&](std::int64_t seed) {
        return studio.queue().find(*studio.submit({.seed = seed}).job)->request.seed;
    };
    EXPECT_EQ(seedOf(0), 0);
    EXPECT_NE(seedOf(-1), seedOf(-1));
}

TEST_F(StudioTest, a_bad_request_is_refused_and_not_queued) {
    Studio studio(options());
    const auto submission = studio.submit({.steps = 0});
    ASSERT_TRUE(submission.refusal);
    EXPECT_EQ(submission.refusal->kind(), diffusion::ErrorKind::bad_request);
    EXPECT_TRUE(studio.queue().jobs().isEmpty());
}

TEST_F(StudioTest, waiting_jobs_run_after_a_restart) {
    Studio(options()).submit({.prompt = "later"});
    Studio studio(options());
    studio.start();
    ASSERT_TRUE(wait_until([&] { return studio.gallery().count() == 1; }));
    EXPECT_EQ(studio.gallery().newest(1).first().request.prompt, "later");
}

TEST_F(StudioTest, a_picture_that_can_not_be_stored_is_kept_and_stored_later) {
    QFile blocker(folder.filePath("pictures"));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    Studio studio(options());
    studio.start();
    const auto id = *studio.submit({.prompt = "kept"}).job;
    ASSERT_TRUE(wait_until([&] { return studio.queue().find(id)->isOver(); }));
    EXPECT_EQ(studio.queue().find(id)->state, jobs::JobState::failed);
    EXPECT_TRUE(studio.queue().find(id)->error.contains("kept"));
    EXPECT_EQ(studio.storeKept(), 0);
    blocker.remove();
    EXPECT_EQ(studio.storeKept(), 1);
    EXPECT_EQ(studio.gallery().newest(1).first().request.prompt, "kept");
    EXPECT_TRUE(QDir(folder.filePath("kept")).isEmpty());
}

TEST_F(StudioTest, a_picture_that_missed_the_gallery_is_found_at_the_next_start) {
    const auto result = test_support::fake_result({.prompt = "stray", .seed = 5});
    gallery::ImageStore(folder.filePath("pictures")).store(result);
    Studio studio(options());
    studio.start();
    ASSERT_EQ(studio.gallery().count(), 1);
    EXPECT_EQ(studio.gallery().newest(1).first().request.prompt, "stray");
}

TEST_F(StudioTest, a_picture_is_counted_before_the_gallery_has_it) {
    // A program that is killed between the two makes no picture twice.
    Studio studio(options());
    QList<int> counted;
    jobs::JobId id = 0;
    QObject::connect(&studio.gallery(), &gallery::GalleryDatabase::added,
                     [&] { counted << studio.queue().find(id)->pictures; });
    studio.start();
    id = *studio.submit({.prompt = "cat", .steps = 2, .count = 2}).job;
    ASSERT_TRUE(wait_until([&] { return studio.queue().find(id)->isOver(); }));
    EXPECT_EQ(counted, QList<int>({1, 2}));
}

TEST_F(StudioTest, a_picture_that_was_counted_is_not_counted_again) {
    const auto result = test_support::fake_result({.prompt = "stray", .seed = 5});
    {
        jobs::JobQueue queue(folder.filePath("queue.sqlite"));
        auto request = result.request;
        request.count = 3;
        queue.markPicture(queue.add(request));
    }
    gallery::ImageStore(folder.filePath("pictures")).store(result);
    auto stopped = options();
    stopped.engine = []() -> std::unique_ptr<diffusion::Engine> {
        throw diffusion::Error(diffusion::ErrorKind::internal, "none");
    };
    Studio studio(std::move(stopped));
    studio.start();
    EXPECT_EQ(studio.gallery().count(), 1);
    EXPECT_EQ(studio.queue().jobs().first().pictures, 1);
}

TEST_F(StudioTest, settings_change_engine_and_folder_from_the_next_job_on) {
    int made = 0;
    auto counting = options();
    counting.engine = [&made] {
        ++made;
        return std::make_unique<FakeEngine>();
    };
    Studio studio(std::move(counting));
    studio.start();
    const auto finish = [&](jobs::JobId id) {
        return wait_until([&] { return studio.queue().find(id)->isOver(); });
    };
    ASSERT_TRUE(finish(*studio.submit({.prompt = "a", .steps = 2}).job));
    studio.settings().set(&settings::Values::theme, QStringLiteral("light"));
    studio.settings().set(&settings::Values::threads, 1);
    studio.settings().set(&settings::Values::picturesFolder, folder.filePath("elsewhere"));
    ASSERT_TRUE(finish(*studio.submit({.prompt = "b", .steps = 2}).job));
    EXPECT_EQ(made, 2);
    EXPECT_TRUE(studio.gallery().newest(1).first().path.startsWith(folder.filePath("elsewhere")));
}

TEST_F(StudioTest, the_engine_tells_its_names_when_it_is_there) {
    Studio studio(options());
    bool isReady = false;
    QObject::connect(&studio, &Studio::engineReady, [&] { isReady = true; });
    EXPECT_TRUE(studio.samplers().isEmpty());
    studio.loadEngine();
    ASSERT_TRUE(wait_until([&] { return isReady; }));
    EXPECT_EQ(studio.samplers().size(), 4);
    EXPECT_EQ(studio.schedules().first().name, "Automatic");
}

}  // namespace
}  // namespace studio
