#include "diffusion/training/model_trainer.h"

#include <torch/utils.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <future>
#include <optional>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/training/autoencoder_trainer.h"
#include "diffusion/training/compositions.h"
#include "diffusion/training/examples.h"
#include "diffusion/training/export_model.h"
#include "diffusion/training/initialise.h"
#include "diffusion/training/latent_cache.h"
#include "diffusion/training/layer_codes.h"
#include "diffusion/training/loss.h"
#include "diffusion/training/model_lesson.h"
#include "diffusion/training/pictures.h"
#include "diffusion/training/run_stage.h"
#include "diffusion/training/sample_pictures.h"
#include "diffusion/training/sample_sheet.h"
#include "diffusion/training/seeds.h"
#include "diffusion/training/text_pictures.h"

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
        if (config.model.composition.share > 0 && can_compose(autoencoder_, pack.extent()))
            compositions_.emplace(pack.captions(), split_.training,
                                  cached_layer_codes(in_work(request, "layer-codes.safetensors"), pack, autoencoder_),
                                  config.model.composition);
        networks_ = made();
        auto generator = at::make_generator<at::CPUGeneratorImpl>(config.seed);
        initialise(networks_.unet, generator);
        initialise(networks_.text_encoder, generator);
        if (networks_.text_pictures) initialise(networks_.text_pictures, generator);
        for (auto* module : networks_.modules()) module->to(device);
        autoencoder_->to(device);
        workers_ = device.is_cpu() ? at::get_num_threads() : 1;
        if (workers_ > 1) at::set_num_threads(1);  // each has a core of its own
        lesson_.emplace(networks_, config.model, latents_.to(torch::kFloat32).square().mean().item<double>(), workers_,
                        [&] { return made(); });
    }

    void teach(Trainee& trainee) {
        trainee.add("unet.", *networks_.unet);
        trainee.add("text_encoder.", *networks_.text_encoder);
        if (networks_.text_pictures) trainee.add("text_pictures.", *networks_.text_pictures);
    }

    /// The mean of the step's batches, whose gradients the weights have.
    torch::Tensor loss(std::int64_t step) {
        const auto count = config_.model.accumulation;
        learns_text_alone_ = is_text_alone(step * count);
        torch::Tensor sum;
        for (std::int64_t i = 0; i < count; ++i) {
            const auto part = lesson_->learn(batch(step * count + i), learns_text_alone_, 1.0 / double(count));
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
            const auto shown = noised_batch(known_latents(chosen).to(device_), prompts, mix(first), 1);
            sum += lesson_->loss(shown, learns_text_alone_).item<double>() * double(chosen.size());
        }
        return sum / double(split_.held_out.size());
    }

    /// While the text learns alone: what it draws by itself.
    Image sheet() {
        if (learns_text_alone_) return sheet_of(pictures_of_text(), 4);
        return sheet_of(sample_pictures({networks_.unet, networks_.text_encoder, autoencoder_}, ids_, sheet_prompts, device_), 4);
    }

    bool composes() const { return compositions_.has_value(); }
    int workers() const { return workers_; }
    const ModelNetworks& networks() const { return networks_; }
    const vae::PatchAutoencoder& autoencoder() const { return autoencoder_; }

