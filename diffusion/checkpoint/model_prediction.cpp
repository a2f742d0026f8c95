#include "diffusion/checkpoint/model_prediction.h"

#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/checkpoint/training_yaml.h"

namespace diffusion::checkpoint {

namespace {

std::string metadata_of(const ModelDescription& description, const std::string& key) {
    const auto found = description.metadata.find(key);
    return found == description.metadata.end() ? std::string() : found->second;
}

std::optional<Prediction> from_metadata(const ModelDescription& description) {
    if (metadata_of(description, "ss_v_parameterization") == "True") return Prediction::v;
    return prediction_named(metadata_of(description, "modelspec.prediction_type"));
}

/// SD 2.x trained on v has wider biases in the last attention than the epsilon model it came from.
std::optional<Prediction> from_weights(const TensorTable& unet,
                                       const ModelDescription& description) {
    if (description.family != ModelFamily::sd2 || !description.unet ||
        description.unet->in_channels != 4) {
        return std::nullopt;
    }
    const auto* bias = unet.find("up_blocks.3.attentions.2.transformer_blocks.0.norm1.bias");
    if (!bias) return std::nullopt;
    const auto deviation = to_tensor(*bias).to(torch::kFloat32).std(false).item<double>();
    return deviation > 0.09 ? Prediction::v : Prediction::epsilon;
}

double scalar(const TensorEntry& entry, double otherwise) {
    if (entry.element_count() != 1) return otherwise;
    return to_tensor(entry).to(torch::kFloat64).item<double>();
}

/// Empty or tiny tensors that merging programs leave at the top of SDXL files.
void read_markers(const TensorTable& file, SchedulerConfig& config) {
    if (file.has("v_pred")) config.prediction = Prediction::v;
    if (file.has("ztsnr")) config.zero_terminal_snr = true;
    if (file.has("edm_mean") && file.has("edm_std")) config.prediction = Prediction::edm;
    if (const auto* high = file.find("edm_vpred.sigma_max")) {
        config.prediction = Prediction::edm_v;
        config.sigma_max = scalar(*high, 120.0);
        const auto* low = file.find("edm_vpred.sigma_min");
        config.sigma_min = low ? scalar(*low, 0.002) : 0.002;
    }
}

}  // namespace

SchedulerConfig detect_scheduler(const TensorTable& file, const TensorTable& unet,
                                 const ModelDescription& description, const OpenOptions& options) {
    SchedulerConfig config;
    read_markers(file, config);
    if (metadata_of(description, "ss_zero_terminal_snr") == "True") config.zero_terminal_snr = true;
    if (config.prediction == Prediction::epsilon) {
        auto found = from_metadata(description);
        if (!found) found = prediction_beside(description.path);
        if (!found && !options.prediction) found = from_weights(unet, description);
        config.prediction = found.value_or(Prediction::epsilon);
    }
    config.prediction = options.prediction.value_or(config.prediction);
    config.zero_terminal_snr = options.zero_terminal_snr.value_or(config.zero_terminal_snr);
    return config;
}

}  // namespace diffusion::checkpoint
