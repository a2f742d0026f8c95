#include "diffusion/training/patch_components.h"

#include <torch/utils.h>

namespace diffusion::training {

torch::Tensor cut_patches(const torch::Tensor& pixels, int64_t factor) {
    const auto batch = pixels.size(0), channels = pixels.size(1);
    const auto rows = pixels.size(2) / factor, columns = pixels.size(3) / factor;
    return pixels.slice(2, 0, rows * factor)
        .slice(3, 0, columns * factor)
        .reshape({batch, channels, rows, factor, columns, factor})
        .permute({0, 2, 4, 1, 3, 5})
        .reshape({batch * rows * columns, channels, factor, factor});
}

vae::LinearCode principal_code(const PatchStream& next_patches, int64_t channels) {
    torch::NoGradGuard no_grad;
    torch::Tensor products, pixel_sums, colour_mean;
    int64_t count = 0;
    int64_t colours = 0;
    for (auto patches = next_patches(); patches.defined(); patches = next_patches()) {
        colours = patches.size(1);
        // Moments about white (1), which most pixels are: the sums stay small and exact in float32.
        const auto rows = (patches - 1).flatten(1);
        const auto product = torch::mm(rows.t(), rows).to(torch::kFloat64);
        const auto sum = rows.sum(0).to(torch::kFloat64);
        products = products.defined() ? products + product : product;
        pixel_sums = pixel_sums.defined() ? pixel_sums + sum : sum;
        count += rows.size(0);
    }
    TORCH_CHECK(count > 1, "principal components need at least two patches, not ", count);
    const auto pixel_mean = pixel_sums / double(count);
    colour_mean = pixel_mean.view({colours, -1}).mean(1);
    const auto per_pixel =
        colour_mean.view({colours, 1}).expand({colours, pixel_mean.numel() / colours}).reshape({-1});
    // E[(p - m)(p - m)^T] for the mean colour m, whatever the pixels' own means are.
    const auto covariance = products / double(count) - torch::outer(pixel_mean, per_pixel) -
                            torch::outer(per_pixel, pixel_mean) + torch::outer(per_pixel, per_pixel);
    const auto [values, vectors] = torch::linalg_eigh(covariance.to(torch::kFloat32));
    TORCH_CHECK(channels <= values.numel(), "a patch of ", values.numel(), " numbers has no ", channels,
                " components");
    const auto strongest = values.flip(0).slice(0, 0, channels).clamp_min(1e-8);
    vae::LinearCode code;
    code.mean = (colour_mean + 1).to(torch::kFloat32);
    code.basis = vectors.flip(1).slice(1, 0, channels).t().contiguous();
    code.gain = strongest.pow(-0.25);
    return code;
}

}  // namespace diffusion::training
