#include "diffusion/engine.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "diffusion/checkpoint/sha256.h"
#include "diffusion/error.h"

namespace diffusion {
namespace {

EngineOptions options() {
    EngineOptions o;
    o.resource_folder = std::string(ATELIER_BINARY_DIR) + "/share/atelier";
    o.device = "cpu";
    o.threads = 1;  // so small a model leaves several waiting for each other
    return o;
}

class EngineTest : public testing::Test {
protected:
    static GenerationRequest request() {
        GenerationRequest r;
        r.prompt = "red apple";
        r.seed = 5;
        r.steps = 3;
        r.sampler = "Euler";
        return r;
    }

    GenerationOutcome run(const GenerationRequest& r) { return engine_->generate(r, {}, {}, {}); }

    ErrorKind kind_of(const GenerationRequest& r, std::string* message = nullptr) {
        try {
            run(r);
        } catch (const Error& error) {
            if (message) *message = error.what();
            return error.kind();
        }
        ADD_FAILURE() << "no error";
        return ErrorKind::internal;
    }

    std::unique_ptr<Engine> engine_{atelier_create_engine(options())};
};

double largest_difference(const Image& a, const Image& b) {
    EXPECT_EQ(a.pixels.size(), b.pixels.size());
    double most = 0;
    for (size_t i = 0; i < a.pixels.size(); ++i) {
        most = std::max(most, std::abs(double(a.pixels[i]) - double(b.pixels[i])));
    }
    return most;
}

TEST_F(EngineTest, ShippedModelMakesAPictureOfItsNativeSize) {
    const auto info = engine_->inspect("");
    EXPECT_EQ(info.family, "atelier");
    EXPECT_GT(info.parameter_count, 1000000);
    const auto outcome = run(request());
    ASSERT_EQ(outcome.images.size(), 1u);
    EXPECT_EQ(outcome.images[0].image.width, info.native_width);
    EXPECT_EQ(outcome.images[0].image.height, info.native_height);
    EXPECT_EQ(outcome.images[0].request.count, 1);
    EXPECT_EQ(outcome.images[0].request.sampler, "Euler");
    EXPECT_NE(outcome.images[0].request.schedule, "");
}

class CountingMemory : public HashMemory {
public:
    std::string find(const FileStamp& stamp) override {
        return stamp == known_ ? sha256_ : std::string();
    }

    void remember(const FileStamp& stamp, const std::string& sha256) override {
        known_ = stamp;
        sha256_ = sha256;
        ++times;
    }

