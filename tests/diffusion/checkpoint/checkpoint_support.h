#pragma once

#include <torch/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/state_dict.h"
#include "diffusion/error.h"

namespace checkpoint_test {

/// A file of tests/data.
std::filesystem::path data_file(const std::string& relative);
nlohmann::json data_json(const std::string& relative);

/// A folder that is gone when the test ends.
class TempFolder {
public:
    TempFolder();
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

std::string read_bytes(const std::filesystem::path& file);
void write_bytes(const std::filesystem::path& file, const std::string& bytes);

/// Opens the file and reads all of its tensors: the reason of the error, "" if there was none, or
/// "(another exception)".
std::string outcome_of_reading(const std::filesystem::path& file);

/// The same of bytes in memory.
std::string outcome_of_bytes(const std::string& bytes);

/// Settings that tiny/<family>/config.json states and that shapes can't tell.
diffusion::checkpoint::OpenOptions tiny_options(const std::string& family);

/// Largest absolute difference; infinity for other shapes.
double difference(const torch::Tensor& a, const torch::Tensor& b);

}  // namespace checkpoint_test
