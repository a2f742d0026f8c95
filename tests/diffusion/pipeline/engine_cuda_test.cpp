// The whole engine on a GPU against the CPU, both in float32: the same request is the same picture. Where
// there is no GPU these are left out.

#include "diffusion/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>

#include "diffusion/error.h"

namespace diffusion {
namespace {

class EngineOnCuda : public testing::Test {
protected:
    void SetUp() override {
        cpu_ = engine_on("cpu");
        cuda_ = engine_on("cuda");
        try {
            cuda_->generate(request(), {}, {}, {});
        } catch (const Error& error) {
            const bool is_absent = std::string(error.what()).find("no CUDA device") != std::string::npos;
            if (!is_absent) throw;
            GTEST_SKIP() << error.what();
        }
    }

    static std::unique_ptr<Engine> engine_on(const char* device) {
        EngineOptions options;
        options.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
        options.device = device;
        options.precision = "fp32";
        options.makes_previews = false;
        return std::unique_ptr<Engine>(atelier_create_engine(options));
    }

    static GenerationRequest request() {
        GenerationRequest r;
        r.prompt = "red apple, 3d";
        r.seed = 11;
        r.steps = 8;
        return r;
    }

    /// Sums of another order differ in the last bits; what a sampler makes of that is below what a pixel
    /// shows, but for a few at edges.
    static void expect_same(const Image& a, const Image& b, const std::string& what) {
        ASSERT_EQ(a.pixels.size(), b.pixels.size()) << what;
        double sum = 0;
        int most = 0;
        for (std::size_t i = 0; i < a.pixels.size(); ++i) {
            const int difference = std::abs(int(a.pixels[i]) - int(b.pixels[i]));
            most = std::max(most, difference);
            sum += difference;
        }
        EXPECT_LE(most, 4) << what;
        EXPECT_LE(sum / double(a.pixels.size()), 0.05) << what;
    }

    std::unique_ptr<Engine> cpu_, cuda_;
};

TEST_F(EngineOnCuda, MakesTheCpusPictureWithEverySampler) {
    for (const auto& sampler : cpu_->samplers()) {
        auto r = request();
        r.sampler = sampler.name;
        const auto on_cpu = cpu_->generate(r, {}, {}, {}), on_cuda = cuda_->generate(r, {}, {}, {});
        ASSERT_EQ(on_cpu.images.size(), 1U);
        ASSERT_EQ(on_cuda.images.size(), 1U);
        expect_same(on_cpu.images[0].image, on_cuda.images[0].image, sampler.name);
    }
}

TEST_F(EngineOnCuda, MakesTheSamePicturesTogetherAndAlone) {
    auto r = request();
    r.count = 3;
    r.sampler = "Euler a";
    const auto together = cuda_->generate(r, {}, {}, {});
    ASSERT_EQ(together.images.size(), 3U);
    for (int i = 0; i < 3; ++i) {
        auto alone = request();
        alone.sampler = r.sampler;
        alone.seed = together.images[std::size_t(i)].request.seed;
        expect_same(together.images[std::size_t(i)].image, cuda_->generate(alone, {}, {}, {}).images.at(0).image,
                    "picture " + std::to_string(i));
    }
}

TEST_F(EngineOnCuda, DrawsTheSameNoiseFromEverySource) {
    for (const char* source : {"CPU", "NV"}) {
        auto r = request();
        r.random_source = source;
        r.sampler = "DPM++ 2M SDE";
        expect_same(cpu_->generate(r, {}, {}, {}).images.at(0).image,
                    cuda_->generate(r, {}, {}, {}).images.at(0).image, source);
    }
}

}  // namespace
}  // namespace diffusion
