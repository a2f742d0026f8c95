#include "diffusion/pipeline/preview_decoder.h"

#include <chrono>

#include "diffusion/pipeline/picture.h"

namespace diffusion::pipeline {

namespace {

using Clock = std::chrono::steady_clock;
using checkpoint::ModelFamily;

/// Latents of the family's own autoencoder, as those are that TAESD was distilled from.
bool has_family_latents(const Models& models) {
    const auto& config = models.description.vae;
    if (!config) return models.description.family != ModelFamily::atelier;
    const auto* convolutional = std::get_if<vae::AutoencoderConfig>(&*config);
    return convolutional && convolutional->latents_std.empty();
}

PreviewMaker throttled(std::shared_ptr<vae::LatentCodec> codec) {
    constexpr int share = 20;
    return [codec = std::move(codec), next = Clock::time_point()](const torch::Tensor& denoised) mutable {
        const auto begin = Clock::now();
        if (begin < next) return Image{};
        auto image = image_of(codec->preview(denoised), 0);
        const auto end = Clock::now();
        next = end + (share - 1) * (end - begin);
        return image;
    };
}

}  // namespace

PreviewMaker PreviewDecoder::maker_for(const Models& models) {
    if (folders_.empty() || !models.vae || !has_family_latents(models)) return {};
    const auto file = find(models.description.family);
    if (file.empty()) return {};
    if (!codec_ || file != file_ || !(placement_ == models.placement)) {
        codec_ = load_codec(file, models);
        file_ = file;
        placement_ = models.placement;
    }
    const auto& space = codec_->space();
    const bool fits = space.channels == models.vae->space().channels &&
                      space.factor == models.vae->space().factor;
    return fits ? throttled(codec_) : PreviewMaker();
}

std::filesystem::path PreviewDecoder::find(ModelFamily family) const {
    const bool is_xl = family == ModelFamily::sdxl || family == ModelFamily::sdxl_refiner;
    const std::string name = is_xl ? "taesdxl_decoder" : "taesd_decoder";
    for (const auto& folder : folders_) {
        for (const char* ending : {".safetensors", ".pth", ".pt", ".sft"}) {
            const auto file = std::filesystem::path(folder) / (name + ending);
            std::error_code error;
            if (std::filesystem::is_regular_file(file, error)) return file;
        }
    }
    return {};
}

}  // namespace diffusion::pipeline
