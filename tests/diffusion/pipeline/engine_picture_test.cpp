// The engine with a given picture and mask, on the model that ships.

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "diffusion/engine.h"
#include "diffusion/error.h"

namespace diffusion {
namespace {

constexpr int side = 256;

/// Soft colours, so that the autoencoder has little to lose.
Image given() {
    Image image{side, side, 3, {}};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            for (int c = 0; c < 3; ++c)
                image.pixels.push_back(std::uint8_t(c == 0 ? x : c == 1 ? y : 128));
    return image;
}

/// White from column `first` on.
Image mask_from(int first, int width = side) {
    Image image{width, side, 3, {}};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < width; ++x) image.pixels.insert(image.pixels.end(), 3, x < first ? 0 : 255);
    return image;
}

double mean_difference(const Image& a, const Image& b, int first = 0, int last = side) {
    double sum = 0;
    for (int y = 0; y < side; ++y)
        for (int x = first; x < last; ++x)
            for (int c = 0; c < 3; ++c) {
                const auto at = size_t((y * side + x) * 3 + c);
                sum += std::abs(int(a.pixels[at]) - int(b.pixels[at]));
            }
    return sum / (3.0 * side * (last - first));
}

class EnginePictureTest : public testing::Test {
protected:
    EnginePictureTest() {
        EngineOptions o;
        o.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
        o.device = "cpu";
        o.threads = 1;
        o.pictures = [this](const std::string& file) {
            if (!files_.contains(file))
                throw Error(ErrorKind::missing_file, "The picture " + file + " is not there.");
            return files_.at(file);
        };
        engine_.reset(atelier_create_engine(o));
    }

    static GenerationRequest request(double strength, const std::string& mask = "") {
        GenerationRequest r;
        r.prompt = "red apple";
        r.seed = 5;
        r.steps = 4;
        r.width = r.height = side;
        r.sampler = "Euler";
        r.initial_image = "given";
        r.mask = mask;
        r.denoise_strength = strength;
        return r;
    }

    Image run(const GenerationRequest& r) { return engine_->generate(r, {}, {}, {}).images.at(0).image; }

    std::string refusal(const GenerationRequest& r, ErrorKind kind) {
        try {
            run(r);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), kind);
            return error.what();
        }
        ADD_FAILURE() << "no error";
        return "";
    }

    std::map<std::string, Image> files_{{"given", given()},
                                        {"nothing", mask_from(side)},
                                        {"everything", mask_from(0)},
                                        {"right half", mask_from(side / 2)},
                                        {"narrow", mask_from(0, side / 2)}};
    std::unique_ptr<Engine> engine_;
};

TEST_F(EnginePictureTest, StrengthSaysHowMuchMayChange) {
    const auto start = given();
    const double none = mean_difference(run(request(0)), start);
    const double some = mean_difference(run(request(0.25)), start);
    const double half = mean_difference(run(request(0.5)), start);
    const double all = mean_difference(run(request(1)), start);
    EXPECT_LT(none, some);
    EXPECT_LT(some, all);
    EXPECT_LT(some, half);
    // No step: the words do not matter.
    auto other = request(0);
    other.prompt = "green tree";
    EXPECT_EQ(run(other), run(request(0)));
}

TEST_F(EnginePictureTest, BlackStaysToTheLastBit) {
    EXPECT_EQ(run(request(0.75, "nothing")), given());
    const auto half = run(request(0.75, "right half"));
    EXPECT_EQ(mean_difference(half, given(), 0, side / 2 - 16), 0);
    EXPECT_GT(mean_difference(half, given(), side / 2 + 16, side), 2);
}

TEST_F(EnginePictureTest, AllWhiteIsNoMask) {
    EXPECT_EQ(run(request(0.75, "everything")), run(request(0.75)));
}

TEST_F(EnginePictureTest, EverySamplerKeepsWhatIsHeld) {
    for (const char* sampler : {"Euler a", "DPM++ 2M SDE", "DDIM", "PLMS", "UniPC", "LCM", "Restart"}) {
        auto r = request(0.5, "nothing");
        r.sampler = sampler;
        EXPECT_EQ(run(r), given()) << sampler;
    }
}

TEST_F(EnginePictureTest, DiffusersProfileChangesTheWhiteHalf) {
    auto r = request(0.75, "right half");
    r.compatibility = "diffusers";
    const auto held = mean_difference(run(r), given(), 0, side / 2 - 16);
    const auto made = mean_difference(run(r), given(), side / 2 + 16, side);
    EXPECT_LT(held, made);
}

TEST_F(EnginePictureTest, PicturesOfABatchAreThoseMadeAlone) {
    auto r = request(0.5, "right half");
    r.count = 2;
    const auto batch = engine_->generate(r, {}, {}, {}).images;
    r.count = 1;
    r.seed += 1;
    EXPECT_LT(mean_difference(batch.at(1).image, run(r)), 0.1);
    EXPECT_NE(batch.at(0).image, batch.at(1).image);
}

TEST_F(EnginePictureTest, ErrorsNameTheFieldOrTheFile) {
    auto r = request(0.5);
    r.initial_image = "lost.png";
    EXPECT_NE(refusal(r, ErrorKind::missing_file).find("lost.png"), std::string::npos);
    r = request(0.5, "narrow");
    const auto sizes = refusal(r, ErrorKind::bad_request);
    EXPECT_NE(sizes.find("mask: narrow is 128x256, expected 256x256"), std::string::npos) << sizes;
    r = request(0.5, "everything");
    r.initial_image.clear();
    EXPECT_NE(refusal(r, ErrorKind::bad_request).find("mask"), std::string::npos);
    r = request(1.5);
    EXPECT_NE(refusal(r, ErrorKind::bad_request).find("denoise_strength"), std::string::npos);
}

}  // namespace
}  // namespace diffusion
