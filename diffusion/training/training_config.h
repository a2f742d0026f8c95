#pragma once

// Sizes of the networks and rates of their training. The defaults are those of the model that ships;
// a JSON file may change any of them.

#include <string>

#include "clip/config.h"
#include "diffusion/training/captions.h"
#include "unet/config.h"
#include "vae/patch_config.h"

namespace diffusion::training {

/// How fast weights move. The learning rate rises over warm_up_steps and, from decay_start on, falls
/// to a fiftieth along half a cosine of decay_steps (0: never).
struct Rates {
    double learning_rate = 1e-3;
    double warm_up_steps = 100;
    double decay_start = 0;
    double decay_steps = 0;
    double weight_decay = 0.01;
    double beta1 = 0.9;
    double beta2 = 0.99;
    double gradient_limit = 1.0;  ///< the gradient's norm is cut to this
    double ema_decay = 0.999;
    std::int64_t batch = 32;
    bool orthogonal = false;  ///< Muon for matrices between hidden layers, AdamW for the rest; see orthogonal.h

    double learning_rate_at(std::int64_t step) const;
    /// Young averages forget faster: min(ema_decay, (1 + step) / (10 + step)).
    double ema_decay_at(std::int64_t step) const;
};

/// How often and how far training pictures are changed, so that the model learns more of each. Shares
/// are 0..1.
struct Augmentation {
    double share = 0.75;       ///< of the pictures that are changed at all
    double mirrored = 0.5;     ///< of those without writing
    double background = 0.35;  ///< on a colour that the prompt names
    double pair = 0.2;         ///< beside another thing of the same style
    double several = 0.1;      ///< of the single things that can be counted: two, three or four of them
    double moved = 1.0;        ///< of single things: those that shrink and lie anywhere; the others keep their place
    double least_scale = 0.6;  ///< what they shrink to at most
};

/// Scenes that the model stage puts together from codes, see compositions.h. What has no second thing and can't be
/// counted, or isn't by chance, lies alone on a colour.
struct Composition {
    double share = 0;       ///< of the pictures that are put together at all
    double pair = 0.4;      ///< of these: beside another thing of the same style
    double several = 0.4;   ///< of the others that can be counted: two, three or four of them
    double background = 0.3;  ///< of pairs and counts: on a colour that the prompt names
};

struct AutoencoderTraining {
    std::int64_t steps = 0;  ///< the stage ends there where the request sets neither steps nor minutes; 0: nowhere
    Rates rates;
    Augmentation augmentation;
    std::int64_t crop = 128;             ///< pixels; a multiple of the factor
    /// Root mean square of the latents. Little against the noise's 1: what neighbouring patches have in
    /// common must drown in the noisiest step, or pure noise already says what lies where, and the text is
    /// not listened to.
    double latent_deviation = 1.0;
    double latent_noise = 0.2;           ///< share of it added to the code, so that the decoder forgives errors
    bool trains_encoder = false;         ///< false: it stays the linear code, and latents stay valid
    std::int64_t component_patches = 60000;  ///< patches that the principal components are taken from
};

struct ModelTraining {
    std::int64_t steps = 0;              ///< as the autoencoder's
    Rates rates;
    Composition composition;
    Augmentation augmentation;           ///< of the pictures that aren't put together, once the UNet learns
    PromptMix prompts;
    int vocabulary = 4096;
    double snr_limit = 20.0;             ///< of the min-SNR weight
    /// Above 1, little noise is drawn more often: timestep = 1000 u^noise_power, u uniform. Small latents make the
    /// schedule noisy, and what a step of little noise draws, edges and shading, would be practised seldom.
    double noise_power = 1.0;
    double noise_offset = 0.0;           ///< noise of the whole picture's brightness
    std::int64_t accumulation = 1;       ///< batches whose gradients make one step
    bool recomputes = false;             ///< gradient checkpointing, see unet/ops/recompute.h
    bool bfloat16 = false;               ///< mixed precision, see unet/ops/bfloat16_products.h
    std::int64_t text_first = 0;         ///< steps of the text encoder alone, see text_pictures.h
    Rates text_rates;                    ///< of these steps; rates counts its own from their end
    double text_weight = 0.0;            ///< of the same lesson afterwards, beside the UNet's
};

struct TrainingConfig {
    vae::PatchConfig vae;
    unet::UNetConfig unet;
    clip::TextEncoderConfig text;
    AutoencoderTraining autoencoder;
    ModelTraining model;
    std::uint64_t seed = 1;
    double held_out_share = 0.05;  ///< of the pictures, kept for measuring; see held_out.h

    static TrainingConfig shipped();
};

/// The shipped values with those of the JSON file in their place; an empty name reads nothing.
/// Throws Error (missing_file, bad_request) that names an unknown or misshapen field.
TrainingConfig read_training_config(const std::string& file);

}  // namespace diffusion::training
