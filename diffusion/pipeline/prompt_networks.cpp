#include "diffusion/pipeline/prompt_networks.h"

#include "clip/unicode.h"
#include "diffusion/adapters/embedding_file.h"
#include "diffusion/checkpoint/model_hash.h"
#include "diffusion/error.h"

#include <algorithm>
#include <stdexcept>

namespace diffusion::pipeline {

namespace {

namespace fs = std::filesystem;
using adapters::NetworkKind;

std::vector<fs::path> folders_of(const std::vector<std::string>& given, const fs::path& model,
                                 NetworkKind kind) {
    std::vector<fs::path> folders(given.begin(), given.end());
    const auto beside = adapters::folders_beside(model, kind);
    folders.insert(folders.end(), beside.begin(), beside.end());
    return folders;
}

LoraWeights weights_of(const ExtraNetwork& network) {
    try {
        const auto weights = lora_weights(network);
        if (!weights.dynamic_rank || *weights.dynamic_rank > 0) return weights;
        throw std::invalid_argument("<" + network.kind + ":" + weights.name +
                                    ">: expected a rank (dyn) of 1 or more, found " +
                                    std::to_string(*weights.dynamic_rank) + ".");
    } catch (const std::invalid_argument& error) {
        // The parser knows the standard library only.
        throw Error(ErrorKind::bad_request, std::string("Prompt: ") + error.what());
    }
}

template <typename Texts>
std::string joined(const Texts& texts, const char* between = ", ") {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : between) + std::string(text);
    return all;
}

/// What a tokenizer makes no difference between: upper case and white space.
std::string squeezed(const std::string& text) {
    auto points = clip::unicode::to_lower(clip::unicode::decode(text));
    std::erase_if(points, clip::unicode::is_space);
    return clip::unicode::encode(points);
}

/// For the model's encoders; empty where the file was made for others.
std::vector<torch::Tensor> fitting(const adapters::EmbeddingFile& file, const Models& models) {
    const auto width = [&](std::size_t i) { return models.text[i].encoder->config().width; };
    if (models.text.size() != 1) {
        for (std::size_t i = 0; i < models.text.size(); ++i) {
            if (i >= file.vectors.size() || file.vectors[i].size(1) != width(i)) return {};
        }
        return file.vectors;
    }
    for (const auto& vectors : file.vectors) {
        if (vectors.size(1) == width(0)) return {vectors};
    }
    return {};
}

/// A colon or comma would end the name in a picture's text.
std::string without_marks(std::string name) {
    std::erase_if(name, [](char c) { return c == ':' || c == ','; });
    return name;
}

std::string remembered_hash(const fs::path& file, NetworkKind kind, HashMemory& memory) {
    auto stamp = checkpoint::stamp_of(file);
    // Not the sum of the whole file, which the memory may have as well.
    if (kind == NetworkKind::lora) stamp.path += "#tensors";
    auto hash = memory.find(stamp);
    if (hash.empty()) {
        hash = adapters::network_hash(file, kind);
        memory.remember(stamp, hash);
    }
    return hash.substr(0, 12);
}

}  // namespace

PromptNetworks::PromptNetworks(const GenerationRequest& request,
                               const std::vector<ExtraNetwork>& tags, const EngineOptions& options,
                               const fs::path& model)
    : lora_folders_(folders_of(options.lora_folders, model, NetworkKind::lora)),
      embedding_folders_(folders_of(options.embedding_folders, model, NetworkKind::embedding)) {
    find_loras(tags);
    const auto text = squeezed(request.prompt + "\n" + request.negative_prompt + "\n" +
                               request.prompt_2 + "\n" + request.negative_prompt_2);
    for (const auto& file : adapters::network_files(embedding_folders_, NetworkKind::embedding)) {
        if (text.find(squeezed(file.name)) != text.npos) named_.push_back(file);
    }
}

void PromptNetworks::find_loras(const std::vector<ExtraNetwork>& tags) {
    if (tags.empty()) return;
    loras_ = adapters::network_files(lora_folders_, NetworkKind::lora);
    for (const auto& tag : tags) {
        if (tag.kind != "lora" && tag.kind != "lyco") {
            throw Error(
                ErrorKind::bad_request,
                "Prompt: <" + tag.kind + ":" + joined(tag.items, ":") +
                    "> asks for a kind of network that is not known; expected <lora:NAME> or "
                    "<lora:NAME:strength>.");
        }
        const auto weights = weights_of(tag);
        adapters_.push_back({find(tag.kind, weights.name), weights.unet, weights.text_encoder,
                             weights.dynamic_rank});
    }
}

fs::path PromptNetworks::find(const std::string& kind, const std::string& name) const {
    if (const auto file = adapters::find_lora(loras_, name)) return *file;
    auto message = "Prompt: <" + kind + ":" + name + ">: no file of this name";
    if (lora_folders_.empty()) {
        message += "; there is no folder of LoRAs (Lora or loras beside the models).";
    } else {
        std::vector<std::string> folders;
        for (const auto& folder : lora_folders_) folders.push_back(folder.string());
        message += " in " + joined(folders) + ".";
    }
    const auto similar = adapters::similar_names(loras_, name);
    if (!similar.empty()) message += " Names like it: " + joined(similar) + ".";
    throw Error(ErrorKind::bad_request, message);
}

void PromptNetworks::apply_to(Models& models, const std::function<void(const std::string&)>& say) {
    if (!adapters_.empty()) say("LoRA");
    models.patch->apply(adapters_);
    read_embeddings(models);
}

void PromptNetworks::read_embeddings(const Models& models) {
    embeddings_.clear();
    for (const auto& file : named_) {
        auto vectors = fitting(adapters::open_embedding(file.path), models);
        if (vectors.empty()) continue;
        const auto same = std::ranges::find(embeddings_, file.name, &NamedEmbedding::name);
        if (same == embeddings_.end()) {
            embeddings_.push_back({file.name, std::move(vectors)});
        } else {
            same->vectors = std::move(vectors);
        }
    }
}

std::vector<UsedNetwork> PromptNetworks::used(HashMemory& memory) const {
    std::vector<UsedNetwork> networks;
    std::set<fs::path> known;
    for (const auto& use : adapters_) {
        if (!known.insert(use.file).second) continue;
        networks.push_back({UsedNetwork::Kind::lora, without_marks(use.file.stem().string()),
                            remembered_hash(use.file, NetworkKind::lora, memory)});
    }
    for (const auto& name : used_) {
        const auto file = std::find_if(named_.rbegin(), named_.rend(),
                                       [&](const auto& f) { return f.name == name; });
        networks.push_back({UsedNetwork::Kind::embedding, without_marks(name),
                            remembered_hash(file->path, NetworkKind::embedding, memory)});
    }
    return networks;
}

}  // namespace diffusion::pipeline
