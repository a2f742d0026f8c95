#pragma once

// The door between the faces and LibTorch. Nothing in this header knows torch: the program links only
// against it and loads the library that implements it (libatelier_engine.so) on its engine thread, so
// that the first paint does not wait for LibTorch's start-up.

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "diffusion/image.h"
#include "diffusion/model_tools.h"
#include "diffusion/plan.h"
#include "diffusion/progress.h"
#include "diffusion/request.h"
#include "diffusion/training_request.h"

namespace diffusion {

/// Where the engine finds what ships with the program, and how much of the machine it may use.
struct EngineOptions {
    std::string resource_folder;  ///< holds model/ and clip/
    int threads = 0;              ///< 0: one per core
    std::string device = "auto";  ///< auto, cpu or cuda
    /// Types that the parts compute in: auto, fp32, bf16 or fp16, for all or for some of them by name
    /// ("unet=bf16,text=fp32,vae=fp32"). auto is what the device does fast.
    std::string precision = "auto";
    /// fast: weights lie in memory in the type they are used in; saving: they stay in the file's own,
    /// and a part's memory is given back when its phase is over; auto: saving where memory is short.
    std::string memory = "auto";
    std::int64_t memory_limit = 0;  ///< bytes that the process may take; 0: what is free
    PictureSource pictures;       ///< reads the pictures that requests name; may be empty
    std::shared_ptr<HashMemory> hashes;  ///< may be null: then every start hashes anew
    /// Where <lora:NAME> and the names of embeddings are looked for, with all folders below; those that
    /// A1111 and ComfyUI have beside a model's own folder are looked into as well.
    std::vector<std::string> lora_folders;
    std::vector<std::string> embedding_folders;
    /// Where taesd_decoder and taesdxl_decoder are looked for, which make sharper previews.
    std::vector<std::string> preview_folders;
    bool makes_previews = true;  ///< false: reports of steps have none, and no time is spent on them
};

/// A row of a list that faces show.
struct NamedChoice {
    std::string name;         ///< as A1111 shows it; stored in requests and metadata
    std::vector<std::string> aliases;
    /// Fields of a request that mean something with it, of those that do so with some rows only.
    std::vector<std::string> fields = {};
};

/// What a model works best with where that differs from the defaults; a face may offer it, and a request
/// is never changed by it. Empty texts and 0: nothing is suggested.
struct Suggestion {
    std::string sampler;
    std::string schedule;
    int steps = 0;
    double guidance_scale = 0;
    std::string reason;  ///< what it was concluded from: "the file's name says Lightning, 4 steps"

    bool is_empty() const { return reason.empty(); }
};

/// What can be said of a model without making a picture with it.
struct ModelInfo {
    std::string path;         ///< as given; empty for the shipped model
    std::string name;         ///< file or folder name without suffix
    std::string family;       ///< sd1, sd2, sdxl, sdxl_refiner, atelier
    std::string variant;      ///< what sets it apart: inpaint, instruct-pix2pix, SSD-1B, LCM; or empty
    std::string prediction;   ///< epsilon, v, edm or edm_v
    bool zero_terminal_snr = false;  ///< its noise levels end in pure noise
    int native_width = 0;     ///< pixels
    int native_height = 0;
    int size_multiple = 8;    ///< what is no multiple of this is cut from the next larger picture
    std::int64_t parameter_count = 0;
    std::string precision;    ///< type of most weights: F32, BF16, Q8_0
    std::string absent;       ///< what it lacks to make pictures by itself ("text encoder, VAE")
    std::string limit;        ///< why it makes no pictures although nothing is absent; else empty
    Suggestion suggested;
};

/// Everything that a model's headers tell.
struct ModelReport {
    ModelInfo info;
    std::string format;       ///< safetensors, PyTorch, GGUF or folder
    std::uint64_t bytes = 0;  ///< on the disk
    std::vector<PartReport> parts;
    std::vector<std::string> unused;  ///< tensors that belong to no part, first 20
    std::map<std::string, std::string> metadata;  ///< as the file has it; title and licence are here
};

/// A LoRA or an embedding that a prompt named and that was used.
struct UsedNetwork {
    enum class Kind { lora, embedding };
    Kind kind = Kind::lora;
    std::string name;  ///< as A1111 writes it into pictures: the file's without suffix
    std::string hash;  ///< A1111's, 12 digits
};

/// One finished picture and what it was made with (seed of this picture, real size, real schedule).
struct Result {
    Image image;
    GenerationRequest request;  ///< resolved: nothing left to choose, count 1
    ModelInfo model;
    std::string model_hash;     ///< A1111's short hash: first 10 digits of hash(); may be empty
    std::vector<UsedNetwork> networks;
    double seconds = 0;
};

/// All pictures of a request. was_cancelled: images holds those that were finished before.
struct GenerationOutcome {
    std::vector<Result> images;
    bool was_cancelled = false;
    std::vector<std::string> warnings;  ///< each was in one Progress, too
};

/// How far a request came that was interrupted.
struct Interruption {
    std::string journal;    ///< file that keeps what the network answered; made where there is none
    int pictures_done = 0;  ///< the first ones of the request, which are not made again
};

/// One object owns every tensor; call it from one thread.
class Engine {
public:
    virtual ~Engine() = default;

