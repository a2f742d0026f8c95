#include "diffusion/pipeline/given_picture.h"

#include <string>

#include "diffusion/error.h"
#include "diffusion/sampling/noise.h"

namespace diffusion::pipeline {

namespace {

/// A1111's default "Mask blur", in pixels.
constexpr double mask_blur = 4.0;

/// The encoder's noise must not be the picture's own first noise.
constexpr std::uint64_t encoder_stream = 0x9E3779B9;

std::string size_of(const Image& image) {
    return std::to_string(image.width) + "x" + std::to_string(image.height);
}

/// Whether the UNet reads a mask and a masked picture beside the latent.
bool reads_mask(const Models& models) {
    const auto latent = models.vae->space().channels;
    const auto input = models.unet->config().in_channels;
    if (input == latent) return false;
    if (input == 2 * latent + 1) return true;
    throw Error(ErrorKind::unsupported_model,
                "The model's UNet reads " + std::to_string(input) + " channels; expected " +
                    std::to_string(latent) + ", or " + std::to_string(2 * latent + 1) +
                    " for inpainting. Choose another model.");
}

}  // namespace

GivenImages read_images(const GenerationRequest& request, const PictureSource& source) {
    GivenImages images;
    if (request.initial_image.empty() && request.mask.empty()) return images;
    if (request.initial_image.empty())
        throw Error(ErrorKind::bad_request, "mask: found " + request.mask +
                                                ", but no picture that it belongs to; name one as "
                                                "initial_image, or take the mask away.");
    if (!source)
        throw Error(ErrorKind::internal, "initial_image: this engine was given no way to read pictures.");
    images.initial = source(request.initial_image);
    if (request.mask.empty()) return images;
    images.mask = source(request.mask);
    if (images.mask.width != images.initial.width || images.mask.height != images.initial.height)
        throw Error(ErrorKind::bad_request, "mask: " + request.mask + " is " + size_of(images.mask) +
                                                ", expected " + size_of(images.initial) +
                                                ", the size of " + request.initial_image + ".");
    return images;
}

GivenPicture::GivenPicture(Models& models, const GivenImages& images, const Extent& extent,
                           bool softens)
    : space_(models.vae->space()) {
    const auto device = models.placement.device;
    const bool is_inpainting = reads_mask(models);
    if (images.initial.is_empty() && !is_inpainting) return;
    const auto canvas = std::vector<int64_t>{1, 3, extent.latent_height * space_.factor,
                                             extent.latent_width * space_.factor};
    pixels_ = images.initial.is_empty() ? torch::zeros(canvas)
                                        : pixels_of(images.initial, extent, space_.factor);
    pixels_ = pixels_.to(device);
    if (!images.initial.is_empty()) moments_ = encode_pixels(*models.vae, pixels_);

    auto mask = torch::ones({1, 1, canvas[2], canvas[3]});
    if (!images.mask.is_empty()) {
        mask = mask_of(images.mask, extent, space_.factor);
        const auto soft = softens ? blurred(mask, mask_blur) : mask;
        repaint_ = (softens ? mean_mask(soft, space_.factor) : corner_mask(mask, space_.factor)).to(device);
        if (softens) overlay_ = (soft * 2).clamp(0, 1).to(device);
    }
    if (!is_inpainting) return;
    corner_mask_ = corner_mask(mask, space_.factor).to(device);
    masked_moments_ = encode_pixels(*models.vae, with_hole(pixels_, mask.to(device)));
}

torch::Tensor GivenPicture::drawn(const vae::Moments& moments,
                                  const std::vector<std::uint64_t>& seeds) const {
    sampling::ImageNoiseOptions options;
    for (const auto seed : seeds) options.seeds.push_back(seed ^ encoder_stream);
    const auto& mean = moments.mean;
    sampling::ImageNoise noise(options, {mean.size(1), mean.size(2), mean.size(3)});
    return draw_latent(moments, noise.next(), space_);
}

torch::Tensor GivenPicture::latents(const std::vector<std::uint64_t>& seeds) const {
    return moments_.mean.defined() ? drawn(moments_, seeds) : torch::Tensor();
}

torch::Tensor GivenPicture::channels(const std::vector<std::uint64_t>& seeds) const {
    if (!corner_mask_.defined()) return {};
    return inpaint_channels(corner_mask_, drawn(masked_moments_, seeds));
}

torch::Tensor GivenPicture::pasted(const torch::Tensor& decoded) const {
    if (!overlay_.defined()) return decoded;
    const auto made = decoded.clamp(-1, 1);
    return made * overlay_ + pixels_.to(made.scalar_type()) * (1 - overlay_);
}

}  // namespace diffusion::pipeline
