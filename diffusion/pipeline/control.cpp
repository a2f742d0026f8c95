#include "diffusion/pipeline/control.h"

#include <cmath>
#include <utility>

namespace diffusion::pipeline {

namespace {

torch::Tensor first_rows(const torch::Tensor& x, std::int64_t count) {
    return x.defined() ? x.slice(0, 0, count) : x;
}

/// Zeros below, for the texts that the control doesn't act on.
torch::Tensor with_rows(const torch::Tensor& x, std::int64_t count) {
    if (x.size(0) == count) return x;
    auto sizes = x.sizes().vec();
    sizes[0] = count - x.size(0);
    return torch::cat({x, torch::zeros(sizes, x.options())});
}

/// From 0.1 to 1 in equal ratios over all residuals, the middle one last.
double share_of(std::size_t index, std::size_t count) {
    return std::pow(10.0, static_cast<double>(index) / static_cast<double>(count) - 1.0);
}

void add(torch::Tensor& sum, const torch::Tensor& residual, double strength) {
    sum = sum.defined() ? sum + residual * strength : residual * strength;
}

class Controlled {
public:
    Controlled(unet::UNet unet, std::vector<Control> controls, int step_count, bool guesses,
               std::int64_t pictures)
        : unet_(std::move(unet)),
          controls_(std::move(controls)),
          step_count_(step_count),
          guesses_(guesses),
          pictures_(pictures) {}

    torch::Tensor operator()(const torch::Tensor& latent, const torch::Tensor& timestep,
                             const unet::Conditioning& conditioning) {
        const auto all = latent.size(0);
        const auto rows = guesses_ && all > pictures_ ? all - pictures_ : all;
        const unet::Conditioning seen{first_rows(conditioning.context, rows),
                                      first_rows(conditioning.text_embeds, rows),
                                      first_rows(conditioning.time_ids, rows)};
        unet::ControlResiduals sum;
        for (auto& control : controls_) {
            if (!acts(control)) continue;
            const auto residuals = control.net(latent.slice(0, 0, rows), first_rows(timestep, rows),
                                               seen, control.features);
            add_residuals(sum, residuals, control.strength);
        }
        ++step_;
        if (!sum.mid.defined()) return unet_(latent, timestep, conditioning);
        for (auto& residual : sum.down) residual = with_rows(residual, all);
        sum.mid = with_rows(sum.mid, all);
        return unet_(latent, timestep, conditioning, &sum);
    }

private:
    bool acts(const Control& control) const {
        const double count = step_count_;
        return step_ / count >= control.start && (step_ + 1) / count <= control.end;
    }

    void add_residuals(unet::ControlResiduals& sum, const unet::ControlResiduals& residuals,
                       double strength) const {
        const auto count = residuals.down.size();
        sum.down.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            add(sum.down[i], residuals.down[i],
                guesses_ ? strength * share_of(i, count) : strength);
        }
        add(sum.mid, residuals.mid, strength);
    }

    unet::UNet unet_;
    std::vector<Control> controls_;
    int step_count_;
    bool guesses_;
    std::int64_t pictures_;
    int step_ = 0;
};

}  // namespace

Network with_controls(unet::UNet unet, std::vector<Control> controls, int step_count, bool guesses,
                      std::int64_t pictures) {
    return Controlled(std::move(unet), std::move(controls), step_count, guesses, pictures);
}

}  // namespace diffusion::pipeline
