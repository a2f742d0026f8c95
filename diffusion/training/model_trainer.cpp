#include "diffusion/training/model_trainer.h"

#include <torch/utils.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <optional>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/autoencoder_trainer.h"
#include "diffusion/training/examples.h"
#include "diffusion/training/export_model.h"
#include "diffusion/training/initialise.h"
#include "diffusion/training/latent_cache.h"
#include "diffusion/training/loss.h"
#include "diffusion/training/pictures.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/sample_pictures.h"
#include "diffusion/training/sample_sheet.h"
#include "diffusion/training/seeds.h"
#include "diffusion/training/text_pictures.h"
#include "unet/ops/bfloat16_products.h"
#include "unet/ops/recompute.h"

namespace diffusion::training {

namespace {

/// What every sample sheet shows: both languages, all styles, colours, animals, food and things.
const std::vector<std::string> sheet_prompts{
    "red apple, 3d",     "빨간 사과, 입체",   "blue heart, flat",  "파란 하트",
    "cat face, noto",    "고양이 얼굴, 노토", "pizza, glossy",     "피자, 트위모지",
    "rocket, twemoji",   "로켓, 광택",        "sunflower, 3d",     "웃는 얼굴, 플랫",
    "green apple, flat", "노란 하트, 입체",   "fire, emojione",    "눈사람, 이모지원"};

std::filesystem::path in_work(const TrainRequest& request, const char* name) {
    return std::filesystem::path(request.work_folder) / name;
}

class ModelStage {
public:
    ModelStage(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
               torch::Device device)
        : config_(config), pack_(pack), device_(device), split_(split_pictures(pack, config.held_out_share, config.seed)),
          examples_(pack, split_.training, config.model.augmentation),
          autoencoder_(load_autoencoder(request.work_folder)),
          ids_(tokenizer(request), config.text.max_positions) {
        write_held_out(in_work(request, "held-out.txt"), pack, split_);
        latents_ = cached_latents(in_work(request, "latents.safetensors"), pack, autoencoder_);
        auto generator = at::make_generator<at::CPUGeneratorImpl>(config.seed);
        unet_ = unet::UNet(unet_config());
        text_encoder_ = clip::TextEncoder(text_config_);
        initialise(unet_, generator);
        initialise(text_encoder_, generator);
        unet_->to(device);
        text_encoder_->to(device);
        autoencoder_->to(device);
        alphas_ = training_alphas().to(device);
        power_ = latents_.to(torch::kFloat32).square().mean().item<double>();
        if (config.model.text_first > 0 || config.model.text_weight > 0) {
            text_pictures_ = TextPictures(config_.text.width, config_.text.max_positions, latents_.size(1),
                                          latents_.size(2), latents_.size(3));
            initialise(text_pictures_, generator);
            text_pictures_->to(device);
        }
    }

    void teach(Trainee& trainee) {
        trainee.add("unet.", *unet_);
        trainee.add("text_encoder.", *text_encoder_);
        if (text_pictures_) trainee.add("text_pictures.", *text_pictures_);
    }

    /// The mean of the step's batches; all but the last have run backward.
    torch::Tensor loss(std::int64_t step) {
        std::optional<unet::ops::Recompute> recompute;
        std::optional<unet::ops::Bfloat16Products> rounded;
        if (config_.model.recomputes) recompute.emplace();
        if (config_.model.bfloat16) rounded.emplace();
        learns_text_alone_ = step < config_.model.text_first;
        const auto count = config_.model.accumulation;
        torch::Tensor sum;
        for (std::int64_t i = 0; i < count; ++i) {
            auto part = batch_loss(step * count + i) / count;
            const bool is_last = i + 1 == count;
            if (!is_last) part.backward();
            if (!is_last) part = part.detach();
            sum = sum.defined() ? sum + part : part;
        }
        return sum;
    }

