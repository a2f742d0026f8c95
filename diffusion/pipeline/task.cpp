#include <algorithm>

#include "diffusion/adapters/changed_weights.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/planner.h"
#include "diffusion/text/prompt_plan.h"

namespace diffusion::pipeline {

namespace {

/// The layers of the shipped model's own autoencoder do not widen their weights.
bool can_stay(const checkpoint::VaeConfig& config) {
    return !std::holds_alternative<vae::PatchConfig>(config);
}

int texts_of(const GenerationRequest& request, const SamplingSetup& setup) {
    const ScheduleSteps steps{.steps = setup.call_count};
    const auto positive = plan_prompt(request.prompt, steps);
    const bool has_negative = setup.denoise.guidance_scale != 1.0 || setup.needs_unconditional ||
                              !positive.is_plain();
    return static_cast<int>(positive.parts.size()) + (has_negative ? 1 : 0);
}

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& part) {
    throw Error(ErrorKind::unsupported_model,
                path.string() + ": expected a whole model, but found no " + part +
                    " in it; choose a checkpoint that holds UNet, text encoder and VAE.");
}

void set_vae(Task& task, const std::string& other, const checkpoint::ModelFiles& files) {
    const auto& own = files.description;
    if (other.empty() && !own.vae) refuse(own.path, "VAE");
    const auto dtype = task.placement.decoder_dtype;
    if (own.vae) {
        task.vae = *own.vae;
        task.vae_size = part_size(files.vae, dtype, can_stay(task.vae));
    }
    if (other.empty()) return;
    const auto file = checkpoint::open_vae(other, own.family);
    task.vae = file.config;
    task.vae_size += part_size(file.weights, dtype, can_stay(task.vae));
}

}  // namespace

Task task_of(const GenerationRequest& request, const checkpoint::ModelFiles& files,
             const SamplingSetup& setup, const std::vector<adapters::AdapterUse>& uses,
             const Placement& placement) {
    const auto& model = files.description;
    if (!model.unet) refuse(model.path, "UNet");
    Task task;
    task.model = model;
    task.placement = placement;
    using checkpoint::Part;
    auto changed = adapters::changed_weights(uses, {{Part::text_encoder, &files.text_encoder},
                                                    {Part::text_encoder_2, &files.text_encoder_2},
                                                    {Part::unet, &files.unet}});
    task.text_size = part_size(files.text_encoder, placement.text_dtype, true, changed[Part::text_encoder]);
    task.text_size += part_size(files.text_encoder_2, placement.text_dtype, true, changed[Part::text_encoder_2]);
    task.unet_size = part_size(files.unet, placement.dtype, true, changed[Part::unet]);
    set_vae(task, request.vae, files);
    const auto factor = checkpoint::factor_of(task.vae);
    const auto native = static_cast<int>(model.native_size);
    task.extent.width = request.width > 0 ? request.width : native;
    task.extent.height = request.height > 0 ? request.height : native;
    task.extent.latent_width = (task.extent.width + factor - 1) / factor;
    task.extent.latent_height = (task.extent.height + factor - 1) / factor;
    task.pictures = request.count;
    task.step_count = setup.step_count;
    task.calls_per_step = request.steps > 0 ? std::max(1, setup.call_count / request.steps) : 1;
    task.texts = texts_of(request, setup);
    // An inpainting model reads a picture even where none is given.
    task.has_picture = !request.initial_image.empty() || model.unet->in_channels > model.unet->out_channels;
    return task;
}

}  // namespace diffusion::pipeline
