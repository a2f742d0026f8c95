#pragma once

// What can be done with model files besides making pictures of them: look at them closely, name them
// by their hash, write them in another format.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace diffusion {

/// A model's files as they are now; another stamp means that they may have changed. A folder's size is
/// that of its hashed files together, its time that of the newest.
struct FileStamp {
    std::string path;           ///< absolute
    std::uint64_t size = 0;     ///< bytes
    std::int64_t modified = 0;  ///< nanoseconds of the file system's clock

    bool operator==(const FileStamp&) const = default;
};

/// Remembers hashes from one start to the next, because hashing a file of gigabytes takes seconds.
/// Whoever makes the engine gives one; the engine asks it on its own thread.
class HashMemory {
public:
    virtual ~HashMemory() = default;
    /// The sha256 that belongs to the stamp, or an empty text.
    virtual std::string find(const FileStamp& stamp) = 0;
    virtual void remember(const FileStamp& stamp, const std::string& sha256) = 0;
};

/// Told how many bytes are done.
using ByteProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// One network of a model, its tensors held against what the network needs. Keys are canonical
/// (diffusers') ones.
struct PartReport {
    std::string name;  ///< unet, vae, text_encoder, text_encoder_2
    std::int64_t parameter_count = 0;
    std::string precision;  ///< type of most weights: F32, BF16, Q8_0
    std::vector<std::string> missing;
    std::vector<std::string> unexpected;
    std::vector<std::string> misshapen;  ///< "<key> is [4, 4], expected [4, 9]"
};

/// The formats that models are written in. folder is the diffusers layout.
enum class ModelFormat { safetensors, folder, gguf };

struct ConvertRequest {
    std::string model;   ///< file or folder; empty for the shipped model
    std::string output;  ///< file or folder to write
    ModelFormat format = ModelFormat::safetensors;
    /// keep, f32, f16 or bf16; q8_0 in GGUF. Tensors of whole numbers keep their type.
    std::string type = "keep";
    bool replaces = false;  ///< what is at output already
};

struct ConvertOutcome {
    std::int64_t tensor_count = 0;
    std::uint64_t bytes = 0;  ///< that the weights take
    bool was_cancelled = false;
};

}  // namespace diffusion