    /// With the same noise and levels every time, in turn in Korean and English.
    double held_out_loss() {
        torch::NoGradGuard no_grad;
        double sum = 0;
        constexpr size_t part = 32;
        for (size_t first = 0; first < split_.held_out.size(); first += part) {
            const auto end = std::min(first + part, split_.held_out.size());
            const std::vector<int64_t> chosen(split_.held_out.begin() + static_cast<std::ptrdiff_t>(first),
                                              split_.held_out.begin() + static_cast<std::ptrdiff_t>(end));
            std::vector<std::string> prompts;
            for (const auto i : chosen) {
                prompts.push_back(full_prompt(pack_.captions()[static_cast<size_t>(i)], i % 2 == 0));
            }
            const auto latents = known_latents(chosen);
            sum += loss_of(latents, prompts, mix(first)).item<double>() * double(chosen.size());
        }
        return sum / double(split_.held_out.size());
    }

    /// While the text learns alone: what it draws by itself.
    Image sheet() {
        if (learns_text_alone_) return sheet_of(pictures_of_text(), 4);
        return sheet_of(sample_pictures({unet_, text_encoder_, autoencoder_}, ids_, sheet_prompts, device_), 4);
    }

    unet::UNet& unet() { return unet_; }
    clip::TextEncoder& text_encoder() { return text_encoder_; }
    const vae::PatchAutoencoder& autoencoder() const { return autoencoder_; }

private:
    torch::Tensor batch_loss(std::int64_t place) {
        const auto chosen = batch_of_step(split_.training, place, config_.model.rates.batch, config_.seed);
        const auto seed = mix(config_.seed, static_cast<std::uint64_t>(place));
        if (learns_text_alone_) {
            std::vector<std::string> prompts;
            for (const auto i : chosen)
                prompts.push_back(draw_prompt(pack_.captions()[static_cast<size_t>(i)], config_.model.prompts,
                                              mix(seed, static_cast<std::uint64_t>(i))));
            return text_loss(known_latents(chosen), hidden_of(prompts));
        }
        std::vector<Example> drawn(chosen.size());
        at::parallel_for(0, std::ssize(chosen), 1, [&](int64_t begin, int64_t end) {
            const torch::NoGradGuard no_grad;  // of this thread
            for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i)
                drawn[i] = examples_.draw(chosen[i], config_.model.prompts,
                                          mix(seed, static_cast<std::uint64_t>(chosen[i])));
        });
        std::vector<std::string> prompts;
        for (const auto& example : drawn) prompts.push_back(example.prompt);
        return loss_of(latents_of(chosen, drawn), prompts, seed);
    }

    clip::Tokenizer tokenizer(const TrainRequest& request) {
        auto made = open_vocabulary(in_work(request, "tokenizer"), pack_.captions(), config_.model.vocabulary,
                                    static_cast<int>(config_.text.max_positions));
        text_config_ = config_.text;
        text_config_.vocab_size = made.vocab_size();
        text_config_.start_token = made.start_token();
        text_config_.end_token = made.end_token();
        text_config_.pad_token = made.pad_token();
        return made;
    }

    unet::UNetConfig unet_config() const {
        auto config = config_.unet;
        config.in_channels = config.out_channels = autoencoder_->config().latent_channels;
        config.cross_attention_dim = config_.text.width;
        return config;
    }

    torch::Tensor known_latents(const std::vector<int64_t>& chosen) const {
        return latents_.index_select(0, torch::tensor(chosen)).to(device_, torch::kFloat32);
    }

    /// Those that are known, and those of the pictures that were changed.
    torch::Tensor latents_of(const std::vector<int64_t>& chosen, const std::vector<Example>& drawn) {
        const torch::NoGradGuard no_grad;
        auto latents = known_latents(chosen);
        std::vector<int64_t> places;
        std::vector<torch::Tensor> changed;
        for (size_t i = 0; i < drawn.size(); ++i) {
            if (!drawn[i].pixels.defined()) continue;
            places.push_back(static_cast<int64_t>(i));
            changed.push_back(drawn[i].pixels);
        }
        if (places.empty()) return latents;
        const auto encoded = autoencoder_->encode(torch::stack(changed).to(device_)).mean *
                             autoencoder_->config().scaling_factor;
        return latents.index_copy_(0, torch::tensor(places).to(device_), encoded);
    }