    int times = 0;

private:
    FileStamp known_;
    std::string sha256_;
};

TEST_F(EngineTest, PicturesCarryTheHashOfTheirModelsFile) {
    const auto memory = std::make_shared<CountingMemory>();
    auto o = options();
    o.hashes = memory;
    const std::unique_ptr<Engine> engine(atelier_create_engine(o));
    const auto folder = std::filesystem::temp_directory_path() /
                        ("atelier_hashed_" + std::to_string(::getpid()));
    engine->convert({"", folder.string(), ModelFormat::folder, "keep", true}, {}, {});
    const auto sha256 =
        checkpoint::sha256_of_file(folder / "unet/diffusion_pytorch_model.safetensors");
    auto r = request();
    r.count = 2;
    r.model = folder.string();
    for (const auto& picture : engine->generate(r, {}, {}, {}).images) {
        EXPECT_EQ(picture.model_hash, sha256.substr(0, 10));
        EXPECT_EQ(picture.model.name, folder.filename());
    }
    EXPECT_EQ(engine->hash(r.model, {}, {}), sha256);
    EXPECT_EQ(memory->times, 1) << "hashed once";
    std::filesystem::remove_all(folder);
}

TEST_F(EngineTest, AConvertedModelMakesTheSamePicture) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("atelier_engine_" + std::to_string(::getpid()));
    const ConvertRequest conversion{"", folder.string(), ModelFormat::folder, "f32", true};
    EXPECT_GT(engine_->convert(conversion, {}, {}).tensor_count, 100);
    auto r = request();
    const auto shipped = run(r).images.at(0);
    r.model = folder.string();
    const auto converted = run(r).images.at(0);
    EXPECT_EQ(shipped.image, converted.image);
    EXPECT_NE(shipped.model_hash, converted.model_hash);
    EXPECT_EQ(engine_->examine(r.model).info.precision, "F32");
    std::filesystem::remove_all(folder);
}

TEST_F(EngineTest, ExaminesEveryPartOfTheShippedModel) {
    const auto report = engine_->examine("");
    ASSERT_EQ(report.parts.size(), 3u);
    EXPECT_EQ(report.format, "folder");
    EXPECT_EQ(report.info.absent, "");
    std::int64_t parameters = 0;
    for (const auto& part : report.parts) {
        EXPECT_TRUE(part.missing.empty() && part.unexpected.empty() && part.misshapen.empty())
            << part.name;
        parameters += part.parameter_count;
    }
    EXPECT_EQ(parameters, report.info.parameter_count);
}

TEST_F(EngineTest, SameSeedSamePictureOtherSeedAnother) {
    auto r = request();
    const auto first = run(r).images[0].image;
    EXPECT_EQ(first, run(r).images[0].image);
    r.seed = 6;
    EXPECT_NE(first, run(r).images[0].image);
    r = request();
    r.prompt = "green tree";
    EXPECT_NE(first, run(r).images[0].image);
}

TEST_F(EngineTest, PicturesOfABatchAreThoseMadeAlone) {
    auto r = request();
    r.count = 3;
    const auto batch = run(r).images;
    ASSERT_EQ(batch.size(), 3u);
    for (int i = 0; i < 3; ++i) {
        auto alone = request();
        alone.seed = r.seed + i;
        EXPECT_EQ(batch[size_t(i)].request.seed, alone.seed);
        EXPECT_LE(largest_difference(batch[size_t(i)].image, run(alone).images[0].image), 1);
    }
}

TEST_F(EngineTest, MakesAnySizeThatIsAsked) {
    auto r = request();
    r.width = 200;
    r.height = 99;
    const auto image = run(r).images[0].image;
    EXPECT_EQ(image.width, 200);
    EXPECT_EQ(image.height, 99);
}

TEST_F(EngineTest, EveryStepIsReportedWithAPreview) {
    std::vector<Progress> said;
    engine_->generate(request(), [&](const Progress& p) { said.push_back(p); }, {}, {});
    int steps = 0;
    for (const auto& p : said) {
        if (p.phase != Phase::sampling || p.step == 0) continue;
        EXPECT_EQ(p.step, ++steps);
        EXPECT_EQ(p.step_count, 3);
        EXPECT_FALSE(p.preview.is_empty());
    }
    EXPECT_EQ(steps, 3);
    EXPECT_EQ(said.back().phase, Phase::finished);
}

TEST_F(EngineTest, WithoutPreviewsThePictureIsTheSame) {
    const auto expected = run(request());
    auto without = options();
    without.makes_previews = false;
    engine_.reset(atelier_create_engine(without));
    int previews = 0;
    const auto outcome = engine_->generate(
        request(), [&](const Progress& p) { previews += !p.preview.is_empty(); }, {}, {});
    EXPECT_EQ(previews, 0);
    EXPECT_EQ(outcome.images.at(0).image.pixels, expected.images.at(0).image.pixels);
}

TEST_F(EngineTest, StopsWithinOneStepAndKeepsWhatIsDone) {
    auto r = request();
    r.count = 8;
    r.steps = 4;
    std::stop_source stop;
    int steps_after = 0;
    const auto outcome = engine_->generate(
        r,
        [&](const Progress& p) {
            if (p.phase != Phase::sampling || p.step == 0) return;
            if (stop.stop_requested()) ++steps_after;
            if (p.first_picture > 0) stop.request_stop();
        },
        {}, stop.get_token());
    EXPECT_TRUE(outcome.was_cancelled);
    EXPECT_LT(outcome.images.size(), 8u);
    EXPECT_FALSE(outcome.images.empty());
    EXPECT_EQ(steps_after, 0);
}

TEST_F(EngineTest, BadRequestsNameTheField) {
    std::string message;
    auto r = request();
    r.width = 100000;
    EXPECT_EQ(kind_of(r, &message), ErrorKind::bad_request);
    EXPECT_NE(message.find("width"), std::string::npos);
    EXPECT_NE(message.find("100000"), std::string::npos);
    r = request();
    r.sampler = "No such sampler";
    EXPECT_EQ(kind_of(r, &message), ErrorKind::bad_request);
    r = request();
    r.clip_skip = 12;
    EXPECT_EQ(kind_of(r, &message), ErrorKind::bad_request);
}

TEST_F(EngineTest, PromptsThatMeanTheSameMakeTheSamePicture) {
    auto r = request();
    const auto apple = run(r).images[0].image;
    for (const char* prompt :
         {"red apple AND green tree :0", "[green tree:red apple:0]", "[red apple:green tree:1.0]",
          "red apple# of a tree", "[red apple|red apple]", "red apple :0.5 AND red apple :0.5"}) {
        r.prompt = prompt;
        EXPECT_EQ(run(r).images[0].image, apple) << prompt;
    }
}

TEST_F(EngineTest, EveryPartOfAPromptShows) {
    auto r = request();
    const auto apple = run(r).images[0].image;
    for (const char* prompt : {"red apple AND green tree", "[red apple:green tree:0.4]",
                               "[red apple|green tree]", "red apple :0.5", "(red:1.5) apple",
                               "red apple BREAK green tree"}) {
        r.prompt = prompt;
        EXPECT_NE(run(r).images[0].image, apple) << prompt;
    }
}

TEST_F(EngineTest, APromptChangesNothingBeforeItChanges) {
    auto r = request();
    r.steps = 6;
    const auto previews = [&](const char* prompt) {
        std::vector<Image> shown;
        r.prompt = prompt;
        engine_->generate(
            r, [&](const Progress& p) { if (!p.preview.is_empty()) shown.push_back(p.preview); }, {},
            {});
        return shown;
    };
    const auto plain = previews("red apple");
    const auto changed = previews("[red apple:green tree:2]");
    ASSERT_EQ(plain.size(), 6u);
    // Calls 0, 1 and 2 still read the first text.
    for (size_t i = 0; i < 3; ++i) EXPECT_EQ(plain[i], changed[i]) << i;
    EXPECT_NE(plain[3], changed[3]);
}

TEST_F(EngineTest, ANetworkInThePromptIsNamed) {
    std::string message;
    auto r = request();
    r.prompt = "red apple <lora:Watercolour:0.8>";
    EXPECT_EQ(kind_of(r, &message), ErrorKind::bad_request);
    EXPECT_NE(message.find("<lora:Watercolour>"), std::string::npos) << message;
    r.prompt = "red apple <hypernet:Ink:1>";
    EXPECT_EQ(kind_of(r, &message), ErrorKind::bad_request);
    EXPECT_NE(message.find("Ink"), std::string::npos) << message;
}

TEST_F(EngineTest, BadModelsNameTheFile) {
    std::string message;
    auto r = request();
    r.model = "/nowhere/at-all.safetensors";
    EXPECT_EQ(kind_of(r, &message), ErrorKind::missing_file);
    EXPECT_NE(message.find("at-all.safetensors"), std::string::npos);
    const auto file = std::filesystem::temp_directory_path() / "atelier_engine_test.safetensors";
    std::ofstream(file) << "<!DOCTYPE html><html></html>";
    r.model = file.string();
    EXPECT_EQ(kind_of(r, &message), ErrorKind::corrupt_file);
    std::filesystem::remove(file);
}

TEST_F(EngineTest, ListsHaveUniqueNames) {
    for (const auto& list : {engine_->samplers(), engine_->schedules()}) {
        std::set<std::string> names;
        for (const auto& choice : list) EXPECT_TRUE(names.insert(choice.name).second) << choice.name;
        EXPECT_GE(list.size(), 4u);
    }
}

}  // namespace
}  // namespace diffusion
