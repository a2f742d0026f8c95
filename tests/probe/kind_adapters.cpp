#include "clip/text_encoder.h"
#include "diffusion/adapters/embedding_file.h"
#include "diffusion/adapters/patch.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"
#include "unet/unet.h"

#include <iostream>
#include <memory>
#include <set>

namespace probe {

namespace {

namespace adapters = diffusion::adapters;
namespace checkpoint = diffusion::checkpoint;
using checkpoint::Part;

const char* name_of(Part part) {
    if (part == Part::unet) return "unet";
    return part == Part::text_encoder ? "te" : "te2";
}

/// The networks of tiny/<family> and the inputs that the folder's adapters are tried on.
class Model {
public:
    Model(const Options& options, const std::string& family)
        : options_(options), folder_("adapters/" + family + "/") {
        const auto files = open(family);
        unet_ = unet::UNet(files.description.unet.value());
        fill(*unet_, files.unet);
        networks_.push_back({Part::unet, unet_.ptr()});
        add_encoder(Part::text_encoder, files.description.text_encoder, files.text_encoder);
        add_encoder(Part::text_encoder_2, files.description.text_encoder_2, files.text_encoder_2);
        patch_ = std::make_unique<adapters::Patch>(networks_, files.description.family);
        if (std::filesystem::exists(options.in / folder_ / "inputs_and_base.safetensors")) {
            inputs_ = read_tensors(options, folder_ + "inputs_and_base.safetensors");
        }
    }

    void base() {
        Tensors out;
        run_unet(out, "unet.out_base");
        for (const auto& [part, encoder] : encoders_) run_encoder(out, part, "_base");
        write(folder_ + "inputs_and_base.safetensors", out);
    }

    void adapter(const std::string& file) {
        Tensors out;
        for (const double strength : {1.0, 0.6}) {
            patch_->apply({{options_.in / folder_ / file, strength, strength, {}}});
            const std::string mark = strength == 1.0 ? ".m1.0" : ".m0.6";
            std::set<Part> touched;
            for (const auto& tensor : patch_->changed()) {
                touched.insert(tensor.part);
                const auto name = std::string(name_of(tensor.part)) + "." + tensor.key;
                if (strength == 1.0) {
                    out["delta." + name] = tensor.patched - tensor.original;
                } else {
                    out["merged0.6." + name] = tensor.patched;
                }
            }
            run_unet(out, "unet.out" + mark);
            for (const auto& [part, encoder] : encoders_) {
                if (touched.contains(part)) run_encoder(out, part, mark);
            }
        }
        patch_->apply({});
        write(folder_ + file + ".out.safetensors", out);
    }

    void embedding(const std::string& file) {
        const auto vectors =
            adapters::open_embedding(options_.in / folder_ / "embeddings" / file).vectors;
        Tensors out;
        if (vectors.size() == 2) {
            out["clip_l"] = vectors[0];
            out["clip_g"] = vectors[1];
        } else {
            out[vectors[0].size(0) == 1 ? "vector0" : "vectors"] = vectors[0];
            if (vectors[0].size(0) == 3) encode_with(vectors[0], out);
        }
        write(folder_ + "embeddings/" + file + ".out.safetensors", out);
    }

private:
    checkpoint::ModelFiles open(const std::string& family) const {
        for (const char* name : {"model.safetensors", "model.fp16.safetensors"}) {
            const auto file = options_.in / "tiny" / family / name;
            if (std::filesystem::exists(file)) {
                return checkpoint::open_model(file, tiny_options(options_, family));
            }
        }
        return checkpoint::open_model(options_.in / "tiny" / family / "diffusers",
                                      tiny_options(options_, family));
    }

    void fill(torch::nn::Module& module, const checkpoint::TensorTable& weights) const {
        checkpoint::LoadOptions load;
        load.dtype = torch::kFloat32;
        load.device = torch::Device(options_.device);
        checkpoint::load_weights(module, weights, load);
    }

