#include "diffusion/training/training_config.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>

#include "diffusion/error.h"

namespace diffusion::training {

namespace {

using nlohmann::json;

/// The fields of one JSON object by name, each with what it sets.
class Fields {
public:
    template <typename T>
    Fields& add(const char* name, T& value) {
        setters_[name] = [&value](const json& found) { value = found.get<T>(); };
        return *this;
    }
    Fields& add(const char* name, Fields fields) {
        setters_[name] = [fields = std::move(fields), name](const json& found) { fields.read(found, name); };
        return *this;
    }
    void read(const json& object, const std::string& where) const {
        if (!object.is_object()) fail(where + " must be an object");
        for (const auto& [name, value] : object.items()) {
            const auto setter = setters_.find(name);
            if (setter == setters_.end()) fail(where + " has no field " + name);
            try {
                setter->second(value);
            } catch (const json::exception& error) {
                fail(where + "." + name + " is of the wrong type: " + error.what());
            }
        }
    }
    [[noreturn]] static void fail(const std::string& what) {
        throw Error(ErrorKind::bad_request, "The training configuration is not understood: " + what + ".");
    }

private:
    std::map<std::string, std::function<void(const json&)>> setters_;
};

Fields fields_of(Rates& rates) {
    return Fields()
        .add("learning_rate", rates.learning_rate).add("warm_up_steps", rates.warm_up_steps)
        .add("decay_start", rates.decay_start).add("decay_steps", rates.decay_steps)
        .add("weight_decay", rates.weight_decay).add("beta1", rates.beta1).add("beta2", rates.beta2)
        .add("gradient_limit", rates.gradient_limit).add("ema_decay", rates.ema_decay)
        .add("batch", rates.batch).add("orthogonal", rates.orthogonal);
}

Fields fields_of(vae::PatchConfig& vae) {
    return Fields()
        .add("latent_channels", vae.latent_channels).add("factor", vae.factor)
        .add("detail_factor", vae.detail_factor).add("encoder_width", vae.encoder_width)
        .add("encoder_blocks", vae.encoder_blocks).add("decoder_width", vae.decoder_width)
        .add("decoder_blocks", vae.decoder_blocks).add("detail_width", vae.detail_width)
        .add("detail_blocks", vae.detail_blocks);
}

Fields fields_of(unet::UNetConfig& unet) {
    return Fields()
        .add("block_out_channels", unet.block_out_channels).add("layers_per_block", unet.layers_per_block)
        .add("down_depth", unet.down_depth).add("up_depth", unet.up_depth)
        .add("mid_depth", unet.mid_depth).add("heads", unet.heads)
        .add("linear_projection", unet.linear_projection).add("norm_groups", unet.norm_groups);
}

Fields fields_of(clip::TextEncoderConfig& text) {
    return Fields()
        .add("max_positions", text.max_positions).add("width", text.width).add("layers", text.layers)
        .add("heads", text.heads).add("mlp_width", text.mlp_width);
}

Fields fields_of(PromptMix& mix) {
    return Fields()
        .add("dropout", mix.dropout).add("korean", mix.korean).add("style", mix.style)
        .add("tags", mix.tags).add("tag_only", mix.tag_only).add("article", mix.article);
}

Fields fields_of(Augmentation& augmentation) {
    return Fields()
        .add("share", augmentation.share).add("mirrored", augmentation.mirrored)
        .add("background", augmentation.background).add("pair", augmentation.pair).add("several", augmentation.several)
        .add("moved", augmentation.moved)
        .add("least_scale", augmentation.least_scale);
}

Fields fields_of(Composition& composition) {
    return Fields()
        .add("share", composition.share).add("pair", composition.pair).add("several", composition.several)
        .add("background", composition.background);
}

Fields fields_of(TrainingConfig& config) {
    auto& autoencoder = config.autoencoder;
    auto& model = config.model;
    return Fields()
        .add("seed", config.seed).add("held_out_share", config.held_out_share)
        .add("vae", fields_of(config.vae)).add("unet", fields_of(config.unet))
        .add("text_encoder", fields_of(config.text))
        .add("autoencoder_training",
             Fields().add("steps", autoencoder.steps).add("rates", fields_of(autoencoder.rates)).add("crop", autoencoder.crop)
                 .add("augmentation", fields_of(autoencoder.augmentation))
                 .add("latent_deviation", autoencoder.latent_deviation)
                 .add("latent_noise", autoencoder.latent_noise)
                 .add("trains_encoder", autoencoder.trains_encoder)
                 .add("component_patches", autoencoder.component_patches))
        .add("model_training",
             Fields().add("steps", model.steps).add("rates", fields_of(model.rates)).add("prompts", fields_of(model.prompts))
                 .add("augmentation", fields_of(model.augmentation)).add("composition", fields_of(model.composition))
                 .add("vocabulary", model.vocabulary).add("snr_limit", model.snr_limit)
                 .add("noise_power", model.noise_power).add("noise_offset", model.noise_offset).add("accumulation", model.accumulation)
                 .add("recomputes", model.recomputes).add("bfloat16", model.bfloat16)
                 .add("text_first", model.text_first).add("text_rates", fields_of(model.text_rates))
                 .add("text_weight", model.text_weight));
}

void check(const Augmentation& augmentation, const std::string& where) {
    for (const double share : {augmentation.share, augmentation.mirrored, augmentation.background,
                               augmentation.pair, augmentation.several, augmentation.moved})
        if (!(share >= 0 && share <= 1)) Fields::fail(where + ".augmentation: shares lie between 0 and 1");
    if (!(augmentation.least_scale >= 0.1 && augmentation.least_scale <= 1))
        Fields::fail(where + ".augmentation.least_scale must be between 0.1 and 1");
}

void check(const Composition& composition) {
    for (const double share : {composition.share, composition.pair, composition.several, composition.background})
        if (!(share >= 0 && share <= 1)) Fields::fail("model_training.composition: shares lie between 0 and 1");
}

void check(const TrainingConfig& config) {
    check(config.model.composition);
    check(config.autoencoder.augmentation, "autoencoder_training");
    check(config.model.augmentation, "model_training");
    const auto& vae = config.vae;
    if (vae.factor < 1 || vae.detail_factor < 1 || vae.factor % vae.detail_factor != 0) {
        Fields::fail("vae.factor must be a multiple of vae.detail_factor");
    }
    if (config.autoencoder.crop < vae.factor || config.autoencoder.crop % vae.factor != 0) {
        Fields::fail("autoencoder_training.crop must be a multiple of vae.factor");
    }
    if (config.model.rates.batch < 1 || config.model.text_rates.batch < 1 || config.autoencoder.rates.batch < 1) {
        Fields::fail("rates.batch must be at least 1");
    }
    if (!(config.autoencoder.latent_deviation > 0 && config.autoencoder.latent_deviation <= 100))
        Fields::fail("autoencoder_training.latent_deviation must be more than 0 and at most 100");
    if (config.autoencoder.steps < 0 || config.model.steps < 0) Fields::fail("steps must be at least 0");
    if (config.model.text_first < 0 || !(config.model.text_weight >= 0))
        Fields::fail("model_training: text_first and text_weight must be at least 0");
    if (!(config.model.noise_power >= 0.1 && config.model.noise_power <= 10))
        Fields::fail("model_training.noise_power must be between 0.1 and 10");
    if (config.model.accumulation < 1) Fields::fail("model_training.accumulation must be at least 1");
    if (!(config.held_out_share > 0 && config.held_out_share <= 0.5))
        Fields::fail("held_out_share must be more than 0 and at most 0.5");
    if (config.text.max_positions < 4) Fields::fail("text_encoder.max_positions must be at least 4");
}

}  // namespace

double Rates::learning_rate_at(std::int64_t step) const {
    const auto place = static_cast<double>(step);
    double rate = learning_rate;
    if (warm_up_steps > 0) rate *= std::min(1.0, (place + 1) / warm_up_steps);
    if (decay_steps > 0 && place > decay_start) {
        const double way = std::min(1.0, (place - decay_start) / decay_steps);
        rate *= 0.02 + 0.98 * 0.5 * (1 + std::cos(std::numbers::pi * way));
    }
    return rate;
}

double Rates::ema_decay_at(std::int64_t step) const {
    const auto place = static_cast<double>(step);
    return std::min(ema_decay, (1 + place) / (10 + place));
}

TrainingConfig TrainingConfig::shipped() {
    TrainingConfig config;
    config.text.max_positions = 36;
    config.text.width = 192;
    config.text.layers = 6;
    config.text.heads = 6;
    config.text.mlp_width = 768;
    config.vae.latent_channels = 32;
    config.unet.in_channels = config.unet.out_channels = config.vae.latent_channels;
    config.unet.block_out_channels = {96, 192};
    config.unet.layers_per_block = 1;
    config.unet.down_depth = {{1}, {1}};
    config.unet.up_depth = {{1, 1}, {1, 1}};
    config.unet.heads = {3, 6};
    config.unet.cross_attention_dim = config.text.width;
    config.autoencoder.rates.batch = 8;
    config.autoencoder.rates.learning_rate = 1.5e-3;
    config.autoencoder.rates.warm_up_steps = 50;
    config.model.rates.learning_rate = 1.2e-3;
    config.model.rates.ema_decay = 0.998;
    config.model.rates.batch = 96;
    config.model.rates.orthogonal = true;
    config.vae.decoder_width = 128;
    config.vae.decoder_blocks = 3;
    config.autoencoder.latent_deviation = 0.3;
    config.autoencoder.latent_noise = 0.1;
    config.autoencoder.rates.decay_start = 4500;
    config.autoencoder.rates.decay_steps = 4500;
    config.model.text_first = 12000;
    config.model.text_rates.learning_rate = 2.5e-3;
    config.model.text_rates.ema_decay = 0.9993;
    config.model.text_rates.batch = 256;
    config.model.text_rates.orthogonal = true;
    config.model.text_rates.decay_start = 8000;
    config.model.text_rates.decay_steps = 4000;
    config.model.text_weight = 1;
    config.model.snr_limit = 25;
    config.model.noise_power = 2;
    config.model.composition.share = 0.5;
    config.model.augmentation.share = 0.1;
    config.model.augmentation.mirrored = 0.25;
    config.model.augmentation.pair = 0;
    config.model.augmentation.several = 0;
    config.model.augmentation.background = 0.35;
    config.model.augmentation.moved = 0.3;
    config.model.augmentation.least_scale = 0.8;
    config.model.prompts.style = 0.9;
    config.model.prompts.tags = 0.2;
    return config;
}

TrainingConfig read_training_config(const std::string& file) {
    auto config = TrainingConfig::shipped();
    if (!file.empty()) {
        std::ifstream stream(file);
        if (!stream) {
            throw Error(ErrorKind::missing_file, "The training configuration " + file + " can't be opened.");
        }
        const auto parsed = json::parse(stream, nullptr, false);
        if (parsed.is_discarded()) Fields::fail(file + " is not JSON");
        fields_of(config).read(parsed, file);
    }
    config.unet.in_channels = config.unet.out_channels = config.vae.latent_channels;
    config.unet.cross_attention_dim = config.text.width;
    check(config);
    return config;
}

}  // namespace diffusion::training
