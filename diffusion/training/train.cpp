#include "diffusion/training/train.h"

#include <torch/cuda.h>
#include <torch/utils.h>
#include <filesystem>

#include "diffusion/error.h"
#include "diffusion/training/autoencoder_trainer.h"
#include "diffusion/training/model_trainer.h"
#include "diffusion/training/pack.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/training_config.h"
#include "unet/ops/cpu_memory.h"

namespace diffusion::training {

namespace {

torch::Device device_of(const std::string& name) {
    if (name == "auto") return torch::cuda::is_available() ? torch::kCUDA : torch::kCPU;
    if (name == "cpu") return torch::kCPU;
    if (name == "cuda" && torch::cuda::is_available()) return torch::kCUDA;
    if (name == "cuda") {
        throw Error(ErrorKind::bad_request, "The device cuda was asked for, but LibTorch sees no GPU here.");
    }
    throw Error(ErrorKind::bad_request, "The device must be auto, cpu or cuda, not " + name + ".");
}

}  // namespace

void train(const TrainRequest& request, const TrainProgressCallback& report, std::stop_token stop) {
    if (request.work_folder.empty()) {
        throw Error(ErrorKind::bad_request, "Training needs a work folder for its states and sheets.");
    }
    const auto config = read_training_config(request.config);
    const auto device = device_of(request.device);
    unet::ops::use_block_cache();
    if (request.threads > 0) torch::set_num_threads(request.threads);
    std::error_code error;
    std::filesystem::create_directories(request.work_folder, error);
    if (error) {
        throw Error(ErrorKind::cannot_write,
                    "The work folder " + request.work_folder + " can't be made: " + error.message() + ".");
    }
    const Pack pack(request.pack);
    if (pack.size() == 1)
        tell(request, report, "There is only one picture: what is learnt will be that picture.");
    const bool is_autoencoder = request.stage == TrainingStage::autoencoder;
    auto bounded = request;
    if (request.steps == 0 && request.minutes == 0)
        bounded.steps = is_autoencoder ? config.autoencoder.steps : config.model.steps;
    if (is_autoencoder) {
        train_autoencoder(bounded, config, pack, device, report, stop);
    } else {
        train_model(bounded, config, pack, device, report, stop);
    }
}

}  // namespace diffusion::training
