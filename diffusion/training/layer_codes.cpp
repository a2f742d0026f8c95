#include "diffusion/training/layer_codes.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/latent_cache.h"
#include "diffusion/training/layer.h"

namespace diffusion::training {

namespace {

class Encoder {
public:
    explicit Encoder(vae::PatchAutoencoder& autoencoder) : autoencoder_(autoencoder) {
        const auto patch = autoencoder->config().factor;
        nothing_ = encode(torch::zeros({1, 3, patch, patch})).squeeze();
    }

    /// Of layer [4, H, W], the four codes that LayerCodes has: [4, C, h, w].
    torch::Tensor operator()(const torch::Tensor& layer) const {
        auto planes = torch::zeros({4, 3, layer.size(1), layer.size(2)});
        planes[0].copy_(layer.slice(0, 0, 3) - 1);
        for (int64_t colour = 0; colour < 3; ++colour) planes[colour + 1][colour].copy_(layer[3]);
        return encode(planes) - nothing_.view({-1, 1, 1});
    }

    torch::Tensor white() const {
        const auto patch = autoencoder_->config().factor;
        return encode(torch::ones({1, 3, patch, patch})).flatten();
    }

    torch::Tensor colours() const {
        const auto patch = autoencoder_->config().factor;
        auto covered = torch::ones({4, patch, patch});
        return (*this)(covered).slice(0, 1).flatten(1);
    }

private:
    torch::Tensor encode(const torch::Tensor& pixels) const {
        return autoencoder_->encode(pixels).mean * autoencoder_->config().scaling_factor;
    }

    vae::PatchAutoencoder& autoencoder_;
    torch::Tensor nothing_;  ///< the code of zeros: what is no part of a sum
};

LayerCodes encoded(const Pack& pack, vae::PatchAutoencoder& autoencoder) {
    const Encoder encode(autoencoder);
    const int64_t count = std::ssize(pack.captions()), extent = pack.extent();
    const int64_t channels = autoencoder->config().latent_channels, side = extent / autoencoder->config().factor;
    LayerCodes codes;
    codes.wholes = torch::empty({count, 4, channels, side, side}, torch::kFloat16);
    codes.halves = torch::empty({count, 4, channels, side / 2, side / 2}, torch::kFloat16);
    codes.cut_out = torch::empty({count}, torch::kBool);
    codes.white = encode.white().to(torch::kFloat16);
    codes.colours = encode.colours().to(torch::kFloat16);
    at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
        const torch::NoGradGuard no_grad;  // of this thread
        for (auto i = begin; i < end; ++i) {
            const auto layer = layer_of(pack.layer(static_cast<size_t>(i)));
            codes.wholes[i].copy_(encode(layer));
            codes.halves[i].copy_(encode(scaled(layer, extent / 2)));
            codes.cut_out[i].fill_(is_cut_out(layer));
        }
    });
    return codes;
}

}  // namespace

bool can_compose(const vae::PatchAutoencoder& autoencoder, int64_t extent) {
    return autoencoder->config().encoder_blocks == 0 && extent / autoencoder->config().factor % 4 == 0;
}

LayerCodes cached_layer_codes(const std::filesystem::path& file, const Pack& pack, vae::PatchAutoencoder& autoencoder) {
    const torch::NoGradGuard no_grad;
    const auto mark = mark_of(pack, autoencoder);
    if (std::filesystem::exists(file)) {
        const auto known = checkpoint::read_safetensors(file);
        const auto made_by = known.metadata.find("made_by");
        const auto at = [&](const char* name) { return known.tensors.at(name).clone(); };
        if (made_by != known.metadata.end() && made_by->second == mark)
            return {at("wholes"), at("halves"), at("white"), at("colours"), at("cut_out")};
    }
    auto codes = encoded(pack, autoencoder);
    checkpoint::write_safetensors(file, {{{"wholes", codes.wholes},
                                          {"halves", codes.halves},
                                          {"white", codes.white},
                                          {"colours", codes.colours},
                                          {"cut_out", codes.cut_out}},
                                         {{"made_by", mark}}});
    return codes;
}

}  // namespace diffusion::training
