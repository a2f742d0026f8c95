#include "diffusion/engine.h"

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/checkpoint/convert_model.h"
#include "diffusion/checkpoint/model_variant.h"
#include "diffusion/checkpoint/part_files.h"
#include "diffusion/pipeline/conditioning.h"
#include "diffusion/pipeline/device.h"
#include "diffusion/pipeline/examine_model.h"
#include "diffusion/pipeline/generate.h"
#include "diffusion/pipeline/hash_beside_work.h"
#include "diffusion/pipeline/machine_memory.h"
#include "diffusion/pipeline/model_cache.h"
#include "diffusion/pipeline/run_models.h"
#include "diffusion/pipeline/steward.h"
#include "diffusion/pipeline/write_tokenizer.h"
#include "diffusion/sampling/schedule.h"
#include "diffusion/training/embedding_trainer.h"
#include "diffusion/training/lora_trainer.h"
#include "diffusion/training/train.h"
#include "unet/ops/cpu_memory.h"

namespace diffusion {

namespace {

template <typename Rows>
std::vector<NamedChoice> choices(const Rows& rows) {
    std::vector<NamedChoice> out;
    for (const auto& row : rows) out.push_back({row.name, row.aliases, row.fields});
    return out;
}

ModelInfo info_of(const std::string& given, const checkpoint::ModelDescription& d) {
    ModelInfo info;
    info.path = given;
    info.name = given.empty() ? "Atelier" : std::filesystem::path(given).stem().string();
    info.family = checkpoint::name_of(d.family);
    info.variant = checkpoint::variant_of(d);
    info.prediction = checkpoint::name_of(d.prediction());
    info.zero_terminal_snr = d.scheduler.zero_terminal_snr;
    info.native_width = info.native_height = static_cast<int>(d.native_size);
    info.parameter_count = d.parameter_count;
    info.precision = d.precision;
    info.absent = pipeline::absent_parts(d);
    info.limit = checkpoint::limit_of(d);
    info.suggested = checkpoint::suggestion_for(d);
    if (d.vae) info.size_multiple = static_cast<int>(checkpoint::factor_of(*d.vae));
    return info;
}

/// What the request knows better than the file. The prediction is sampling's, see setup_sampling.
checkpoint::OpenOptions options_of(const GenerationRequest& request) {
    return checkpoint::as_family(checkpoint::model_family_named(request.model_family));
}

[[noreturn]] void throw_out_of_memory(const std::string& advice, const std::string& detail) {
    throw Error(ErrorKind::out_of_memory,
                "Memory ran out; " + (advice.empty() ? "a smaller size or fewer pictures may fit." : advice) +
                    (detail.empty() ? "" : " " + detail));
}

/// LibTorch's own failures as Errors; everything else as it is. advice says what would have fitted.
template <typename Work>
auto translated(Work&& work, const std::function<std::string()>& advice = [] { return std::string(); }) {
    try {
        return work();
    } catch (const c10::OutOfMemoryError& error) {
        throw_out_of_memory(advice(), error.what_without_backtrace());
    } catch (const c10::Error& error) {
        const std::string text = error.what_without_backtrace();
        if (text.find("DefaultCPUAllocator") != std::string::npos) throw_out_of_memory(advice(), text);
        throw Error(ErrorKind::internal, text);
    } catch (const std::bad_alloc&) {
        throw_out_of_memory(advice(), {});
    }
}

/// Between jobs no memory waits.
struct BlockCacheOfJob {
    ~BlockCacheOfJob() { unet::ops::empty_block_cache(); }
};

class TorchEngine : public Engine {
public:
    explicit TorchEngine(const EngineOptions& options)
        : options_(options),
          steward_(options),
          // Half of the memory for models that wait; the one in use is always kept.
          cache_(pipeline::Resources{options.resource_folder}, pipeline::physical_memory() / 2),
          previews_(options.preview_folders),
          hashes_(options.hashes ? options.hashes : pipeline::memory_of_this_start()) {
        unet::ops::use_block_cache();
        if (options.threads > 0) at::set_num_threads(options.threads);
        // cuDNN would round the factors of float32 convolutions to ten bits; who asks for float32 wants
        // the CPU's picture.
        at::globalContext().setAllowTF32CuDNN(false);
    }

    std::vector<NamedChoice> samplers() const override { return choices(sampling::samplers()); }

    std::vector<NamedChoice> schedules() const override {
        return choices(sampling::schedules());
    }

    ModelInfo inspect(const std::string& model) override {
        return translated([&] { return info_of(model, checkpoint::describe_model(path_of(model))); });
    }

