#include "tests/probe/tiny_models.h"

namespace probe {

using diffusion::checkpoint::OpenOptions;
using diffusion::checkpoint::TextEncoderHints;

namespace {

TextEncoderHints hints_of(const nlohmann::ordered_json& config) {
    const bool is_gelu = config.at("hidden_act") == "gelu";
    return {config.at("num_attention_heads").get<std::int64_t>(),
            is_gelu ? clip::Activation::gelu : clip::Activation::quick_gelu};
}

/// "sd2-v" -> "sd2", "sd1-inpaint" -> "sd1".
std::string base_family(const std::string& family) {
    if (family.rfind("sdxl-refiner", 0) == 0) return "sdxl_refiner";
    return family.substr(0, family.find('-'));
}

}  // namespace

OpenOptions tiny_options(const Options& options, const std::string& family) {
    namespace checkpoint = diffusion::checkpoint;
    const auto document = read_json(options, "tiny/" + family + "/config.json");
    const auto& config = document.at("config");
    OpenOptions result;
    result.family = checkpoint::model_family_named(base_family(family));
    result.prediction =
        checkpoint::prediction_named(document.at("prediction_type").get<std::string>());
    result.scaling_factor = document.at("vae_scaling_factor").get<double>();
    result.unet_heads = document.at("heads_per_level").get<std::vector<std::int64_t>>();
    result.unet_norm_groups = config.at("unet").at("norm_num_groups").get<std::int64_t>();
    result.vae_norm_groups = config.at("vae").at("norm_num_groups").get<std::int64_t>();
    if (config.contains("te")) result.text_encoder = hints_of(config.at("te"));
    if (config.contains("te2")) result.text_encoder_2 = hints_of(config.at("te2"));
    return result;
}

OpenOptions control_options(const Options& options, const std::string& family) {
    auto result = tiny_options(options, family);
    const auto config = read_json(options, "tiny/" + family + "/config.json").at("config").at("unet");
    if (config.contains("addition_time_embed_dim") && !config.at("addition_time_embed_dim").is_null()) {
        result.add_time_dim = config.at("addition_time_embed_dim").get<std::int64_t>();
    }
    return result;
}

}  // namespace probe
