#include "diffusion/text/prompt_encoder.h"

#include "diffusion/error.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace diffusion {

namespace {

struct EncodedChunks {
    torch::Tensor rows;    // [chunks, T, width]
    torch::Tensor pooled;  // [1, projection_dim]
    std::set<std::string> embeddings;
    std::string left_out;
};

std::vector<EmbeddingName> names_of(std::span<const NamedEmbedding> embeddings,
                                    const clip::Tokenizer& tokenizer) {
    std::vector<EmbeddingName> names;
    for (const auto& embedding : embeddings)
        names.push_back({tokenizer.encode(embedding.name), embedding.name,
                         static_cast<int>(embedding.vectors.front().size(0))});
    return names;
}

/// The chunker knows the standard library only.
ChunkedPrompt chunk_with_embeddings(const std::string& prompt, const clip::Tokenizer& tokenizer,
                                    const ChunkOptions& chunking) {
    ChunkedPrompt chunked;
    try {
        chunked = chunk_prompt(prompt, tokenizer, chunking);
    } catch (const std::invalid_argument& error) {
        throw Error(ErrorKind::bad_request, std::string("Prompt: ") + error.what());
    }
    if (!chunked.missing_embeddings.empty())
        throw Error(ErrorKind::bad_request,
                    "Prompt: found embedding:" + chunked.missing_embeddings.front() +
                        ", expected the name of an embedding in the folders for them that fits the "
                        "model.");
    return chunked;
}

ChunkedPrompt chunks_of(const std::string& prompt, const EncoderPart& part,
                        const EncodeOptions& options) {
    const auto names = names_of(options.embeddings, *part.tokenizer);
    ChunkOptions chunking;
    chunking.chunk_length = static_cast<int>(part.encoder->config().max_positions) - 2;
    chunking.comma_backtrack = options.comma_backtrack;
    chunking.emphasis = options.emphasis;
    chunking.most_chunks = options.most_chunks;
    chunking.embeddings = names;
    auto chunked = chunk_with_embeddings(prompt, *part.tokenizer, chunking);
    const auto empty = chunk_prompt("", *part.tokenizer, chunking).chunks.front();
    while (static_cast<int>(chunked.chunks.size()) < options.least_chunks)
        chunked.chunks.push_back(empty);
    return chunked;
}

int layers_from_end(const EncoderPart& part, int clip_skip) {
    const auto layers = part.encoder->config().layers;
    const int wanted =
        part.rule.follows_clip_skip && clip_skip > 1 ? clip_skip : part.rule.layers_from_end;
    if (wanted < 1 || wanted > layers)
        throw Error(ErrorKind::bad_request,
                    "Clip skip: expected 1 to " + std::to_string(layers) +
                        " (the layers of this model's text encoder), found " +
                        std::to_string(wanted) + ".");
    return wanted;
}

torch::Tensor ids_tensor(const ChunkedPrompt& chunked, const EncoderPart& part) {
    const auto& config = part.encoder->config();
    std::vector<torch::Tensor> rows;
    for (const auto& chunk : chunked.chunks) {
        const auto ids =
            chunk.ids_padded_with(static_cast<int>(config.pad_token), part.tokenizer->end_token());
        rows.push_back(torch::tensor(std::vector<int64_t>(ids.begin(), ids.end()), torch::kLong));
    }
    return torch::stack(rows).to(part.encoder->parameters().front().device());
}

torch::Tensor weights_tensor(const ChunkedPrompt& chunked, const torch::Tensor& like) {
    std::vector<torch::Tensor> rows;
    for (const auto& chunk : chunked.chunks)
        rows.push_back(torch::tensor(chunk.weights, torch::kDouble));
    return torch::stack(rows).to(like.options());
}

bool has_weights(const ChunkedPrompt& chunked) {
    return std::ranges::any_of(chunked.chunks, [](const TokenChunk& chunk) {
        return std::ranges::any_of(chunk.weights, [](double w) { return w != 1.0; });
    });
}

torch::Tensor select_state(const clip::TextEncoderOutput& output, const EncoderPart& part,
                           int from_end) {
    if (from_end == 1 && part.rule.has_final_norm) return output.last;
    const auto& state = output.hidden[output.hidden.size() - static_cast<size_t>(from_end)];
    auto encoder = part.encoder;
    return part.rule.has_final_norm ? encoder->final_layer_norm(state) : state;
}

const torch::Tensor& vectors_of(const std::string& name, size_t encoder,
                                const EncodeOptions& options) {
    const auto found = std::ranges::find(options.embeddings, name, &NamedEmbedding::name);
    return found->vectors.at(encoder);
}

/// Token embeddings of all chunks, with the vectors of embeddings where their names stood.
torch::Tensor embedded(const ChunkedPrompt& chunked, const torch::Tensor& ids, EncoderPart& part,
                       size_t encoder, const EncodeOptions& options) {
    auto rows = part.encoder->token_embeddings(ids).clone();
    for (size_t i = 0; i < chunked.chunks.size(); ++i) {
        for (const auto& placed : chunked.chunks[i].embeddings) {
            const int64_t first = placed.offset + 1;  // behind the start token
            rows[static_cast<int64_t>(i)]
                .slice(0, first, first + placed.vectors)
                .copy_(vectors_of(placed.name, encoder, options)
                           .slice(0, placed.first, placed.first + placed.vectors));
        }
    }
    return rows;
}

/// encoder: which of the prompt's, counted from 0.
EncodedChunks encode_chunks(const ChunkedPrompt& chunked, EncoderPart& part, int from_end,
                            size_t encoder, const EncodeOptions& options) {
    const auto ids = ids_tensor(chunked, part);
    const auto output = part.encoder->forward_embeddings(
        embedded(chunked, ids, part, encoder, options), ids);
    EncodedChunks made;
    made.rows = select_state(output, part, from_end);
    if (part.rule.gives_pooled) made.pooled = output.pooled.slice(0, 0, 1);
    return made;
}

EncodedChunks encode_part(const std::string& prompt, EncoderPart& part, size_t encoder,
                          const EncodeOptions& options) {
    const auto chunked = chunks_of(prompt, part, options);
    const int from_end = layers_from_end(part, options.clip_skip);
    auto made = encode_chunks(chunked, part, from_end, encoder, options);
    for (const auto& chunk : chunked.chunks)
        for (const auto& placed : chunk.embeddings) made.embeddings.insert(placed.name);
    made.left_out = part.tokenizer->decode(chunked.cut_ids);
    if (!has_weights(chunked)) return made;
    torch::Tensor empty;
    if (options.emphasis == Emphasis::comfy) {
        EncodeOptions plain;
        plain.emphasis = Emphasis::none;
        empty = encode_chunks(chunks_of("", part, plain), part, from_end, encoder, plain).rows;
    }
    const auto weights = weights_tensor(chunked, made.rows);
    std::vector<torch::Tensor> weighted;
    for (int64_t i = 0; i < made.rows.size(0); ++i)
        weighted.push_back(apply_emphasis(made.rows.slice(0, i, i + 1), weights.slice(0, i, i + 1),
                                          options.emphasis, empty));
    made.rows = torch::cat(weighted);
    return made;
}

const std::string& prompt_of(std::span<const std::string> prompts, size_t encoder) {
    return prompts[std::min(encoder, prompts.size() - 1)];
}

int chunk_count(std::span<const std::string> prompts, std::span<EncoderPart> encoders,
                const EncodeOptions& options) {
    size_t most = 1;
    for (size_t i = 0; i < encoders.size(); ++i)
        most = std::max(most, chunks_of(prompt_of(prompts, i), encoders[i], options).chunks.size());
    return static_cast<int>(most);
}

}  // namespace

