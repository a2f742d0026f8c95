#pragma once

// What a face asks of training, and what it hears back: values only, free of torch.
// First pack_folder puts a folder of captioned pictures into one file; then train turns that file into
// a model in the diffusers layout. Both can be stopped at any time; training goes on where it stopped.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "diffusion/image.h"

namespace diffusion {

/// Decodes a picture file to 8-bit RGB or RGBA. Throws Error when it can't.
using PictureSource = std::function<Image(const std::string& file)>;

/// A folder with captions.jsonl -> one pack file.
struct PackRequest {
    std::string folder;   ///< holds captions.jsonl and the files that it names
    std::string output;
    int extent = 256;     ///< pictures are fitted into a white square of that many pixels
    int level_step = 3;   ///< distance of stored pixel levels: 1 is lossless, 3 errs by at most 1
};

/// What became of the folder. skipped names each file left out and why, one per line.
struct PackOutcome {
    int packed = 0;
    std::string skipped;
    bool was_cancelled = false;
};

/// autoencoder and model make a new model from a pack, in this order; lora and embedding teach a finished
/// one from a folder of pictures.
enum class TrainingStage { autoencoder, model, lora, embedding };

/// From what a finished model learns, and how.
struct LessonOptions {
    std::string model;   ///< file or folder; empty: the model that ships
    /// Pictures, each with its caption in a .txt beside it, or in captions.jsonl. A picture that can't
    /// be read or has no caption is left out and named.
    std::string folder;
    std::string output;  ///< .safetensors; written when training ends or is stopped
    int extent = 0;      ///< pictures are brought to about extent * extent pixels; 0: the model's size
    int batch = 1;
    int accumulation = 1;           ///< batches whose gradients make one step
    double learning_rate = 1e-4;
    std::string schedule = "constant";  ///< or "cosine": down to a fiftieth at the request's last step
    int warm_up_steps = 0;          ///< in which the learning rate rises
    double ema_decay = 0;           ///< 0: what is written is the last state, else the running average
    double snr_limit = 5;           ///< of the min-SNR weight; 0: all noise levels weigh the same
    double noise_offset = 0;
    bool recomputes = false;        ///< gradient checkpointing: less memory, about a third more time
    std::uint64_t seed = 1;
    std::vector<std::string> sample_prompts;  ///< of the sample sheets; empty: the first captions
    PictureSource pictures;
};

/// What a LoRA is made of.
struct LoraTraining : LessonOptions {
    int rank = 16;
    double alpha = 16;   ///< the strength of what is learnt is alpha / rank
    bool has_convolutions = false;  ///< residual blocks and resamplers learn, too
    bool has_text_encoder = true;
};

/// What an embedding (textual inversion) is made of.
struct EmbeddingTraining : LessonOptions {
    EmbeddingTraining() { learning_rate = 5e-3; }

    /// As captions write it; empty: the output's name without its suffix. A caption that doesn't hold
    /// it begins with it.
    std::string name;
    std::string initial_text = "*";  ///< whose vectors it begins with, again and again until it has enough
    int vectors = 4;
};

/// Trains what `stage` names. All that the training needs to go on lies in work_folder.
struct TrainRequest {
    std::string pack;             ///< of autoencoder and model
    LoraTraining lora;            ///< of lora
    EmbeddingTraining embedding;  ///< of embedding
    std::string work_folder;      ///< states, losses and sample sheets; made if it is not there
    std::string config;           ///< JSON file with sizes and rates; empty: the shipped model's
    TrainingStage stage = TrainingStage::autoencoder;
    std::string export_folder;    ///< where the model is written at the end; empty: nowhere
    double minutes = 0;           ///< stop after so long; 0: no limit
    double minutes_per_sheet = 5; ///< time between sample sheets; 0: none
    double minutes_per_save = 2;  ///< time between saved states
    std::int64_t steps = 0;       ///< stop at this step; 0: no limit
    std::int64_t steps_per_sheet = 0;  ///< a sheet whenever so many steps are done, too; 0: never
    std::int64_t steps_per_copy = 0;   ///< likewise a copy of the result that stays; 0: never
    int threads = 0;              ///< 0: one per core
    std::string device = "auto";  ///< auto, cpu or cuda
};

/// One report, every few steps.
struct TrainProgress {
    TrainingStage stage = TrainingStage::autoencoder;
    std::int64_t step = 0;
    double loss = 0;              ///< smoothed over the last reports
    double held_out_loss = -1;    ///< last measured; negative while unknown
    double pictures_per_second = 0;
    double seconds = 0;           ///< of this run
    double seconds_left = -1;     ///< negative while unknown
    std::string message;          ///< what just happened (saved, sheet written, picture skipped), or empty
};

using TrainProgressCallback = std::function<void(const TrainProgress&)>;

}  // namespace diffusion
