// Limits, precision and plans through the door, with the model that ships.

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <memory>
#include <set>

#include "diffusion/engine.h"
#include "diffusion/error.h"

namespace diffusion {
namespace {

using Options = EngineOptions;

std::unique_ptr<Engine> engine_with(const std::function<void(Options&)>& change = {}) {
    Options options;
    options.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
    options.device = "cpu";
    options.threads = 1;
    if (change) change(options);
    return std::unique_ptr<Engine>(atelier_create_engine(options));
}

GenerationRequest request() {
    GenerationRequest r;
    r.prompt = "red apple";
    r.seed = 5;
    r.steps = 2;
    r.sampler = "Euler";
    return r;
}

Image picture(Engine& engine, const GenerationRequest& r = request()) {
    return engine.generate(r, {}, {}, {}).images.at(0).image;
}

double mean_difference(const Image& a, const Image& b) {
    EXPECT_EQ(a.pixels.size(), b.pixels.size());
    double sum = 0;
    for (size_t i = 0; i < std::min(a.pixels.size(), b.pixels.size()); ++i)
        sum += std::abs(int(a.pixels[i]) - int(b.pixels[i]));
    return sum / double(a.pixels.size());
}

int largest_difference(const Image& a, const Image& b) {
    EXPECT_EQ(a.pixels.size(), b.pixels.size());
    int most = 0;
    for (size_t i = 0; i < std::min(a.pixels.size(), b.pixels.size()); ++i)
        most = std::max(most, std::abs(int(a.pixels[i]) - int(b.pixels[i])));
    return most;
}

TEST(EngineMemory, ThePlanIsOfTheRequestsSize) {
    const auto engine = engine_with();
    const auto plan = engine->plan(request());
    const auto info = engine->inspect("");
    EXPECT_EQ(plan.width, info.native_width);
    EXPECT_EQ(plan.phases.size(), 4u);
    EXPECT_GT(plan.seconds, 0);
    EXPECT_GT(plan.peak_bytes, info.parameter_count);
    EXPECT_GT(plan.limit_bytes, plan.peak_bytes);
    auto large = request();
    large.width = large.height = 1024;
    EXPECT_GT(engine->plan(large).peak_bytes, plan.peak_bytes);
    EXPECT_GT(engine->plan(large).seconds, plan.seconds);
}

TEST(EngineMemory, SavingMakesTheSamePicture) {
    const auto fast = engine_with([](Options& o) { o.memory = "fast"; });
    const auto saving = engine_with([](Options& o) { o.memory = "saving"; });
    ASSERT_EQ(saving->plan(request()).fallbacks, std::vector{Fallback::narrow_weights});
    EXPECT_LE(largest_difference(picture(*fast), picture(*saving)), 1);
}

TEST(EngineMemory, AnythingThatFitsTheLimitIsTheSamePicture) {
    auto r = request();
    r.width = r.height = 768;
    const auto expected = picture(*engine_with(), r);
    // Now that its code is in memory, the process is as large for this engine as for those that follow.
    auto plan = engine_with()->plan(r);
    std::set<Fallback> tried;
    // Down to what no fallback makes possible.
    for (auto limit = plan.peak_bytes - 1; plan.obstacle.empty(); limit = plan.peak_bytes - 1) {
        const auto engine = engine_with([&](Options& o) { o.memory_limit = limit; });
        plan = engine->plan(r);
        if (!plan.obstacle.empty()) break;
        ASSERT_LE(plan.peak_bytes, limit);
        tried.insert(plan.fallbacks.begin(), plan.fallbacks.end());
        const auto made = picture(*engine, r);
        // Tiles know less of their surroundings; everything else is a matter of rounding.
        EXPECT_LT(mean_difference(made, expected), 0.5) << plan.tile;
        const auto most = plan.tile == 0 ? 2 : 64;
        EXPECT_LE(largest_difference(made, expected), most) << plan.tile;
    }
    EXPECT_TRUE(tried.contains(Fallback::tiled_codec));
    EXPECT_GE(tried.size(), 3u);
}

TEST(EngineMemory, ALimitThatNothingFitsIsAnErrorAndTheEngineLives) {
    const auto engine = engine_with([](Options& o) { o.memory_limit = 1 << 20; });
    try {
        picture(*engine);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::out_of_memory);
        EXPECT_NE(std::string(error.what()).find("raise the limit"), std::string::npos) << error.what();
    }
    EXPECT_FALSE(engine->plan(request()).obstacle.empty());
    EXPECT_EQ(engine->inspect("").family, "atelier");
}

TEST(EngineMemory, ASizeTooLargeIsToldWhichOneFits) {
    const auto plain = engine_with();
    const auto limit = plain->plan(request()).peak_bytes + (std::int64_t{64} << 20);
    const auto engine = engine_with([&](Options& o) { o.memory_limit = limit; });
    auto huge = request();
    huge.width = huge.height = 8192;
    try {
        picture(*engine, huge);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::out_of_memory);
        EXPECT_NE(std::string(error.what()).find("would fit"), std::string::npos) << error.what();
    }
    EXPECT_EQ(picture(*engine).width, 256) << "the next one is made";
}