HiddenStateRule HiddenStateRule::sd1() {
    return {};
}

HiddenStateRule HiddenStateRule::sd2(int layers) {
    return {layers >= 24 ? 2 : 1, true, false, false};
}

HiddenStateRule HiddenStateRule::sdxl(bool is_second) {
    return {2, false, false, is_second};
}

torch::Tensor apply_emphasis(const torch::Tensor& z, const torch::Tensor& weights,
                             Emphasis emphasis, const torch::Tensor& empty) {
    TORCH_CHECK(z.dim() == 3 && weights.dim() == 2 && z.size(0) == weights.size(0) &&
                    z.size(1) == weights.size(1),
                "emphasis: weights ", weights.sizes(), " do not fit the encoding ", z.sizes());
    const auto factor = weights.unsqueeze(-1);
    switch (emphasis) {
        case Emphasis::ignore:
        case Emphasis::none:
            return z;
        case Emphasis::no_norm:
            return z * factor;
        case Emphasis::comfy:
            return empty + (z - empty) * factor;
        case Emphasis::original:
            break;
    }
    const auto scaled = z * factor;
    return scaled * (z.mean() / scaled.mean());
}

TextConditioning encode_prompt(const std::string& prompt, std::span<EncoderPart> encoders,
                               const EncodeOptions& options) {
    return encode_prompts({&prompt, 1}, encoders, options);
}

TextConditioning encode_prompts(std::span<const std::string> prompts,
                                std::span<EncoderPart> encoders, const EncodeOptions& options) {
    TORCH_CHECK(!prompts.empty(), "encode_prompts: expected a prompt, found none");
    auto wanted = options;
    // The encoders may cut a prompt differently when their vocabularies differ.
    wanted.least_chunks = std::max(options.least_chunks, chunk_count(prompts, encoders, options));
    std::vector<torch::Tensor> contexts;
    TextConditioning made;
    std::set<std::string> embeddings;
    for (size_t i = 0; i < encoders.size(); ++i) {
        const auto encoded = encode_part(prompt_of(prompts, i), encoders[i], i, wanted);
        embeddings.insert(encoded.embeddings.begin(), encoded.embeddings.end());
        contexts.push_back(encoded.rows.reshape({1, -1, encoded.rows.size(2)}));
        if (encoded.pooled.defined()) made.pooled = encoded.pooled;
        if (made.left_out.empty()) made.left_out = encoded.left_out;
    }
    made.context = torch::cat(contexts, 2);
    made.embeddings.assign(embeddings.begin(), embeddings.end());
    return made;
}

}  // namespace diffusion
