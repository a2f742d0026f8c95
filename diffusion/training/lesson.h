#pragma once

// What LoRAs and embeddings learn from: captioned pictures under a finished model, whose UNet or whose
// text changes.

#include "diffusion/image.h"
#include "diffusion/pipeline/models.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/training/lora_pictures.h"
#include "diffusion/training_request.h"

#include <functional>
#include <string>
#include <vector>

namespace diffusion::training {

/// What a result's metadata says of its training beside the options.
struct LessonFacts {
    std::int64_t steps = 0;
    std::int64_t pictures = 0;
    std::int64_t extent = 0;  ///< pixels of a side
};

/// A caption in at least so many chunks, with the graph of what learns in it.
using CaptionEncoder = std::function<TextConditioning(const std::string& caption, int least_chunks)>;

/// The loss of captioned pictures. What a step draws depends on its number and the seed alone.
class Lesson {
public:
    /// models must outlive it. prepare is called before each batch, whose graph its backward uses up; it
    /// may be empty. Throws Error (bad_request) for a model whose training is another: the refiner,
    /// inpainting models, EDM.
    Lesson(pipeline::Models& models, const LessonOptions& options, std::vector<LoraPicture> pictures,
           CaptionEncoder encode, std::function<void()> prepare = {});

    /// The mean loss of the step's batches; with accumulation all but the last have run backward.
    torch::Tensor loss(std::int64_t step);

    /// A picture of each sample prompt, from the same noise every time. The models need their
    /// autoencoder.
    std::vector<Image> samples();

    std::int64_t picture_count() const { return static_cast<std::int64_t>(pictures_.size()); }

private:
    torch::Tensor batch_loss(const std::vector<std::size_t>& chosen, std::uint64_t seed);
    std::vector<TextConditioning> texts(const std::vector<std::string>& captions);
    unet::Conditioning conditioning(const std::vector<TextConditioning>& texts,
                                    const std::vector<LoraPicture>& pictures) const;

    pipeline::Models& models_;
    LessonOptions options_;
    std::vector<LoraPicture> pictures_;
    CaptionEncoder encode_;
    std::function<void()> prepare_;
    torch::Tensor alphas_;
};

/// Throws Error (bad_request) that names the model where LoRAs and embeddings are not trained for it.
void check_model(const pipeline::Models& models);

}  // namespace diffusion::training
