#include "tests/support/fake_engine.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace test_support {

using diffusion::Error;
using diffusion::ErrorKind;
using diffusion::GenerationRequest;

namespace {

std::vector<diffusion::NamedChoice> choices(std::initializer_list<const char*> names) {
    std::vector<diffusion::NamedChoice> list;
    for (const char* name : names) list.push_back({name, {}});
    return list;
}

void require_known(const std::string& field, const std::string& name,
                   const std::vector<diffusion::NamedChoice>& known) {
    const auto has_name = [&](const auto& choice) { return choice.name == name; };
    if (std::any_of(known.begin(), known.end(), has_name)) return;
    throw Error(ErrorKind::bad_request,
                field + ": expected a name of the list, found \"" + name + "\".");
}

void require_size(const std::string& field, int pixels) {
    if (pixels % 8 == 0) return;
    throw Error(ErrorKind::bad_request,
                field + ": expected a multiple of 8, found " + std::to_string(pixels) + ".");
}

}  // namespace

FakeScript script_from_environment() {
    FakeScript script;
    if (const char* text = std::getenv("ATELIER_FAKE_STEP_MS"))
        script.step_time = std::chrono::milliseconds(std::atoi(text));
    const char* failure = std::getenv("ATELIER_FAKE_FAILURE");
    for (const auto kind : {ErrorKind::bad_request, ErrorKind::missing_file,
                            ErrorKind::corrupt_file, ErrorKind::unsupported_model,
                            ErrorKind::out_of_memory, ErrorKind::cannot_write, ErrorKind::internal})
        if (failure && std::string(failure) == diffusion::name_of(kind))
            script.failure.emplace(kind, std::string("fake trouble: ") + failure);
    return script;
}

FakeEngine::FakeEngine(FakeScript script) : script_(std::move(script)) {}

std::vector<diffusion::NamedChoice> FakeEngine::samplers() const {
    return choices({"Euler", "Euler a", "Heun", "DPM++ 2M"});
}

std::vector<diffusion::NamedChoice> FakeEngine::schedules() const {
    return choices({"Automatic", "Karras", "Exponential"});
}

diffusion::ModelInfo FakeEngine::inspect(const std::string& model) {
    if (!model.empty() && !std::filesystem::exists(model))
        throw Error(ErrorKind::missing_file, model + ": expected a model, found no such file.");
    diffusion::ModelInfo info;
    info.path = model;
    info.name = model.empty() ? "fake" : std::filesystem::path(model).stem().string();
    info.family = "atelier";
    info.prediction = "epsilon";
    info.native_width = info.native_height = script_.native_extent;
    info.parameter_count = 1234;
    info.precision = "F16";
    return info;
}

diffusion::ModelReport FakeEngine::examine(const std::string& model) {
    diffusion::ModelReport report;
    report.info = inspect(model);
    report.format = "safetensors";
    report.bytes = 4096;
    report.parts = {{"unet", 1000, "F16", {}, {}, {}},
                    {"vae", 234, "F32", {"encoder.conv_in.weight"}, {"extra"}, {}}};
    report.unused = {"model_ema.decay"};
    report.metadata = {{"modelspec.title", "Fake"}, {"modelspec.license", "CC0-1.0"}};
    return report;
}

std::string FakeEngine::hash(const std::string& model, const diffusion::ByteProgress& on_bytes,
                             std::stop_token stop) {
    inspect(model);
    if (on_bytes) on_bytes(4096, 4096);
    return stop.stop_requested() ? "" : fake_hash();
}

diffusion::ConvertOutcome FakeEngine::convert(const diffusion::ConvertRequest& request,
                                              const diffusion::ByteProgress& on_bytes,
                                              std::stop_token stop) {
    inspect(request.model);
    if (std::filesystem::exists(request.output) && !request.replaces)
        throw Error(ErrorKind::bad_request, request.output + ": is there already.");
    if (stop.stop_requested()) return {0, 0, true};
    const char* format = request.format == diffusion::ModelFormat::gguf     ? "gguf "
                         : request.format == diffusion::ModelFormat::folder ? "folder "
                                                                            : "safetensors ";
    std::ofstream(request.output) << format << request.type;
    if (on_bytes) on_bytes(4096, 4096);
    return {2, 4096, false};
}

std::vector<double> FakeEngine::sigmas(const GenerationRequest& request) {
    inspect(request.model);
    require_known("sampler", request.sampler, samplers());
    require_known("schedule", request.schedule, schedules());
    std::vector<double> levels;
    for (int step = 0; step <= request.steps; ++step)
        levels.push_back(10.0 * (request.steps - step) / request.steps);
    return levels;
}

