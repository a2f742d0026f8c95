#include "diffusion/pipeline/finite_guard.h"

#include <utility>
#include <vector>

#include "diffusion/error.h"
#include "diffusion/pipeline/conditioning.h"
#include "unet/ops/layers.h"
#include "vae/tiled_codec.h"

namespace diffusion::pipeline {

namespace {

bool is_finite(const torch::Tensor& x) { return x.isfinite().all().item<bool>(); }

[[noreturn]] void give_up() {
    throw Error(ErrorKind::internal,
                "The model made numbers that are not finite, so there is no picture to show. Its "
                "weights may be damaged, or too large for 16-bit arithmetic.",
                ErrorReason::non_finite);
}

void require_finite(const torch::Tensor& x) {
    if (!is_finite(x)) give_up();
}

std::string sentence(const std::string& part, torch::Dtype from, torch::Dtype to) {
    return part + ": numbers too large for " + precision_name(from) + ", so it goes on in " +
           precision_name(to) + "; choose that precision to save the first attempt.";
}

bool is_finite(const TextConditioning& text) {
    return is_finite(text.context) && (!text.pooled.defined() || is_finite(text.pooled));
}

/// The adapters of the model on a wider network; nothing where they are there already.
void adapt(const std::shared_ptr<adapters::Patch>& patch, const Models& models) {
    const torch::InferenceMode plain(false);
    patch->apply(models.patch ? models.patch->uses() : std::vector<adapters::AdapterUse>{});
}

std::shared_ptr<adapters::Patch> patch_for(const Models& models, const std::vector<clip::TextEncoder>& encoders,
                                           torch::Dtype kept) {
    auto wide = models;
    for (std::size_t i = 0; i < encoders.size(); ++i) wide.text[i].encoder = encoders[i];
    auto networks = networks_of(wide);
    std::erase_if(networks, [](const auto& network) { return network.part == checkpoint::Part::unet; });
    return std::make_shared<adapters::Patch>(std::move(networks), models.description.family, kept);
}

/// Weights stay as the file has them and are widened for each call.
Placement widened(Placement placement) {
    placement.keeps_narrow = true;
    return placement;
}

}  // namespace

FiniteGuard::FiniteGuard(Models& models, std::function<void(const std::string&)> warn)
    : models_(models), warn_(std::move(warn)) {}

bool FiniteGuard::can_widen(torch::Dtype dtype) const {
    // A GPU's float64 is too slow to be a way out.
    const bool is_last = dtype == torch::kFloat32 && !models_.placement.device.is_cpu();
    return wider_than(dtype).has_value() && !is_last;
}

void FiniteGuard::widen_text() {
    const auto from = models_.placement.text_dtype;
    if (!can_widen(from)) give_up();
    auto placement = widened(models_.placement);
    placement.text_dtype = *wider_than(from);
    const torch::InferenceMode plain(false);
    auto& wider = *models_.wider;
    wider.text = load_encoders(models_.description.path, placement, models_.description.family);
    wider.text_patch = patch_for(models_, wider.text, placement.text_dtype);
    if (warn_) warn_(sentence("Text encoder", from, placement.text_dtype));
}

TextConditioning FiniteGuard::encoded(const Encode& encode) {
    const auto& wider = *models_.wider;
    auto parts = encoder_parts(models_);
    if (wider.text.empty()) {
        auto text = encode(parts);
        if (is_finite(text)) return text;
        widen_text();
    }
    adapt(wider.text_patch, models_);
    for (std::size_t i = 0; i < parts.size(); ++i) parts[i].encoder = wider.text[i];
    auto text = encode(parts);
    if (!is_finite(text)) give_up();
    return text;
}

void FiniteGuard::widen_unet() {
    const auto from = models_.placement.dtype;
    if (!can_widen(from)) give_up();
    auto placement = widened(models_.placement);
    placement.dtype = *wider_than(from);
    const torch::InferenceMode plain(false);
    models_.wider->unet = load_unet(models_.description.path, placement, models_.description.family);
    models_.wider->unet_patch = std::make_shared<adapters::Patch>(
        std::vector<adapters::Network>{{checkpoint::Part::unet, models_.wider->unet.ptr()}},
        models_.description.family, placement.dtype);
    adapt(models_.wider->unet_patch, models_);
    if (warn_) warn_(sentence("UNet", from, placement.dtype));
}

void FiniteGuard::widen_codec() {
    const auto from = models_.placement.decoder_dtype;
    if (!can_widen(from)) give_up();
    auto wide = models_;
    wide.placement = widened(models_.placement);
    wide.placement.decoder_dtype = *wider_than(from);
    const torch::InferenceMode plain(false);
    const auto& path = models_.vae_path.empty() ? models_.description.path : models_.vae_path;
    models_.wider->vae = load_codec(path, wide);
    if (warn_) warn_(sentence("VAE", from, wide.placement.decoder_dtype));
}

Network FiniteGuard::network() {
    // Once for all steps: it asks the adapters' files whether they are the same.
    if (!models_.wider->unet.is_empty()) adapt(models_.wider->unet_patch, models_);
    return [this](const torch::Tensor& latent, const torch::Tensor& timestep,
                  const unet::Conditioning& conditioning) {
        if (models_.wider->unet.is_empty()) {
            const auto answer = network_of(models_.unet)(latent, timestep, conditioning);
            if (!checks_calls_ || is_finite(answer)) return answer;
            require_finite(latent);
            widen_unet();
        }
        const auto answer = network_of(models_.wider->unet)(latent, timestep, conditioning);
        if (checks_calls_) require_finite(answer);
        return answer;
    };
}

bool FiniteGuard::accepts(const torch::Tensor& latent) {
    if (checks_calls_ || is_finite(latent)) return true;
    checks_calls_ = true;
    return false;
}

torch::Tensor FiniteGuard::decoded(const torch::Tensor& latent) {
    if (!models_.wider->vae) {
        const auto pixels = models_.vae->decode(latent.to(models_.placement.decoder_dtype));
        if (is_finite(pixels)) return pixels;
        require_finite(latent);
        widen_codec();
    }
    auto codec = models_.wider->vae;
    if (const auto* tiles = dynamic_cast<const vae::TiledCodec*>(models_.vae.get())) codec = tiles->around(codec);
    const auto pixels = codec->decode(latent.to(unet::ops::compute_type(*codec)));
    require_finite(pixels);
    return pixels;
}

}  // namespace diffusion::pipeline
