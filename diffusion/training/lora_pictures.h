#pragma once

// A folder of captioned pictures as latents in buckets: each picture is brought to the size of
// about the wanted area whose shape is nearest its own, so that nothing is squeezed and little is
// cut off.

#include "diffusion/pipeline/models.h"
#include "diffusion/training_request.h"

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace diffusion::training {

struct CaptionedFile {
    std::filesystem::path file;
    std::string caption;
};

/// Pictures of the folder with the text beside them (cat.png and cat.txt), or as captions.jsonl
/// lists them (file or file_name; caption, text, or the fields of captions.h); sorted by name. A text
/// beside a picture of the list goes before its line.
/// left_out hears a sentence of each picture without a caption and each line that can't be read.
/// Throws Error: missing_file, or bad_request where none is left.
std::vector<CaptionedFile> captioned_files(const std::filesystem::path& folder,
                                           const std::function<void(const std::string&)>& left_out);

/// Width and height in pixels, multiples of step, of about extent * extent together and at most
/// twice extent on a side, whose ratio is nearest.
struct Bucket {
    std::int64_t width = 0;
    std::int64_t height = 0;

    auto operator<=>(const Bucket&) const = default;
};

Bucket bucket_of(std::int64_t width, std::int64_t height, std::int64_t extent, std::int64_t step);

struct LoraPicture {
    std::string caption;
    torch::Tensor latent;  ///< [1, channels, h, w], scaled, float32 on the CPU
    std::int64_t original_width = 0, original_height = 0;  ///< of the file
    std::int64_t crop_top = 0, crop_left = 0;              ///< in pixels of the bucket's scale
    Bucket bucket;
};

/// Encodes the folder of options, or takes the latents from cache if it was made of the same files,
/// by the same model, at this size. left_out hears what can't be decoded. Throws Error
/// (bad_request) where nothing is left.
std::vector<LoraPicture> encode_folder(const LessonOptions& options, pipeline::Models& models,
                                       const std::filesystem::path& cache,
                                       const std::function<void(const std::string&)>& left_out);

/// Which pictures step number `step` learns from: every picture once an epoch, in an order that
/// seed and epoch decide, those of one batch from one bucket. A bucket's last batch of an epoch may
/// be smaller.
std::vector<std::size_t> bucket_batch(const std::vector<LoraPicture>& pictures, std::int64_t step,
                                      std::int64_t count, std::uint64_t seed);

}  // namespace diffusion::training
