#include "diffusion/training/initialise.h"

#include <torch/utils.h>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>

namespace diffusion::training {

namespace {

bool contains_any(const std::string& name, std::initializer_list<std::string_view> parts) {
    for (const auto part : parts) {
        if (name.find(part) != std::string::npos) return true;
    }
    return false;
}

/// True for weights and biases of norms; they are vectors that no matrix of the same name goes with.
bool is_norm(const std::string& name) { return contains_any(name, {"norm"}); }

int64_t inputs_of(const torch::Tensor& weight) { return weight.numel() / weight.size(0); }

}  // namespace

void initialise(unet::UNet& unet, at::Generator generator) {
    torch::NoGradGuard no_grad;
    for (auto& item : unet->named_parameters()) {
        const auto& name = item.key();
        auto& value = item.value();
        if (is_norm(name)) {
            value.fill_(name.ends_with("weight") ? 1.0 : 0.0);
        } else if (value.dim() == 1 ||
                   contains_any(name, {"conv2.", "proj_out.", "conv_out."})) {
            value.zero_();
        } else {
            const double bound = std::sqrt(1.0 / double(inputs_of(value)));
            value.uniform_(-bound, bound, generator);
        }
    }
}

void initialise(TextPictures& pictures, at::Generator generator) {
    torch::NoGradGuard no_grad;
    for (auto& value : pictures->parameters()) {
        const double bound = std::sqrt(1.0 / double(inputs_of(value)));
        if (value.dim() == 1) value.zero_();
        else value.uniform_(-bound, bound, generator);
    }
}

void initialise(clip::TextEncoder& encoder, at::Generator generator) {
    torch::NoGradGuard no_grad;
    const auto& config = encoder->config();
    const auto width = double(config.width);
    const double residual = std::pow(width, -0.5) * std::pow(2.0 * double(config.layers), -0.5);
    for (auto& item : encoder->named_parameters()) {
        const auto& name = item.key();
        auto& value = item.value();
        if (is_norm(name)) {
            value.fill_(name.ends_with("weight") ? 1.0 : 0.0);
        } else if (value.dim() == 1) {
            value.zero_();
        } else {
            double deviation = std::pow(width, -0.5);
            // CLIP's 0.02 and 0.01 leave tokens faint beside what the layers add; with few layers and
            // short training they are drawn larger.
            if (contains_any(name, {"token_embedding"})) deviation = 0.05;
            if (contains_any(name, {"position_embedding"})) deviation = 0.02;
            if (contains_any(name, {"out_proj", "fc2"})) deviation = residual;
            if (contains_any(name, {"fc1"})) deviation = std::pow(2.0 * width, -0.5);
            value.normal_(0.0, deviation, generator);
        }
    }
}

}  // namespace diffusion::training
