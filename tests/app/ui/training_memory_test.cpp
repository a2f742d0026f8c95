// What the Training window expects a training to take, held against what the trainer took, and what
// it refuses.

#include "app/ui/hardware.h"
#include "app/ui/training/training_memory.h"

#include <gtest/gtest.h>

namespace {

diffusion::ModelInfo modelOf(const char* family, std::int64_t parameters, int side) {
    diffusion::ModelInfo info;
    info.name = "it";
    info.family = family;
    info.prediction = "epsilon";
    info.parameter_count = parameters;
    info.native_width = info.native_height = side;
    return info;
}

/// The trainer's own peaks with rank 16, resident, without the autoencoder's 83.7 million weights.
TEST(TrainingMemory, IsNearWhatWasMeasured) {
    auto plan = ui::newTrainingPlan();
    plan.request.lora.has_text_encoder = false;
    const auto near = [&](const diffusion::ModelInfo& model, int side, double measured) {
        plan.request.lora.extent = side;
        EXPECT_NEAR(double(ui::trainingBytes(model, plan, false)) / measured, 1, 0.1) << side;
    };
    const auto sd1 = modelOf("sd1", 982'581'444, 512);
    near(sd1, 256, 5.100e9);
    near(sd1, 384, 5.820e9);
    near(sd1, 0, 6444.0 * (1 << 20));
    plan.request.lora.recomputes = true;
    near(sd1, 256, 4.636e9);
    near(sd1, 384, 4.953e9);
    near(sd1, 512, 5055.0 * (1 << 20));
    near(modelOf("atelier", 12'366'691, 256), 256, 0.2422e9);
}

TEST(TrainingMemory, GrowsWithWhatNeedsMore) {
    const auto sd1 = modelOf("sd1", 1'066'235'307, 512);
    const auto sdxl = modelOf("sdxl", 3'468'890'000, 1024);
    const auto plan = ui::newTrainingPlan();
    const auto bytes = [&](const diffusion::ModelInfo& model, auto edit) {
        auto changed = plan;
        edit(changed.request.lora);
        return ui::trainingBytes(model, changed, false);
    };
    const auto usual = bytes(sd1, [](auto&) {});
    EXPECT_GT(bytes(sd1, [](auto& it) { it.batch = 4; }), usual + 3'000'000'000);
    EXPECT_GT(bytes(sd1, [](auto& it) { it.rank = 128; }), usual);
    EXPECT_GT(bytes(sd1, [](auto& it) { it.has_convolutions = true; }), usual);
    EXPECT_LT(bytes(sd1, [](auto& it) { it.recomputes = true; }), usual);
    EXPECT_EQ(bytes(sd1, [](auto& it) { it.accumulation = 4; }), usual);
    EXPECT_GT(bytes(sdxl, [](auto&) {}), 3 * usual);
    EXPECT_LT(ui::trainingBytes(sd1, plan, true), usual);
    EXPECT_EQ(ui::trainingBytes(modelOf("flux", 1, 1024), plan, false), 0);
}

TEST(TrainingMemory, WhatCannotWorkIsRefusedWithTheReason) {
    for (const char* family : {"sd1", "sd2", "sdxl", "atelier"}) {
        auto model = modelOf(family, 1000, 512);
        EXPECT_EQ(ui::trainingObstacle(model), QString()) << family;
        model.prediction = "v";
        EXPECT_EQ(ui::trainingObstacle(model), QString()) << family;
        model.prediction = "edm";
        EXPECT_TRUE(ui::trainingObstacle(model).contains(QStringLiteral("EDM"))) << family;
    }
    auto model = modelOf("sd1", 1000, 512);
    model.variant = "inpaint, LCM";
    EXPECT_TRUE(ui::trainingObstacle(model).contains(QStringLiteral("reads a mask")));
    EXPECT_TRUE(ui::trainingObstacle(modelOf("sdxl_refiner", 1000, 1024))
                    .contains(QStringLiteral("refiner")));
    EXPECT_FALSE(ui::trainingObstacle(modelOf("flux", 1000, 1024)).isEmpty());

    ui::Hardware hardware;
    hardware.memory = 16'000'000'000;
    EXPECT_EQ(ui::memoryObstacle(16'000'000'000, false, hardware), QString());
    const auto reason = ui::memoryObstacle(31'400'000'000, false, hardware);
    EXPECT_TRUE(reason.contains(QStringLiteral("31 GB")) && reason.contains(QStringLiteral("16 GB")) &&
                reason.contains(QStringLiteral("gradient checkpointing")))
        << qPrintable(reason);
    EXPECT_EQ(ui::memoryObstacle(31'400'000'000, true, hardware), QString());
    EXPECT_FALSE(ui::trainsOnGpu(hardware, QStringLiteral("auto")));
    hardware.gpu = QStringLiteral("NVIDIA");
    EXPECT_TRUE(ui::trainsOnGpu(hardware, QStringLiteral("auto")));
    EXPECT_FALSE(ui::trainsOnGpu(hardware, QStringLiteral("cpu")));
}

}  // namespace