diffusion::Plan FakeEngine::plan(const GenerationRequest& request) {
    const auto model = inspect(request.model);
    diffusion::Plan plan;
    plan.peak_bytes = std::int64_t{request.steps} << 20;
    plan.seconds = request.steps;
    plan.limit_bytes = script_.memory_limit;
    if (plan.limit_bytes > 0 && plan.peak_bytes > plan.limit_bytes) plan.obstacle = "too many steps";
    plan.phases = {{diffusion::Phase::sampling, plan.peak_bytes, plan.seconds}};
    plan.width = request.width ? request.width : model.native_width;
    plan.height = request.height ? request.height : model.native_height;
    return plan;
}

diffusion::GenerationOutcome FakeEngine::generate(
    const GenerationRequest& request, const diffusion::ProgressCallback& on_progress,
    const std::function<void(const diffusion::Result&)>& on_picture, std::stop_token stop) {
    return resume(request, {}, on_progress, on_picture, stop);
}

diffusion::GenerationOutcome FakeEngine::resume(
    const GenerationRequest& request, const diffusion::Interruption& from,
    const diffusion::ProgressCallback& on_progress,
    const std::function<void(const diffusion::Result&)>& on_picture, std::stop_token stop) {
    const auto model = inspect(request.model);
    require_known("sampler", request.sampler, samplers());
    require_known("schedule", request.schedule, schedules());
    require_size("width", request.width);
    require_size("height", request.height);
    diffusion::GenerationOutcome outcome;
    for (int picture = from.pictures_done; picture < request.count && !outcome.was_cancelled; ++picture) {
        diffusion::Result result;
        result.request = request;
        result.model = model;
        result.model_hash = fake_hash().substr(0, 10);
        result.seconds = 0.5;
        result.request.seed = request.seed + picture;
        result.request.count = 1;
        result.request.width = request.width ? request.width : model.native_width;
        result.request.height = request.height ? request.height : model.native_height;
        result.image =
            fake_picture(result.request.seed, result.request.width, result.request.height);
        outcome.was_cancelled = !run_steps(result, picture, request.count, from.journal, on_progress, stop);
        if (outcome.was_cancelled) break;
        if (on_picture) on_picture(result);
        outcome.images.push_back(std::move(result));
    }
    diffusion::Progress last;
    last.phase = diffusion::Phase::finished;
    last.first_picture = std::max(0, request.count - 1);
    last.picture_count = request.count;
    if (script_.says_finished && on_progress && !outcome.was_cancelled) on_progress(last);
    return outcome;
}

bool FakeEngine::run_steps(const diffusion::Result& result, int picture, int picture_count,
                           const std::string& journal, const diffusion::ProgressCallback& on_progress, std::stop_token stop) {
    for (int step = 1; step <= result.request.steps; ++step) {
        std::this_thread::sleep_for(script_.step_time);
        if (stop.stop_requested()) return false;
        if (script_.failure && step == 2) throw *script_.failure;
        if (!journal.empty()) std::ofstream(journal) << step;
        diffusion::Progress progress;
        progress.phase = diffusion::Phase::sampling;
        progress.step = step;
        progress.step_count = result.request.steps;
        progress.first_picture = picture;
        progress.picture_count = picture_count;
        progress.seconds_per_step = double(script_.step_time.count()) / 1000;
        progress.seconds_left = progress.seconds_per_step * (result.request.steps - step);
        progress.preview = fake_picture(result.request.seed, 8, 8);
        if (on_progress) on_progress(progress);
    }
    return true;
}

diffusion::PackOutcome FakeEngine::pack(const diffusion::PackRequest& request,
                                        const diffusion::PictureSource& source,
                                        const std::function<void(int done, int total)>& on_picture,
                                        std::stop_token stop) {
    diffusion::PackOutcome outcome;
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(request.folder))
        files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        outcome.was_cancelled = stop.stop_requested();
        if (outcome.was_cancelled) break;
        source(file);
        on_picture(++outcome.packed, int(files.size()));
    }
    std::ofstream(request.output) << outcome.packed;
    return outcome;
}

void FakeEngine::train(const diffusion::TrainRequest& request,
                       const diffusion::TrainProgressCallback& on_progress, std::stop_token stop) {
    if (!std::filesystem::exists(request.pack))
        throw Error(ErrorKind::missing_file,
                    request.pack + ": expected a pack, found no such file.");
    for (std::int64_t step = 1; step <= request.steps && !stop.stop_requested(); ++step) {
        std::this_thread::sleep_for(script_.step_time);
        diffusion::TrainProgress progress;
        progress.stage = request.stage;
        progress.step = step;
        progress.loss = 1.0 / double(step);
        on_progress(progress);
    }
}

std::string fake_hash() {
    return "0123456789" + std::string(54, 'a');
}

diffusion::Image fake_picture(std::int64_t seed, int width, int height) {
    diffusion::Image image{width, height, 3, {}};
    image.pixels.reserve(size_t(width) * size_t(height) * 3);
    const auto bits = std::uint64_t(seed) * 0x9E3779B97F4A7C15u;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int channel = 0; channel < 3; ++channel)
                image.pixels.push_back(
                    std::uint8_t((bits >> (8 * channel)) + std::uint64_t(x + 2 * y)));
    return image;
}

}  // namespace test_support