private:
    /// What a batch shows; undefined pixels where a picture's latent is known.
    struct Drawn {
        std::vector<int64_t> chosen;
        std::vector<Example> examples;
        std::uint64_t seed = 0;
    };

    /// Networks of the configured sizes, their weights unset.
    ModelNetworks made() const {
        ModelNetworks networks;
        networks.unet = unet::UNet(unet_config());
        networks.text_encoder = clip::TextEncoder(text_config_);
        if (config_.model.text_first > 0 || config_.model.text_weight > 0)
            networks.text_pictures = TextPictures(config_.text.width, config_.text.max_positions, latents_.size(1),
                                                  latents_.size(2), latents_.size(3));
        return networks;
    }

    bool is_text_alone(std::int64_t place) const {
        return place / config_.model.accumulation < config_.model.text_first;
    }

    Drawn draw(std::int64_t place) const {
        Drawn drawn;
        const bool text_alone = is_text_alone(place);
        const auto& rates = text_alone ? config_.model.text_rates : config_.model.rates;
        drawn.chosen = batch_of_step(split_.training, place, rates.batch, config_.seed);
        drawn.seed = mix(config_.seed, static_cast<std::uint64_t>(place));
        drawn.examples.resize(drawn.chosen.size());
        at::parallel_for(0, std::ssize(drawn.chosen), 1, [&](int64_t begin, int64_t end) {
            const torch::NoGradGuard no_grad;  // of this thread
            for (auto i = static_cast<size_t>(begin); i < static_cast<size_t>(end); ++i) {
                const auto own = mix(drawn.seed, static_cast<std::uint64_t>(drawn.chosen[i]));
                drawn.examples[i] = example(drawn.chosen[i], own, text_alone);
            }
        });
        return drawn;
    }

    /// Alone, the text learns from pictures whose latents needn't be drawn.
    Example example(int64_t index, std::uint64_t seed, bool text_alone) const {
        const auto& model = config_.model;
        if (compositions_ && Chance(mix(seed, 0x7363656e)).share() < model.composition.share)
            return compositions_->draw(index, model.prompts, seed);
        if (!text_alone) return examples_.draw(index, model.prompts, seed);
        return {{}, draw_prompt(pack_.captions()[static_cast<size_t>(index)], model.prompts, seed)};
    }

    /// The next batch is drawn by another thread while the networks learn from this one.
    Drawn take(std::int64_t place) {
        auto drawn = next_.valid() && next_place_ == place ? next_.get() : draw(place);
        next_place_ = place + 1;
        next_ = std::async(std::launch::async, [this, at = next_place_] { return draw(at); });
        return drawn;
    }

    ModelBatch batch(std::int64_t place) {
        const auto drawn = take(place);
        std::vector<std::string> prompts;
        for (const auto& example : drawn.examples) prompts.push_back(example.prompt);
        return noised_batch(latents_of(drawn), prompts, drawn.seed, config_.model.noise_power);
    }

    ModelBatch noised_batch(const torch::Tensor& latents, const std::vector<std::string>& prompts,
                            std::uint64_t seed, double noise_power) {
        ModelBatch batch{latents, ids_(prompts).to(device_), {}, {}};
        if (learns_text_alone_) return batch;
        auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
        const auto timesteps = draw_timesteps(latents.size(0), noise_power, generator);
        auto noise = torch::randn(latents.sizes(), generator);
        if (config_.model.noise_offset > 0)
            noise = noise + config_.model.noise_offset *
                                torch::randn({latents.size(0), latents.size(1), 1, 1}, generator);
        batch.timesteps = timesteps.to(device_);
        batch.noise = noise.to(device_);
        return batch;
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
        return latents_.index_select(0, torch::tensor(chosen)).to(torch::kFloat32);
    }

    /// Those that are known or were put together, and those of the pictures that were changed.
    torch::Tensor latents_of(const Drawn& drawn) {
        const torch::NoGradGuard no_grad;
        auto latents = known_latents(drawn.chosen);
        for (size_t i = 0; i < drawn.examples.size(); ++i)
            if (drawn.examples[i].latent.defined()) latents[static_cast<int64_t>(i)].copy_(drawn.examples[i].latent);
        latents = latents.to(device_);
        std::vector<int64_t> places;
        std::vector<torch::Tensor> changed;
        for (size_t i = 0; i < drawn.examples.size(); ++i) {
            if (!drawn.examples[i].pixels.defined()) continue;
            places.push_back(static_cast<int64_t>(i));
            changed.push_back(drawn.examples[i].pixels);
        }
        if (places.empty()) return latents;
        const auto encoded = autoencoder_->encode(torch::stack(changed).to(device_)).mean *
                             autoencoder_->config().scaling_factor;
        return latents.index_copy_(0, torch::tensor(places).to(device_), encoded);
    }

    std::vector<Image> pictures_of_text() {
        const torch::NoGradGuard no_grad;
        const auto hidden = networks_.text_encoder->forward(ids_(sheet_prompts).to(device_)).last;
        const auto decoded = autoencoder_->decode(networks_.text_pictures->forward(hidden));
        std::vector<Image> pictures;
        for (const auto& picture : decoded.to(torch::kCPU).clamp(-1, 1).unbind()) pictures.push_back(to_image(picture));
        return pictures;
    }

    const TrainingConfig& config_;
    const Pack& pack_;
    torch::Device device_;
    Split split_;
    Examples examples_;
    std::optional<Compositions> compositions_;
    vae::PatchAutoencoder autoencoder_;
    clip::TextEncoderConfig text_config_;
    PromptIds ids_;
    torch::Tensor latents_;
    ModelNetworks networks_;
    std::optional<ModelLesson> lesson_;
    int workers_ = 1;
    bool learns_text_alone_ = false;
    std::int64_t next_place_ = -1;
    std::future<Drawn> next_;  // the last member: its end waits for what reads the others
};

}  // namespace

double train_model(const TrainRequest& request, const TrainingConfig& config, const Pack& pack,
                   torch::Device device, const TrainProgressCallback& report, std::stop_token stop) {
    ModelStage stage(request, config, pack, device);
    Trainee trainee(stage.workers(), config.model.bfloat16);
    stage.teach(trainee);
    const auto state = state_file(request, "model");
    const bool goes_on = std::filesystem::exists(state);
    if (goes_on) trainee.load(checkpoint::read_safetensors(state), state.string());
    tell(request, report, note_held_out(trainee, goes_on, config.held_out_share, config.seed));
    if (config.model.composition.share > 0 && !stage.composes())
        tell(request, report, "Scenes can't be put together here: that needs a linear encoder and pictures of a multiple "
                              "of four patches a side.");
    StageWork work;
    work.name = "model";
    work.rates = config.model.rates;
    work.rates.batch *= config.model.accumulation;
    work.first_steps = config.model.text_first;
    work.first_rates = config.model.text_rates;
    work.first_rates.batch *= config.model.accumulation;
    work.loss = [&](std::int64_t step) { return stage.loss(step); };
    work.held_out_loss = [&] { return stage.held_out_loss(); };
    work.sheet = [&] { return stage.sheet(); };
    const auto write = [&](const std::filesystem::path& folder) {
        export_model(folder, stage.networks().unet, stage.networks().text_encoder, stage.autoencoder(),
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
