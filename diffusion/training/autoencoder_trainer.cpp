#include "diffusion/training/autoencoder_trainer.h"

#include <torch/utils.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/training/examples.h"
#include "diffusion/training/export_model.h"
#include "diffusion/training/patch_components.h"
#include "diffusion/training/pictures.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/sample_sheet.h"
#include "diffusion/training/seeds.h"

namespace diffusion::training {

namespace {

constexpr size_t pictures_per_load = 64;

/// The training pictures' patches, from pictures spread over the pack, until there are enough.
PatchStream patch_stream(const Pack& pack, const Split& split, int64_t factor, int64_t patch_count) {
    const auto per_picture = (pack.extent() / factor) * (pack.extent() / factor);
    const auto wanted = std::min(split.training.size(),
                                 static_cast<size_t>(std::max<int64_t>(1, patch_count / per_picture)));
    const auto stride = split.training.size() / wanted;
    return [&pack, &split, factor, wanted, stride, next = size_t{0}]() mutable -> torch::Tensor {
        std::vector<int64_t> indices;
        for (; next < wanted && indices.size() < pictures_per_load; ++next) {
            indices.push_back(split.training[next * stride]);
        }
        if (indices.empty()) return {};
        return cut_patches(load_pictures(pack, indices), factor);
    };
}

std::vector<int64_t> first_of(const std::vector<int64_t>& indices, size_t count) {
    return {indices.begin(), indices.begin() + static_cast<std::ptrdiff_t>(std::min(count, indices.size()))};
}

std::string exact(double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.17g", value);
    return text;
}

class AutoencoderStage {
public:
    AutoencoderStage(const TrainingConfig& config, const Pack& pack, torch::Device device)
        : config_(config), pack_(pack), device_(device), split_(split_pictures(pack, config.held_out_share, config.seed)),
          examples_(pack, split_.training, config.autoencoder.augmentation),
          autoencoder_(sized_for(config.vae, pack)) {
        held_out_ = load_pictures(pack, first_of(split_.held_out, 96));
    }

    void begin_linear() {
        autoencoder_->set_linear(principal_code(
            patch_stream(pack_, split_, config_.vae.factor, config_.autoencoder.component_patches),
            config_.vae.latent_channels));
    }

    void measure() {
        torch::NoGradGuard no_grad;
        autoencoder_->to(torch::kCPU);
        std::vector<int64_t> sample;
        const auto stride = std::max<size_t>(1, split_.training.size() / 256);
        for (size_t i = 0; i < split_.training.size(); i += stride) sample.push_back(split_.training[i]);
        measure_latents(autoencoder_, load_pictures(pack_, sample), config_.autoencoder.latent_deviation);
        autoencoder_->to(device_);
    }

    torch::Tensor loss(std::int64_t step) {
        const auto seed = mix(config_.seed, static_cast<std::uint64_t>(step));
        const auto pixels = examples_.crops(split_.training, config_.autoencoder.rates.batch,
                                            config_.autoencoder.crop, seed)
                                .to(device_);
        auto latent = autoencoder_->encode(pixels).mean * autoencoder_->config().scaling_factor;
        if (!config_.autoencoder.trains_encoder) latent = latent.detach();
        auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        const auto noise = torch::randn(latent.sizes(), generator).to(device_);
        latent = latent + config_.autoencoder.latent_noise * config_.autoencoder.latent_deviation * noise;
        return torch::mse_loss(autoencoder_->decode(latent), pixels);
    }

    double held_out_loss() {
        double sum = 0;
        for (const auto& part : held_out_.split(16)) {
            sum += torch::mse_loss(rebuilt(part), part).item<double>() * double(part.size(0));
        }
        return sum / double(held_out_.size(0));
    }

    /// Above the held-out pictures, below what the code keeps of them.
    Image sheet() {
        const auto originals = held_out_.slice(0, 0, 8);
        std::vector<Image> pictures;
        for (const auto& picture : originals.unbind()) pictures.push_back(to_image(picture));
        for (const auto& picture : rebuilt(originals).unbind()) pictures.push_back(to_image(picture));
        return sheet_of(pictures, static_cast<int>(originals.size(0)));
    }

    vae::PatchAutoencoder& autoencoder() { return autoencoder_; }

private:
    static vae::PatchConfig sized_for(vae::PatchConfig config, const Pack& pack) {
        config.sample_size = pack.extent();
        return config;
    }

    torch::Tensor rebuilt(const torch::Tensor& pixels) {
        torch::NoGradGuard no_grad;
        const auto latent =
            autoencoder_->encode(pixels.to(device_)).mean * autoencoder_->config().scaling_factor;
        return autoencoder_->decode(latent).to(torch::kCPU).clamp(-1, 1);
    }

