#pragma once

// What a prompt asks for by name beside its words: LoRAs as <lora:NAME:strength>, and embeddings,
// whose names stand among the words. Names are those of files in the folders that the engine was
// given or that lie beside the model.

#include "diffusion/adapters/network_folders.h"
#include "diffusion/adapters/patch.h"
#include "diffusion/engine.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/text/prompt_parser.h"

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace diffusion::pipeline {

class PromptNetworks {
public:
    /// Finds the files of the prompt's tags and of the embeddings whose names may stand in any of
    /// the request's prompts. Throws Error (bad_request) for a kind of network that is not known
    /// and for a LoRA that is in no folder, with the names that are like it.
    PromptNetworks(const GenerationRequest& request, const std::vector<ExtraNetwork>& tags,
                   const EngineOptions& options, const std::filesystem::path& model);

    /// Files, sizes and times of the LoRAs with their strengths: what pictures depend on.
    std::string identity() const { return adapters::identity_of(adapters_); }

    /// Makes the models' weights what the LoRAs want (what an earlier request left is taken off),
    /// and reads the embeddings. As in A1111, a name is only a word where its file was made for
    /// other encoders than the model's. say is told what is being read. Throws Error: what
    /// Patch::apply and open_embedding throw.
    void apply_to(Models& models, const std::function<void(const std::string& part)>& say);

    const std::vector<adapters::AdapterUse>& adapters() const { return adapters_; }

    const std::vector<NamedEmbedding>& embeddings() const { return embeddings_; }

    /// Names of embeddings() that stood in a prompt.
    void mark_used(const std::vector<std::string>& names) {
        used_.insert(names.begin(), names.end());
    }

    /// What was applied, with hashes; hashed files are remembered.
    std::vector<UsedNetwork> used(HashMemory& memory) const;

private:
    void find_loras(const std::vector<ExtraNetwork>& tags);
    void read_embeddings(const Models& models);
    std::filesystem::path find(const std::string& kind, const std::string& name) const;

    std::vector<std::filesystem::path> lora_folders_;
    std::vector<std::filesystem::path> embedding_folders_;
    std::vector<adapters::NetworkFile> loras_;
    std::vector<adapters::NetworkFile> named_;  // embeddings whose names may stand in the prompts
    std::vector<adapters::AdapterUse> adapters_;
    std::vector<NamedEmbedding> embeddings_;
    std::set<std::string> used_;
};

}  // namespace diffusion::pipeline
