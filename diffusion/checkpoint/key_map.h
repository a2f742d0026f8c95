#pragma once

// The one place where keys are renamed. Single-file checkpoints carry the names of the programs that
// trained them (LDM for UNet and VAE, OpenCLIP or transformers for text); modules carry those of
// diffusers and transformers. Some tensors change shape on the way: a packed attention projection is
// cut in three, a matrix that was stored for right multiplication is transposed, a 1x1 convolution
// becomes a matrix. All of that are views; nothing is read.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "diffusion/checkpoint/model_family.h"
#include "diffusion/checkpoint/tensor_table.h"

namespace diffusion::checkpoint {

/// A distilled autoencoder (TAESD) is a vae too; control is a ControlNet.
enum class Part { unet, vae, text_encoder, text_encoder_2, control };
inline constexpr std::size_t part_count = 5;

struct MappedTensor {
    Part part;
    std::string key;
    TensorEntry entry;
};

/// Where the n-th input or output block of an LDM UNet lies in the levels of the canonical one.
struct BlockPlace {
    int level = 0;
    int index = 0;
};

class KeyMap {
public:
    /// Looks at the keys of the whole file: naming, blocks per level, which text encoders. The
    /// family, if known, decides what keys alone leave open.
    explicit KeyMap(const TensorTable& file, std::optional<ModelFamily> family = std::nullopt);

    /// The canonical tensors that one tensor of the file becomes: usually one, three for a packed
    /// projection, none if the key is not part of a network.
    std::vector<MappedTensor> map(const std::string& key, const TensorEntry& entry) const;

private:
    struct Located {
        Part part;
        std::string rest;  ///< the key without the part's prefix
    };

    std::optional<Located> locate(const std::string& key) const;
    std::optional<Located> locate_bare(const std::string& key) const;
    std::optional<std::string> translate(const Located& located) const;
    void find_blocks(const TensorTable& file);

    std::string strip_;  ///< wrapper before every key ("module."); may be empty
    Part bare_text_ = Part::text_encoder;
    Part embedder_0_ = Part::text_encoder_2;
    bool has_bare_text_ = false;
    bool has_bare_unet_ = false;
    bool has_bare_control_ = false;
    bool has_bare_tiny_vae_ = false;  ///< both halves, layers already named as diffusers has them
    bool is_tiny_encoder_ = false;
    bool is_tiny_decoder_ = false;
    std::vector<BlockPlace> input_blocks_;
    std::vector<BlockPlace> output_blocks_;
    int vae_levels_ = 4;
};

/// A file's tensors under canonical names, by part; keys that belong to none are listed.
struct MappedFileTensors {
    std::array<TensorTable, part_count> parts;
    std::vector<std::string> unused;

    TensorTable& operator[](Part part) { return parts[static_cast<std::size_t>(part)]; }
};

MappedFileTensors map_keys(const TensorTable& file,
                           std::optional<ModelFamily> family = std::nullopt);

/// Whether original files carry the key beside their networks (schedules, averages, positions).
bool is_ignored_key(const std::string& key);

}  // namespace diffusion::checkpoint
