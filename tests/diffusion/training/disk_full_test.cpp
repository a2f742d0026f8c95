// The disk is full in the middle of a state, a result or a cache: the run ends and says where, what was
// saved before stays, and going on gives what an undisturbed run gives.

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/embedding_trainer.h"
#include "diffusion/training/lora_trainer.h"
#include "tests/diffusion/training/file_limit.h"
#include "tests/diffusion/training/lesson_support.h"

#include <filesystem>
#include <optional>

#include <gtest/gtest.h>

namespace {

using namespace diffusion;
using namespace diffusion::training;
using namespace lesson_test;
using adapters_test::refusal_of;
using checkpoint_test::read_bytes;

class DiskFull : public LessonTest {
protected:
    static constexpr double every_step = 1e-9;  // minutes

    TrainRequest lora(const std::string& work, std::int64_t steps) const {
        auto r = run_request(work, steps);
        r.stage = TrainingStage::lora;
        fill(r.lora, work + "/lora.safetensors");
        r.lora.rank = 2;
        return r;
    }

    TrainRequest embedding(const std::string& work, std::int64_t steps) const {
        auto r = run_request(work, steps);
        r.stage = TrainingStage::embedding;
        fill(r.embedding, work + "/field-style.safetensors");
        r.embedding.vectors = 2;
        return r;
    }

    void train(const TrainRequest& r, const TrainProgressCallback& report = {}) {
        if (r.stage == TrainingStage::lora) train_lora(r, resources_, report, {});
        else train_embedding(r, resources_, report, {});
    }

    /// Of a run whose disk is full once its last state is saved: losses fit, the result doesn't.
    std::string message_of_a_result_too_large(const TrainRequest& r, std::uintmax_t bytes) {
        std::optional<FileLimit> limit;
        return refusal_of([&] {
            train(r, [&](const TrainProgress& p) {
                if (p.step == r.steps && p.message == "saved the state") limit.emplace(bytes);
            });
        });
    }

    /// The run goes on with nothing left to learn, and its result is that of one that was never disturbed.
    void expect_the_result_without_a_step(const TrainRequest& r, const std::filesystem::path& result,
                                          const std::filesystem::path& undisturbed) {
        const auto losses = read_bytes(result.parent_path() / (name_of(r) + "-losses.csv"));
        bool has_learnt = false;
        train(r, [&](const TrainProgress& p) { has_learnt |= p.pictures_per_second > 0; });
        EXPECT_FALSE(has_learnt);
        EXPECT_EQ(read_bytes(result.parent_path() / (name_of(r) + "-losses.csv")), losses);
        EXPECT_EQ(read_bytes(result), read_bytes(undisturbed));
        expect_no_halves();
    }

    static std::string name_of(const TrainRequest& r) {
        return r.stage == TrainingStage::lora ? "lora" : "embedding";
    }

    /// Of a run of two steps, then one that the disk ends in its third; both in this work folder.
    std::string message_of_a_full_disk(TrainRequest first, TrainRequest second, const std::string& state) {
        train(first);
        const auto file = folder_ / first.work_folder / state;
        const auto before = read_bytes(file);
        second.minutes_per_save = every_step;
        std::string message;
        {
            const FileLimit limit(before.size() / 2);
            message = refusal_of([&] { train(second); });
        }
        EXPECT_EQ(read_bytes(file), before);
        EXPECT_EQ(checkpoint::read_safetensors(file).metadata.at("step"), "2");
        expect_no_halves();
        return message;
    }

    void expect_no_halves() const {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / ".")) {
            const auto name = entry.path().filename().string();
            EXPECT_EQ(name.find(".part"), name.npos) << name;
        }
    }
};

TEST_F(DiskFull, LoraKeepsItsStateAndGoesOn) {
    const auto message = message_of_a_full_disk(lora("full", 2), lora("full", 6), "lora-state.safetensors");
    for (const char* part : {"lora-state.safetensors", "Make room", "up to step 2", "same work folder"})
        EXPECT_NE(message.find(part), message.npos) << message;
    train(lora("full", 6));
    train(lora("whole", 6));
    EXPECT_EQ(read_bytes(folder_ / "full/lora.safetensors"), read_bytes(folder_ / "whole/lora.safetensors"));
}

TEST_F(DiskFull, EmbeddingKeepsItsStateAndGoesOn) {
    const auto message =
        message_of_a_full_disk(embedding("full", 2), embedding("full", 6), "embedding-state.safetensors");
    for (const char* part : {"embedding-state.safetensors", "Make room", "up to step 2", "same work folder"})
        EXPECT_NE(message.find(part), message.npos) << message;
    train(embedding("full", 6));
    train(embedding("whole", 6));
    EXPECT_EQ(read_bytes(folder_ / "full/field-style.safetensors"),
              read_bytes(folder_ / "whole/field-style.safetensors"));
}

TEST_F(DiskFull, BeforeTheFirstStateNothingIsClaimed) {
    auto r = lora("full", 2);
    r.minutes_per_save = every_step;
    std::string message;
    {
        const FileLimit limit(16384);
        message = refusal_of([&] { train(r); });
    }
    EXPECT_NE(message.find("lora-state.safetensors"), message.npos) << message;
    EXPECT_NE(message.find("Nothing was saved before"), message.npos) << message;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "full/lora-state.safetensors"));
    expect_no_halves();
}

TEST_F(DiskFull, TheResultBeforeStays) {
    train(lora("full", 2));
    const auto file = folder_ / "full/lora.safetensors";
    const auto before = read_bytes(file);
    std::string message;
    {
        const FileLimit limit(before.size() / 2);
        message = refusal_of([&] { train(lora("full", 3)); });
    }
    EXPECT_NE(message.find("can't be written"), message.npos) << message;
    EXPECT_EQ(read_bytes(file), before);
    expect_no_halves();
}

TEST_F(DiskFull, AResultThatFindsNoRoomAtTheEndIsWrittenLaterWithoutAStep) {
    train(lora("whole", 2));
    const auto whole = folder_ / "whole/lora.safetensors";
    const auto message =
        message_of_a_result_too_large(lora("full", 2), std::filesystem::file_size(whole) / 2);
    for (const char* part : {"full/lora.safetensors", "can't be written", "Make room", "up to step 2",
                             "full/lora-state.safetensors", "same work folder"})
        EXPECT_NE(message.find(part), message.npos) << part << " in " << message;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "full/lora.safetensors"));
    EXPECT_EQ(
        checkpoint::read_safetensors(folder_ / "full/lora-state.safetensors").metadata.at("step"), "2");
    expect_no_halves();
    expect_the_result_without_a_step(lora("full", 2), folder_ / "full/lora.safetensors", whole);
}

TEST_F(DiskFull, AnEmbeddingWhoseTargetCannotBeWrittenIsWrittenOnceItCan) {
    train(embedding("whole", 2));
    // A folder lies where the file shall be.
    const auto target = folder_ / "full/field-style.safetensors";
    std::filesystem::create_directories(target / "inside");
    const auto message = refusal_of([&] { train(embedding("full", 2)); });
    for (const char* part : {"full/field-style.safetensors", "can't be written", "Choose a folder",
                             "up to step 2", "full/embedding-state.safetensors", "same work folder"})
        EXPECT_NE(message.find(part), message.npos) << part << " in " << message;
    expect_no_halves();
    std::filesystem::remove_all(target);
    expect_the_result_without_a_step(embedding("full", 2), target,
                                     folder_ / "whole/field-style.safetensors");
}

}  // namespace
