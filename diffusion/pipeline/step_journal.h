#pragma once

// What a network answered, call by call, on the disk. A sampler is a function of its seed and of these
// answers, so a picture that was interrupted goes on bit for bit where it stopped, whatever the sampler
// keeps in mind: it is run again from the start, and answers that are known cost nothing.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "diffusion/sampling/denoiser.h"

namespace diffusion::pipeline {

/// A file with one record per call, each whole or not believed. An empty path keeps nothing.
///
/// All numbers are little-endian. "ATELSTEP", u32 version 1, u64 length of the key, the key; then per
/// call: u64 length of both predictions, each i32 type, u32 rank, i64 extents, bytes (one that is not
/// there is the type -1 alone), and u64 FNV-1a of them.
class StepJournal {
public:
    /// key says all that the answers depend on. Records of another key, and what follows a damaged
    /// record, are dropped.
    StepJournal(std::filesystem::path file, const std::string& key);

    /// Calls whose answers are known from an earlier run.
    std::int64_t known() const { return static_cast<std::int64_t>(known_.size()); }

    /// The predictor, asked only for what is not known; its later answers are written as they come.
    /// It counts its calls from known(). The journal must outlive it.
    sampling::Predictor recorded(sampling::Predictor predictor);

    /// False when the disk took no more: the picture goes on, without a net.
    bool is_kept() const { return !failed_; }

private:
    void read(const std::string& key);
    void begin(const std::string& key);
    void append(const sampling::Predictions& answer);

    std::filesystem::path file_;
    std::vector<sampling::Predictions> known_;
    std::ofstream stream_;
    bool failed_ = false;
};

}  // namespace diffusion::pipeline