    const TrainingConfig& config_;
    const Pack& pack_;
    torch::Device device_;
    Split split_;
    Examples examples_;
    vae::PatchAutoencoder autoencoder_;
    torch::Tensor held_out_;
};

/// The autoencoder gets the scale of the run's beginning, for the deviation that is wanted now.
void keep_scale(Trainee& trainee, vae::PatchAutoencoder& autoencoder, double deviation, bool goes_on) {
    auto& scale = trainee.notes["scaling_factor"];
    auto& scaled_to = trainee.notes["latent_deviation"];  // states of before deviations could be chosen lack it
    if (scale.empty()) scale = exact(autoencoder->config().scaling_factor);
    if (scaled_to.empty()) scaled_to = exact(goes_on ? 1.0 : deviation);
    scale = exact(std::strtod(scale.c_str(), nullptr) * (deviation / std::strtod(scaled_to.c_str(), nullptr)));
    scaled_to = exact(deviation);
    autoencoder->set_scaling_factor(std::strtod(scale.c_str(), nullptr));
}

}  // namespace

void measure_latents(vae::PatchAutoencoder& autoencoder, const torch::Tensor& pictures, double deviation) {
    torch::NoGradGuard no_grad;
    torch::Tensor squares;
    int64_t count = 0;
    for (const auto& part : pictures.split(32)) {
        const auto code = autoencoder->encode(part).mean;
        const auto sum = code.to(torch::kFloat64).square().sum();
        squares = squares.defined() ? squares + sum : sum;
        count += code.numel();
    }
    const double scaling = deviation / std::sqrt(squares.item<double>() / double(count));
    autoencoder->set_scaling_factor(scaling);
    // One unit of a latent channel adds its kernel's mean colour to the patch.
    const auto colours = (autoencoder->decoder->patch->weight.mean({2, 3}) / scaling).to(torch::kCPU);
    const auto base = autoencoder->decoder->patch->bias.to(torch::kCPU);
    std::vector<std::array<double, 3>> matrix;
    const auto row_of = [](const torch::Tensor& row) {
        return std::array<double, 3>{row[0].item<double>(), row[1].item<double>(), row[2].item<double>()};
    };
    for (const auto& row : colours.unbind()) matrix.push_back(row_of(row));
    matrix.push_back(row_of(base));
    autoencoder->set_preview_matrix(matrix);
}

double train_autoencoder(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
                         torch::Device device, const TrainProgressCallback& report, std::stop_token stop) {
    torch::manual_seed(config.seed);
    AutoencoderStage stage(config, pack, device);
    const auto state = state_file(request, "autoencoder");
    const bool goes_on = std::filesystem::exists(state);
    if (!goes_on) {
        stage.begin_linear();
        stage.measure();
    }
    stage.autoencoder()->to(device);
    Trainee trainee;
    trainee.add("", *stage.autoencoder());
    if (goes_on) trainee.load(checkpoint::read_safetensors(state), state.string());
    tell(request, report, note_held_out(trainee, goes_on, config.held_out_share, config.seed));
    // The noise on the latents stays what it was when the run began, so the scale goes with the state.
    keep_scale(trainee, stage.autoencoder(), config.autoencoder.latent_deviation, goes_on);
    StageWork work;
    work.name = "autoencoder";
    work.rates = config.autoencoder.rates;
    work.loss = [&](std::int64_t step) { return stage.loss(step); };
    work.held_out_loss = [&] { return stage.held_out_loss(); };
    work.sheet = [&] { return stage.sheet(); };
    // The model stage may begin with what is there: the linear code is exact from the start.
    write_autoencoder(std::filesystem::path(request.work_folder) / "vae", stage.autoencoder(),
                      torch::kFloat32);
    const double held_out = run_stage(request, work, trainee, report, stop);
    const Trainee::Averaged averaged(trainee);
    stage.measure();
    write_autoencoder(std::filesystem::path(request.work_folder) / "vae", stage.autoencoder(),
                      torch::kFloat32);
    return held_out;
}

vae::PatchAutoencoder load_autoencoder(const std::filesystem::path& work_folder) {
    const auto folder = work_folder / "vae";
    if (!std::filesystem::exists(folder / "config.json")) {
        throw Error(ErrorKind::missing_file, "There is no autoencoder in " + folder.string() +
                                                 ": run the stage autoencoder first.");
    }
    return read_autoencoder(folder);
}

}  // namespace diffusion::training