    torch::Tensor hidden_of(const std::vector<std::string>& prompts) {
        return text_encoder_->forward(ids_(prompts).to(device_)).last;
    }

    /// The share of the latents that the text alone doesn't say.
    torch::Tensor text_loss(const torch::Tensor& latents, const torch::Tensor& hidden) {
        return torch::mse_loss(text_pictures_->forward(hidden), latents) / power_;
    }

    std::vector<Image> pictures_of_text() {
        const torch::NoGradGuard no_grad;
        std::vector<Image> pictures;
        const auto decoded = autoencoder_->decode(text_pictures_->forward(hidden_of(sheet_prompts)));
        for (const auto& picture : decoded.to(torch::kCPU).clamp(-1, 1).unbind()) pictures.push_back(to_image(picture));
        return pictures;
    }

    torch::Tensor loss_of(const torch::Tensor& latents, const std::vector<std::string>& prompts,
                          std::uint64_t seed) {
        const auto context = hidden_of(prompts);
        if (learns_text_alone_) return text_loss(latents, context);
        auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        const auto timesteps = torch::randint(1000, {latents.size(0)}, generator, torch::kInt64);
        auto noise = torch::randn(latents.sizes(), generator);
        if (config_.model.noise_offset > 0)
            noise = noise + config_.model.noise_offset *
                                torch::randn({latents.size(0), latents.size(1), 1, 1}, generator);
        const auto batch = add_noise(latents, noise.to(device_), timesteps.to(device_), alphas_,
                                     config_.model.snr_limit);
        const auto prediction =
            unet_->forward(batch.noisy, timesteps.to(device_, torch::kFloat32), {context, {}, {}});
        const auto loss = weighted_loss(prediction, batch) / power_;
        return config_.model.text_weight > 0 ? loss + config_.model.text_weight * text_loss(latents, context) : loss;
    }

    const TrainingConfig& config_;
    const Pack& pack_;
    torch::Device device_;
    Split split_;
    Examples examples_;
    vae::PatchAutoencoder autoencoder_;
    clip::TextEncoderConfig text_config_;
    PromptIds ids_;
    torch::Tensor latents_, alphas_;
    double power_ = 1;  ///< mean square of the latents; losses are measured by it
    bool learns_text_alone_ = false;
    unet::UNet unet_{nullptr};
    clip::TextEncoder text_encoder_{nullptr};
    TextPictures text_pictures_{nullptr};
};

}  // namespace

double train_model(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
                   torch::Device device, const TrainProgressCallback& report, std::stop_token stop) {
    ModelStage stage(request, config, pack, device);
    Trainee trainee;
    stage.teach(trainee);
    const auto state = state_file(request, "model");
    const bool goes_on = std::filesystem::exists(state);
    if (goes_on) trainee.load(checkpoint::read_safetensors(state), state.string());
    tell(request, report, note_held_out(trainee, goes_on, config.held_out_share, config.seed));
    StageWork work;
    work.name = "model";
    work.rates = config.model.rates;
    work.rates.batch *= config.model.accumulation;
    work.loss = [&](std::int64_t step) { return stage.loss(step); };
    work.held_out_loss = [&] { return stage.held_out_loss(); };
    work.sheet = [&] { return stage.sheet(); };
    const auto write = [&](const std::filesystem::path& folder) {
        export_model(folder, stage.unet(), stage.text_encoder(), stage.autoencoder(),
                     in_work(request, "tokenizer"));
        return folder;
    };
    if (!request.export_folder.empty())
        work.copy = [&](std::int64_t step) {
            return write(request.export_folder + "-" + std::to_string(step));
        };
    const double held_out = run_stage(request, work, trainee, report, stop);
    if (!request.export_folder.empty()) {
        const Trainee::Averaged averaged(trainee);
        write(request.export_folder);
    }
    return held_out;
}

}  // namespace diffusion::training
