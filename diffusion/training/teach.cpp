#include "diffusion/training/teach.h"

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/device.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/sample_sheet.h"

#include <algorithm>
#include <cstdio>

namespace diffusion::training {

namespace {

namespace fs = std::filesystem;

/// 16 bits on a GPU, of the kind that can't overflow.
pipeline::Placement placement_for(const std::string& device) {
    auto placement = pipeline::choose_placement(device);
    return placement.device.is_cuda()
               ? pipeline::with_precision(placement, "unet=bf16,text=bf16,vae=fp32")
               : placement;
}

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorKind::bad_request, what); }

fs::path output_of(const LessonOptions& options) {
    const fs::path output(options.output);
    if (output.extension() == ".safetensors") return output;
    refuse("output: expected a name that ends in .safetensors, found \"" + options.output + "\".");
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) return;
    throw Error(ErrorKind::cannot_write,
                folder.string() + ": can't be made: " + error.message() + ".");
}

void check_options(const TrainRequest& request, const LessonOptions& options) {
    const auto at_least_one = [](const char* field, double found) {
        if (found < 1)
            refuse(std::string(field) + ": expected 1 or more, found " + std::to_string(found) + ".");
    };
    at_least_one("batch", options.batch);
    at_least_one("accumulation", options.accumulation);
    if (options.extent != 0) at_least_one("extent / 64", options.extent / 64.0);
    if (options.warm_up_steps < 0) refuse("warm_up_steps: expected 0 or more.");
    if (!(options.ema_decay >= 0 && options.ema_decay < 1))
        refuse("ema_decay: expected 0 to less than 1, found " + std::to_string(options.ema_decay) + ".");
    if (options.schedule != "constant" && options.schedule != "cosine")
        refuse("schedule: expected constant or cosine, found \"" + options.schedule + "\".");
    if (options.schedule == "cosine" && request.steps <= 0)
        refuse("schedule: cosine falls towards the last step; say how many steps there are.");
    if (!options.pictures) refuse("Training needs someone who reads pictures.");
    if (request.work_folder.empty()) refuse("Training needs a work folder for its state.");
}

Rates rates_of(const TrainRequest& request, const LessonOptions& options) {
    Rates rates;
    rates.learning_rate = options.learning_rate;
    rates.warm_up_steps = options.warm_up_steps;
    if (options.schedule == "cosine") {
        rates.decay_start = options.warm_up_steps;
        rates.decay_steps = std::max(1.0, double(request.steps) - options.warm_up_steps);
    }
    rates.beta2 = 0.999;
    rates.ema_decay = options.ema_decay;
    rates.batch = std::int64_t{options.batch} * options.accumulation;
    return rates;
}

/// "ink.safetensors" at step 500: "ink-000500.safetensors".
fs::path copy_of(const fs::path& output, std::int64_t step) {
    char number[32];
    std::snprintf(number, sizeof number, "-%06lld", static_cast<long long>(step));
    return output.parent_path() / (output.stem().string() + number + output.extension().string());
}

bool makes_sheets(const TrainRequest& request) {
    return request.minutes_per_sheet > 0 || request.steps_per_sheet > 0;
}

Image sheet(const std::vector<Image>& pictures) {
    return sheet_of(pictures, static_cast<int>(std::min<std::size_t>(4, pictures.size())));
}

pipeline::Models load(const LessonOptions& options, const std::string& device,
                      const pipeline::Resources& resources,
                      const std::function<void(const std::string&)>& say) {
    const fs::path model =
        options.model.empty() ? resources.shipped_model() : fs::path(options.model);
    auto models = pipeline::load_models(model, resources, placement_for(device),
                                        [&](const std::string& part) { say("reading the " + part); });
    pipeline::require_codec(models);
    pipeline::read_all_weights(models);
    return models;
}

}  // namespace

void teach(const TrainRequest& request, const LessonOptions& options, const std::string& name,
           const LearnerMaker& make, const pipeline::Resources& resources,
           const TrainProgressCallback& report, std::stop_token stop) {
    check_options(request, options);
    const auto output = output_of(options);
    make_folder(request.work_folder);
    if (output.has_parent_path()) make_folder(output.parent_path());
    const auto say = [&](const std::string& message) { tell(request, report, message); };
    auto models = load(options, request.device, resources, say);
    auto pictures =
        encode_folder(options, models, fs::path(request.work_folder) / "latents.safetensors", say);
    if (pictures.size() == 1) say("There is only one picture: what is learnt will be that picture.");
    if (!makes_sheets(request)) models.vae.reset();
    const auto learner = make(models, std::move(pictures));
    Trainee trainee;
    trainee.add("", learner->weights());
    const auto state = state_file(request, name);
    if (fs::exists(state)) trainee.load(checkpoint::read_safetensors(state), state.string());
    const auto write = [&](const fs::path& file) {
        const auto extent = options.extent > 0 ? options.extent : models.description.native_size;
        learner->write(file, {trainee.step_count(), learner->lesson().picture_count(), extent});
        return file;
    };
    StageWork work;
    work.name = name;
    work.rates = rates_of(request, options);
    work.loss = [&](std::int64_t step) { return learner->lesson().loss(step); };
    if (makes_sheets(request)) work.sheet = [&] { return sheet(learner->lesson().samples()); };
    work.copy = [&](std::int64_t step) { return write(copy_of(output, step)); };
    run_stage(request, work, trainee, report, stop);
    try {
        const Trainee::Averaged averaged(trainee);
        say("wrote " + write(output).string());
    } catch (const Error& error) {
        throw Error(error.kind(), error.what() + std::string(" ") +
                                      words_of_what_stays(request, name, trainee.step_count()));
    }
}

}  // namespace diffusion::training