    ModelReport examine(const std::string& model) override {
        return translated([&] {
            const auto path = path_of(model);
            const auto files = checkpoint::open_model(path);
            const auto [format, bytes] = pipeline::format_of(path);
            return ModelReport{info_of(model, files.description), format, bytes,
                               pipeline::examine_parts(files), files.description.unused_keys,
                               files.description.metadata};
        });
    }

    std::string hash(const std::string& model, const ByteProgress& on_bytes,
                     std::stop_token stop) override {
        return pipeline::hash_model(path_of(model), *hashes_, on_bytes, stop);
    }

    ConvertOutcome convert(const ConvertRequest& request, const ByteProgress& on_bytes,
                           std::stop_token stop) override {
        auto resolved = request;
        resolved.model = path_of(request.model).string();
        const auto write_tokenizer = [&](const std::filesystem::path& folder,
                                         const clip::TextEncoderConfig& config) {
            pipeline::write_clip_tokenizer(folder, config, cache_.resources());
        };
        return translated([&] {
            return checkpoint::convert_model(resolved, {}, write_tokenizer,
                                             [&](std::uint64_t done, std::uint64_t total) {
                                                 if (on_bytes) on_bytes(done, total);
                                                 return !stop.stop_requested();
                                             });
        });
    }

    std::vector<double> sigmas(const GenerationRequest& request) override {
        return translated([&] {
            const auto description =
                checkpoint::describe_model(path_of(request.model), options_of(request));
            return setup_of(request, description).sigmas;
        });
    }

    Plan plan(const GenerationRequest& request) override {
        return translated([&] {
            pipeline::check_ranges(request);
            const auto path = path_of(request.model);
            const auto files = checkpoint::open_model(path, options_of(request));
            const auto setup = setup_of(request, files.description);
            const auto prompts = pipeline::plan_prompts(request, setup.call_count,
                                                        files.description.text_encoder_2.has_value());
            const pipeline::PromptNetworks networks(request, prompts.positive.networks, options_, path);
            return steward_.plan(with_vae(request), files, setup, networks.adapters(),
                                 cache_.bytes_beside({path, {}, options_of(request).family}));
        });
    }

    GenerationOutcome generate(const GenerationRequest& request, const ProgressCallback& on_progress,
                               const std::function<void(const Result&)>& on_picture,
                               std::stop_token stop) override {
        return resume(request, {}, on_progress, on_picture, stop);
    }

    GenerationOutcome resume(const GenerationRequest& request, const Interruption& from,
                             const ProgressCallback& on_progress,
                             const std::function<void(const Result&)>& on_picture,
                             std::stop_token stop) override {
        const BlockCacheOfJob cache_of_job;
        latest_.reset();
        return translated([&] { return run(with_vae(request), from, on_progress, on_picture, stop); },
                          [&] { return latest_ ? steward_.advice(*latest_) : std::string(); });
    }

    PackOutcome pack(const PackRequest& request, const PictureSource& source,
                     const std::function<void(int done, int total)>& on_picture,
                     std::stop_token stop) override {
        return translated([&] { return training::pack_folder(request, source, on_picture, stop); });
    }

    void train(const TrainRequest& request, const TrainProgressCallback& on_progress,
               std::stop_token stop) override {
        const BlockCacheOfJob cache_of_job;
        auto resolved = request;
        for (LessonOptions* lessons : {static_cast<LessonOptions*>(&resolved.lora),
                                       static_cast<LessonOptions*>(&resolved.embedding)})
            if (!lessons->pictures) lessons->pictures = options_.pictures;
        translated([&] {
            if (request.stage == TrainingStage::lora)
                training::train_lora(resolved, cache_.resources(), on_progress, stop);
            else if (request.stage == TrainingStage::embedding)
                training::train_embedding(resolved, cache_.resources(), on_progress, stop);
            else
                training::train(request, on_progress, stop);
        });
    }

private:
    std::filesystem::path path_of(const std::string& model) const {
        return model.empty() ? cache_.resources().shipped_model() : std::filesystem::path(model);
    }

    /// With the autoencoder that lies beside the model, where the request names none.
    GenerationRequest with_vae(GenerationRequest request) const {
        if (request.vae.empty()) {
            request.vae = checkpoint::vae_beside(path_of(request.model)).string();
        }
        return request;
    }

    /// What the answers of a request's networks depend on beside its fields.
    std::string origin_of(const GenerationRequest& request) const {
        auto origin = pipeline::identity_of(path_of(request.model));
        for (const auto* file : {&request.vae, &request.initial_image, &request.mask})
            if (!file->empty()) origin += "\n" + pipeline::identity_of(*file);
        return origin;
    }

