#pragma once

// An engine without networks: the same door, pictures that are plain arithmetic of the seed. Faces
// and services are tested against it, in the process or as a shared library in place of the real
// one.

#include "diffusion/engine.h"
#include "diffusion/error.h"

#include <chrono>
#include <optional>

namespace test_support {

/// How the fake shall behave.
struct FakeScript {
    std::chrono::milliseconds step_time{0};
    std::optional<diffusion::Error> failure;  ///< thrown by generate at its second step
    int native_extent = 64;                   ///< pixels
    std::int64_t memory_limit = 0;            ///< what plan compares with; 0: none
    bool says_finished = false;               ///< one more report behind the last picture, as the engine's
};

/// From ATELIER_FAKE_STEP_MS (a number) and ATELIER_FAKE_FAILURE (the name of an ErrorKind).
FakeScript script_from_environment();

/// Knows the samplers "Euler", "Euler a", "Heun", "DPM++ 2M" and the schedules "Automatic",
/// "Karras", "Exponential". The empty model and files that exist are models; sizes are multiples
/// of 8.
class FakeEngine : public diffusion::Engine {
public:
    explicit FakeEngine(FakeScript script = {});

    std::vector<diffusion::NamedChoice> samplers() const override;
    std::vector<diffusion::NamedChoice> schedules() const override;
    diffusion::ModelInfo inspect(const std::string& model) override;
    /// Two parts, of which the second lacks a tensor.
    diffusion::ModelReport examine(const std::string& model) override;
    /// fake_hash().
    std::string hash(const std::string& model, const diffusion::ByteProgress& on_bytes,
                     std::stop_token stop) override;
    /// Writes the name of the type into the output.
    diffusion::ConvertOutcome convert(const diffusion::ConvertRequest& request,
                                      const diffusion::ByteProgress& on_bytes,
                                      std::stop_token stop) override;
    /// Even steps from 10 to 0.
    std::vector<double> sigmas(const diffusion::GenerationRequest& request) override;
    /// A second and a mebibyte for every step; an obstacle where that is more than the limit.
    diffusion::Plan plan(const diffusion::GenerationRequest& request) override;
    diffusion::GenerationOutcome generate(
        const diffusion::GenerationRequest& request, const diffusion::ProgressCallback& on_progress,
        const std::function<void(const diffusion::Result&)>& on_picture,
        std::stop_token stop) override;
    /// Writes the number of the step into the journal.
    diffusion::GenerationOutcome resume(
        const diffusion::GenerationRequest& request, const diffusion::Interruption& from,
        const diffusion::ProgressCallback& on_progress,
        const std::function<void(const diffusion::Result&)>& on_picture,
        std::stop_token stop) override;

    /// Decodes the files that captions.jsonl would name: all files of the folder.
    diffusion::PackOutcome pack(const diffusion::PackRequest& request,
                                const diffusion::PictureSource& source,
                                const std::function<void(int done, int total)>& on_picture,
                                std::stop_token stop) override;
    /// A report for each of request.steps steps.
    void train(const diffusion::TrainRequest& request,
               const diffusion::TrainProgressCallback& on_progress, std::stop_token stop) override;

private:
    /// False when it was stopped.
    bool run_steps(const diffusion::Result& result, int picture, int picture_count,
                   const std::string& journal, const diffusion::ProgressCallback& on_progress, std::stop_token stop);

    FakeScript script_;
};

/// 64 digits that begin with 0123456789.
std::string fake_hash();

/// The picture that the fake makes of a seed: any two seeds give different ones.
diffusion::Image fake_picture(std::int64_t seed, int width, int height);

}  // namespace test_support
