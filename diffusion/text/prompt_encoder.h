#pragma once

// A prompt's text -> what the UNet's cross-attention reads. Prompts of any length: chunks of 75
// tokens are encoded one by one and laid side by side.

#include "clip/text_encoder.h"
#include "clip/tokenizer.h"
#include "diffusion/text/token_chunks.h"

#include <torch/types.h>

#include <span>
#include <string>
#include <vector>

namespace diffusion {

/// Which of an encoder's hidden states its UNet was trained on.
struct HiddenStateRule {
    int layers_from_end = 1;        ///< 1: after the last layer, 2: the penultimate
    bool has_final_norm = true;     ///< the final layer norm is applied to it
    bool follows_clip_skip = true;  ///< the user's clip skip counts instead of layers_from_end
    bool gives_pooled = false;      ///< the pooled vector comes from this encoder

    /// SD1: the last state, or clip skip's, normed.
    static HiddenStateRule sd1();
    /// SD2: the penultimate state of its 24 layers, normed. Folders hold 23, whose last it is.
    static HiddenStateRule sd2(int layers);
    /// SDXL: the penultimate state as it is; the second encoder gives the pooled vector.
    static HiddenStateRule sdxl(bool is_second);
};

struct EncoderPart {
    clip::TextEncoder encoder{nullptr};
    const clip::Tokenizer* tokenizer = nullptr;
    HiddenStateRule rule;
};

/// A textual inversion: vectors that stand in place of the embeddings of its name's tokens.
struct NamedEmbedding {
    std::string name;                    ///< as prompts write it
    std::vector<torch::Tensor> vectors;  ///< [n, width] for each encoder, of its width; one n for all
};

struct EncodeOptions {
    int clip_skip = 1;  ///< n: the n-th hidden state from the end
    Emphasis emphasis = Emphasis::original;
    int comma_backtrack = 20;
    int least_chunks = 1;  ///< filled up with encoded empty chunks
    int most_chunks = 0;   ///< what goes beyond is left out; 0: any number
    std::span<const NamedEmbedding> embeddings;  ///< Emphasis::comfy: written as embedding:name
};

/// context: [1, 77 * chunks, widths of all encoders together]; pooled: [1, projection_dim] of the
/// first chunk, undefined when no encoder gives it. On the encoders' device, in their type.
struct TextConditioning {
    torch::Tensor context;
    torch::Tensor pooled;
    std::vector<std::string> embeddings;  ///< names that stood in the prompt, each once
    std::string left_out;  ///< the text for which most_chunks had no room
};

/// Throws Error(bad_request) for a clip skip beyond the encoder's layers, an embedding that is longer
/// than a chunk, or embedding:name in ComfyUI's writing that is not there.
TextConditioning encode_prompt(const std::string& prompt, std::span<EncoderPart> encoders,
                               const EncodeOptions& options = {});

/// The same with a prompt for each encoder; the last one serves all that follow.
TextConditioning encode_prompts(std::span<const std::string> prompts,
                                std::span<EncoderPart> encoders, const EncodeOptions& options = {});

/// Weights on the rows of an encoding. z: [B, T, width], weights: [B, T] of z's type; empty: the
/// empty prompt's encoding [1, T, width], needed by Emphasis::comfy only. The mean that `original`
/// restores is that of all of z, which is why chunks are weighted one by one.
torch::Tensor apply_emphasis(const torch::Tensor& z, const torch::Tensor& weights,
                             Emphasis emphasis, const torch::Tensor& empty = {});

}  // namespace diffusion