/// Leaves the process this much more address space than it has taken, as long as it lives.
class ScarceMemory {
public:
    explicit ScarceMemory(rlim_t more) {
        getrlimit(RLIMIT_AS, &before_);
        std::ifstream statm("/proc/self/statm");
        rlim_t pages = 0;
        statm >> pages;
        const rlimit scarce{pages * static_cast<rlim_t>(sysconf(_SC_PAGESIZE)) + more, before_.rlim_max};
        setrlimit(RLIMIT_AS, &scarce);
    }
    ~ScarceMemory() { setrlimit(RLIMIT_AS, &before_); }
    ScarceMemory(const ScarceMemory&) = delete;
    ScarceMemory& operator=(const ScarceMemory&) = delete;

private:
    rlimit before_{};
};

TEST(EngineMemory, AFailedAllocationIsAnErrorAndTheNextPictureIsMade) {
    // More than the plan would let through.
    const auto engine = engine_with([](Options& o) { o.memory_limit = std::int64_t{1} << 40; });
    const auto expected = picture(*engine);
    auto large = request();
    // What fails is one large tensor, the network's first map; then the mapping of the file.
    for (const auto& [size, mebibytes] : {std::pair{4096, 80}, {256, 1}}) {
        large.width = large.height = size;
        const ScarceMemory scarce(rlim_t(mebibytes) << 20);
        try {
            picture(*engine, large);
            ADD_FAILURE() << size << " has room in " << mebibytes << " MiB";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::out_of_memory) << error.what();
            EXPECT_NE(std::string(error.what()).find("emory"), std::string::npos) << error.what();
        }
    }
    EXPECT_EQ(picture(*engine), expected);
}

TEST(EngineMemory, EveryPartHasItsOwnPrecision) {
    const auto plain = engine_with();
    const auto expected = picture(*plain);
    for (const char* precision : {"vae=bf16", "text=bf16", "unet=bf16", "bf16"}) {
        const auto engine = engine_with([&](Options& o) { o.precision = precision; });
        const auto made = picture(*engine);
        EXPECT_NE(made, expected) << precision;
        double sum = 0;
        for (size_t i = 0; i < made.pixels.size(); ++i)
            sum += std::abs(double(made.pixels[i]) - double(expected.pixels[i]));
        EXPECT_LT(sum / double(made.pixels.size()), 8) << precision;
    }
    EXPECT_EQ(picture(*engine_with([](Options& o) { o.precision = "unet=fp32,text=fp32,vae=fp32"; })), expected);
}

TEST(EngineMemory, UnknownModesAndTypesAreBadRequests) {
    for (const auto& [memory, precision] : {std::pair{"tiny", "auto"}, std::pair{"auto", "fp12"},
                                            std::pair{"auto", "unet:fp16"}, std::pair{"auto", "clip=fp16"}}) {
        try {
            engine_with([&, m = memory, p = precision](Options& o) {
                o.memory = m;
                o.precision = p;
            })->plan(request());
            ADD_FAILURE() << memory << " " << precision;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        }
    }
}

}  // namespace
}  // namespace diffusion