    static pipeline::SamplingSetup setup_of(const GenerationRequest& request,
                                            const checkpoint::ModelDescription& description) {
        const bool is_sdxl = description.family == checkpoint::ModelFamily::sdxl;
        auto setup = pipeline::setup_sampling(request, description.scheduler, is_sdxl);
        // Such a network is told the scale instead, and answers as guided.
        if (description.unet && description.unet->guidance_dim > 0) setup.denoise.guidance_scale = 1;
        return setup;
    }

    GenerationOutcome run(const GenerationRequest& request, const Interruption& from,
                          const ProgressCallback& on_progress,
                          const std::function<void(const Result&)>& on_picture,
                          const std::stop_token& stop) {
        pipeline::check_ranges(request);
        if (request.seed < 0) {
            throw Error(ErrorKind::bad_request, "seed: expected 0 or more, found " +
                                                    std::to_string(request.seed) + ".");
        }
        const auto path = path_of(request.model);
        const auto files = checkpoint::open_model(path, options_of(request));
        if (const auto limit = checkpoint::limit_of(files.description); !limit.empty())
            throw Error(ErrorKind::unsupported_model, path.string() + ": " + limit + ".");
        const auto setup = setup_of(request, files.description);
        const auto images = pipeline::read_images(request, options_.pictures);
        const auto prompts = pipeline::plan_prompts(
            request, setup.call_count, files.description.text_encoder_2.has_value());
        pipeline::PromptNetworks networks(request, prompts.positive.networks, options_, path);
        pipeline::HashBesideWork hash(path, *hashes_, stop);
        const pipeline::ModelChoice choice{path, request.vae, options_of(request).family};
        const auto decision = steward_.decide(request, files, setup, networks.adapters(), cache_.bytes_beside(choice));
        latest_ = decision;
        if (!decision.plan.obstacle.empty())
            throw Error(ErrorKind::out_of_memory, decision.plan.obstacle);
        pipeline::PhaseWatch watch(decision);
        const ProgressCallback told = [&](const Progress& progress) {
            watch.hear(progress.phase);
            if (progress.phase == Phase::sampling && progress.step > 0) hash.start();
            if (on_progress) on_progress(progress);
        };
        pipeline::ProgressMeter meter(told, request.count, setup.step_count);
        cache_.keep_beside(choice, decision.task.placement, decision.others);
        bool has_loaded = false;
        const auto models =
            cache_.get(choice, decision.task.placement, [&](const std::string& part) {
                has_loaded = true;
                meter.loading(part);
            });
        networks.apply_to(*models, [&](const std::string& part) { meter.loading(part); });
        watch.begin(models);
        GenerationOutcome outcome;
        pipeline::Listener listener;
        listener.stop = stop;
        listener.pictures_at_once = decision.plan.pictures_at_once;
        listener.splits_batch = decision.measures.splits_batch;
        listener.on_warning = [&](const std::string& text) {
            outcome.warnings.push_back(text);
            meter.warning(text);
        };
        if (!models->codec_warning.empty()) listener.on_warning(models->codec_warning);
        for (const auto& text : models->patch->warnings()) listener.on_warning(text);
        listener.wants_previews = options_.makes_previews;
        try {
            listener.preview = previews_.maker_for(*models);
        } catch (const Error& error) {  // no reason to make no picture
            listener.on_warning(std::string("Previews are rough: ") + error.what());
        }
        listener.from = from;
        if (!from.journal.empty()) listener.origin = origin_of(request) + networks.identity();
        listener.on_picture = [&](const Result& picture) {
            outcome.images.push_back(picture);
            outcome.images.back().model = info_of(request.model, models->description);
            outcome.images.back().model_hash = hash.short_hash();
            outcome.images.back().networks = networks.used(*hashes_);
            if (on_picture) on_picture(outcome.images.back());
        };
        try {
            const torch::InferenceMode inference;
            pipeline::RunModels run(*models, decision.measures);
            pipeline::generate(run.models(), request, setup, images, networks, meter, listener);
        } catch (const Cancelled&) {
            outcome.was_cancelled = true;
        }
        if (!outcome.was_cancelled) steward_.learn(decision, watch, has_loaded);
        return outcome;
    }

    EngineOptions options_;
    pipeline::Steward steward_;
    std::optional<pipeline::Decision> latest_;
    pipeline::ModelCache cache_;
    pipeline::PreviewDecoder previews_;
    std::shared_ptr<HashMemory> hashes_;
};

}  // namespace

}  // namespace diffusion

diffusion::Engine* atelier_create_engine(const diffusion::EngineOptions& options) {
    return new diffusion::TorchEngine(options);
}
