#include "tests/diffusion/training/lesson_support.h"

#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/error.h"

#include <torch/utils.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace lesson_test {

using namespace diffusion;
using checkpoint_test::write_bytes;
using training::LoraPicture;

std::shared_ptr<const clip::Tokenizer> small_tokenizer() {
    std::ifstream file(
        pipeline::Resources{std::string(ATELIER_BINARY_DIR) + "/share/atelier"}.clip_merges());
    std::stringstream merges;
    std::string line;
    for (int i = 0; i <= 486 && std::getline(file, line); ++i) merges << line << '\n';
    return std::make_shared<clip::Tokenizer>(clip::Tokenizer::from_clip_merges(merges));
}

pipeline::Models models_of(const adapters_test::TinyModel& tiny) {
    pipeline::Models models;
    models.description.family = tiny.family;
    models.unet = tiny.unet;
    for (const auto& [part, encoder] : tiny.encoders)
        models.text.push_back({encoder, small_tokenizer()});
    return models;
}

pipeline::Models sd2_models() {
    const auto files = checkpoint::open_model(checkpoint_test::data_file("tiny/sd2-v/model.fp16.ckpt"),
                                              checkpoint_test::tiny_options("sd2-v"));
    checkpoint::LoadOptions in_float;
    in_float.dtype = torch::kFloat32;
    pipeline::Models models;
    models.description = files.description;
    models.unet = unet::UNet(files.description.unet.value());
    checkpoint::load_weights(*models.unet, files.unet, in_float);
    clip::TextEncoder encoder(files.description.text_encoder.value().config);
    checkpoint::load_weights(*encoder, files.text_encoder, in_float);
    models.text.push_back({encoder, small_tokenizer()});
    return models;
}

LoraPicture picture_of(const std::string& caption, std::uint64_t seed) {
    torch::manual_seed(seed);
    LoraPicture picture;
    picture.caption = caption;
    picture.latent = torch::randn({1, 4, 8, 12});
    picture.original_width = 96;
    picture.original_height = 64;
    picture.bucket = {96, 64};
    return picture;
}

LessonTest::LessonTest() {
    std::filesystem::create_directories(folder_ / "pictures");
    for (const char* name : {"red", "blue", "broken"}) {
        write_bytes(folder_ / ("pictures/" + std::string(name) + ".png"), "x");
        write_bytes(folder_ / ("pictures/" + std::string(name) + ".txt"),
                    std::string("a ") + name + " field");
    }
}

TrainRequest LessonTest::run_request(const std::string& work, std::int64_t steps) const {
    TrainRequest r;
    r.work_folder = folder_ / work;
    r.steps = steps;
    r.minutes_per_sheet = 0;
    r.device = "cpu";
    return r;
}

void LessonTest::fill(LessonOptions& options, const std::string& output) const {
    options.folder = folder_ / "pictures";
    options.output = folder_ / output;
    options.extent = 64;
    options.accumulation = 2;
    options.learning_rate = 1e-2;
    options.pictures = [](const std::string& file) {
        if (file.find("broken") != file.npos)
            throw Error(ErrorKind::corrupt_file, "it is broken");
        Image image{96, 64, 3, {}};
        for (int i = 0; i < 96 * 64; ++i) {
            const auto red = static_cast<std::uint8_t>(file.find("red") != file.npos ? 230 : 20);
            image.pixels.insert(image.pixels.end(), {red, 40, 90});
        }
        return image;
    };
}

void expect_slope(diffusion::training::EmbeddingLesson& lesson) {
    auto vectors = lesson.vectors().named_parameters()["emb_params"];
    lesson.loss(0).backward();
    const auto gradient = vectors.grad().clone();
    const double length = gradient.norm().item<double>();
    EXPECT_GT(length, 0);
    const auto direction = gradient / length;
    const auto at = [&](double way) {
        const torch::NoGradGuard no_grad;
        vectors.add_(direction * way);
        const double loss = lesson.loss(0).item<double>();
        vectors.sub_(direction * way);
        return loss;
    };
    constexpr double way = 2e-2;
    EXPECT_NEAR((at(way) - at(-way)) / (2 * way), length, 0.02 * length);
}

}  // namespace lesson_test
