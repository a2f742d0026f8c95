#include "diffusion/pipeline/codec_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "vae/autoencoder.h"

namespace diffusion::pipeline {

namespace {

/// Cosine of the angle between two weights of the same name; nothing if the shapes differ.
std::optional<double> likeness(const torch::nn::Module& a, const torch::nn::Module& b,
                               const std::string& name) {
    const auto in_a = a.named_parameters(), in_b = b.named_parameters();
    const auto *left = in_a.find(name), *right = in_b.find(name);
    if (!left || !right || left->sizes() != right->sizes()) return std::nullopt;
    const auto x = left->detach().to(torch::kCPU, torch::kFloat64).flatten();
    const auto y = right->detach().to(torch::kCPU, torch::kFloat64).flatten();
    const double lengths = (x.norm() * y.norm()).item<double>();
    return lengths > 0 ? std::optional(x.dot(y).item<double>() / lengths) : std::nullopt;
}

std::string number(double value) {
    auto text = std::to_string(value);
    return text.substr(0, text.find_last_not_of('0') + 1);
}

}  // namespace

std::string misfit(const vae::LatentCodec& own, const vae::LatentCodec& chosen,
                   const std::filesystem::path& path) {
    const auto* a = dynamic_cast<const vae::AutoencoderImpl*>(&own);
    const auto* b = dynamic_cast<const vae::AutoencoderImpl*>(&chosen);
    if (!a || !b) return {};
    const auto start = "The VAE " + path.filename().string() +
                       " doesn't seem to be made for this model, so its colours may be wrong: ";
    const double before = own.space().scaling_factor, now = chosen.space().scaling_factor;
    if (std::abs(now - before) > 1e-3 * before) {
        return start + "it scales latents by " + number(now) + ", the model's own by " + number(before) + ".";
    }
    // Training goes on from weights that it changes by a few percent of their length.
    constexpr double kinship = 0.5;
    bool was_compared = false;
    for (const char* layer : {"decoder.conv_in.weight", "encoder.conv_out.weight"}) {
        const auto found = likeness(*a, *b, layer);
        if (found && *found > kinship) return {};
        was_compared |= found.has_value();
    }
    return was_compared ? start + "its weights have nothing in common with those of the model's own." : "";
}

}  // namespace diffusion::pipeline
