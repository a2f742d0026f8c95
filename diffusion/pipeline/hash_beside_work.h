#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "diffusion/model_tools.h"

namespace diffusion::pipeline {

/// SHA-256 of a model in 64 digits, from the memory or of its bytes, which are then remembered. Empty
/// if it was stopped. Throws Error (missing_file).
std::string hash_model(const std::filesystem::path& model, HashMemory& memory,
                       const ByteProgress& on_bytes, const std::stop_token& stop);

/// The hash of the model that a picture is being made with. A hash that the memory has costs nothing;
/// any other is computed on a thread of its own and of low priority, from start() on, so that loading
/// and the first step are done before it. Memory is asked on the caller's thread only.
class HashBesideWork {
public:
    HashBesideWork(std::filesystem::path model, HashMemory& memory, std::stop_token stop);
    /// Gives up a hash that nobody waited for.
    ~HashBesideWork();
    HashBesideWork(const HashBesideWork&) = delete;
    HashBesideWork& operator=(const HashBesideWork&) = delete;

    void start();
    /// The first 10 digits, waiting for them if need be; empty where the work was stopped or the file
    /// can't be read any more (the picture is worth more than its model's hash).
    std::string short_hash();

private:
    std::filesystem::path model_;
    HashMemory& memory_;
    std::stop_token stop_;
    FileStamp stamp_;
    std::string sha256_;
    bool was_started_ = false;
    std::jthread worker_;
};

/// For engines that were given no memory.
std::shared_ptr<HashMemory> memory_of_this_start();

}  // namespace diffusion::pipeline