    virtual std::vector<NamedChoice> samplers() const = 0;
    virtual std::vector<NamedChoice> schedules() const = 0;

    /// Reads headers only. Throws Error: missing_file, corrupt_file, unsupported_model.
    virtual ModelInfo inspect(const std::string& model) = 0;
    virtual ModelReport examine(const std::string& model) = 0;

    /// SHA-256 of a model's file in 64 digits; of a folder, that of the UNet's weights (its shards one
    /// after the other by name; another part's where it has no UNet). Reads all of it unless
    /// EngineOptions::hashes knows it. Empty if it was stopped. Throws Error missing_file.
    virtual std::string hash(const std::string& model, const ByteProgress& on_bytes,
                             std::stop_token stop) = 0;

    /// Writes a model in another format or type, whole or not at all. Throws Error: what inspect
    /// throws, bad_request (the format can't hold the model; the output is there already),
    /// cannot_write.
    virtual ConvertOutcome convert(const ConvertRequest& request, const ByteProgress& on_bytes,
                                   std::stop_token stop) = 0;

    /// What generate would take, from headers alone. A request that does not fit has an obstacle.
    /// Throws Error: what inspect throws, and bad_request as generate does.
    virtual Plan plan(const GenerationRequest& request) = 0;

    /// The noise levels that a run of this request walks, from headers alone; descending. Throws Error:
    /// what inspect throws, and bad_request for an unknown sampler or schedule.
    virtual std::vector<double> sigmas(const GenerationRequest& request) = 0;

    /// Makes the pictures. on_picture, if set, is called with each picture as soon as it is decoded.
    /// Throws Error; a set stop_token ends the work within one step and is reported in the outcome.
    virtual GenerationOutcome generate(const GenerationRequest& request,
                                       const ProgressCallback& on_progress,
                                       const std::function<void(const Result&)>& on_picture,
                                       std::stop_token stop) = 0;

    /// The same for a request that may be interrupted at any moment, and taken up again by another
    /// process: its pictures become what they would have been, bit for bit on a CPU, and no answer of
    /// the network that the journal holds is asked for again. The caller removes the journal.
    virtual GenerationOutcome resume(const GenerationRequest& request, const Interruption& from,
                                     const ProgressCallback& on_progress,
                                     const std::function<void(const Result&)>& on_picture,
                                     std::stop_token stop) = 0;

    /// A folder of captioned pictures -> one file for train; on_picture hears how many of how many are
    /// done. Throws Error; a set stop_token is reported in the outcome.
    virtual PackOutcome pack(const PackRequest& request, const PictureSource& source,
                             const std::function<void(int done, int total)>& on_picture,
                             std::stop_token stop) = 0;

    /// Runs one stage of training; a set stop_token saves the state and returns. Throws Error.
    virtual void train(const TrainRequest& request, const TrainProgressCallback& on_progress,
                       std::stop_token stop) = 0;
};

/// Exported by libatelier_engine.so under the name "atelier_create_engine".
using CreateEngine = Engine* (*)(const EngineOptions& options);

}  // namespace diffusion

extern "C" diffusion::Engine* atelier_create_engine(const diffusion::EngineOptions& options);