    void add_encoder(Part part, const std::optional<checkpoint::TextEncoderPart>& described,
                     const checkpoint::TensorTable& weights) {
        if (!described) return;
        clip::TextEncoder encoder(described->config);
        fill(*encoder, weights);
        networks_.push_back({part, encoder.ptr()});
        encoders_.emplace(part, encoder);
    }

    torch::Tensor input(const std::string& name) const {
        const auto found = inputs_.find(name);
        return found == inputs_.end() ? torch::Tensor() : found->second.to(options_.device);
    }

    void run_unet(Tensors& out, const std::string& name) {
        const unet::Conditioning conditioning{input("unet.context"), input("unet.text_embeds"),
                                              input("unet.time_ids")};
        out[name] = unet_(input("unet.sample"), input("unet.timestep").reshape({-1}), conditioning);
    }

    void run_encoder(Tensors& out, Part part, const std::string& mark) {
        const std::string name = name_of(part);
        if (!input(name + ".ids").defined()) return;
        const auto output = encoders_.at(part)(input(name + ".ids"));
        out[name + ".last" + mark] = output.last;
        out[name + ".penultimate" + mark] = output.hidden[output.hidden.size() - 2];
    }

    void encode_with(const torch::Tensor& vectors, Tensors& out) {
        const auto ids = read_tensors(options_, folder_ + "embeddings/expected.safetensors")
                             .at("ids")
                             .to(options_.device);
        auto encoder = encoders_.at(Part::text_encoder);
        auto embeddings = encoder->token_embeddings(ids).clone();
        embeddings.slice(1, 3, 6).copy_(vectors.unsqueeze(0));
        out["last_with_vectors_at_3_4_5"] = encoder->forward_embeddings(embeddings, ids).last;
    }

    void write(const std::string& file, Tensors& tensors) const {
        for (auto& [key, value] : tensors) value = value.to(torch::kCPU).contiguous();
        write_tensors(options_, file, tensors);
    }

    const Options& options_;
    std::string folder_;
    unet::UNet unet_{nullptr};
    std::map<Part, clip::TextEncoder> encoders_;
    std::vector<adapters::Network> networks_;
    std::unique_ptr<adapters::Patch> patch_;
    Tensors inputs_;
};

class Run {
public:
    explicit Run(const Options& options) : options_(options) {}

    template <typename Work>
    void one(const std::string& family, const std::string& file, Work&& work) {
        if (!options_.wants(file) && !options_.wants(family + "/" + file)) return;
        try {
            work();
            ++counts.computed;
        } catch (...) {
            errors[family + "/" + file] = current_error();
            std::cerr << family << "/" << file << ": " << current_error().dump() << '\n';
            ++counts.failed;
        }
    }

    void family(const std::string& name, const nlohmann::ordered_json& index) {
        Model model(options_, name);
        one(name, "inputs_and_base.safetensors", [&] { model.base(); });
        for (const auto& [key, value] : index.items()) {
            if (!key.starts_with(name + "/")) continue;
            const bool is_embeddings = key.ends_with("/embeddings");
            for (const auto& item : is_embeddings ? value : value.at("files")) {
                const auto file = item.get<std::string>();
                if (file == "expected.safetensors") continue;
                if (is_embeddings) {
                    one(name, file, [&] { model.embedding(file); });
                } else {
                    one(name, file, [&] { model.adapter(file); });
                }
            }
        }
    }

    Counts counts;
    nlohmann::ordered_json errors = nlohmann::ordered_json::object();

private:
    const Options& options_;
};

}  // namespace

Counts run_adapters(const Options& options) {
    const torch::InferenceMode inference;
    const auto index = read_json(options, "adapters/index.json");
    std::set<std::string> families;
    for (const auto& [key, value] : index.items()) families.insert(key.substr(0, key.find('/')));
    Run run(options);
    for (const auto& family : families) run.family(family, index);
    if (!run.errors.empty()) write_json(options, "adapters/errors.json", run.errors);
    return run.counts;
}

}  // namespace probe
