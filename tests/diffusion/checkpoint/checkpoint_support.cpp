#include "tests/diffusion/checkpoint/checkpoint_support.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>

#include "diffusion/checkpoint/open_table.h"

namespace checkpoint_test {

namespace fs = std::filesystem;
namespace checkpoint = diffusion::checkpoint;

fs::path data_file(const std::string& relative) { return fs::path(ATELIER_TEST_DATA) / relative; }

nlohmann::json data_json(const std::string& relative) {
    return nlohmann::json::parse(read_bytes(data_file(relative)));
}

TempFolder::TempFolder() {
    static std::atomic<int> count{0};
    path_ = fs::temp_directory_path() /
            ("atelier_checkpoint_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    fs::create_directories(path_);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string read_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(),
                                                static_cast<std::streamsize>(bytes.size()));
}

namespace {

template <typename Read>
std::string outcome_of(const Read& read) {
    try {
        for (const auto& [key, entry] : read().tensors) checkpoint::to_tensor(entry).contiguous();
        return "";
    } catch (const diffusion::Error& error) {
        return std::string(error.what()).empty() ? "(no message)" : name_of(error.reason());
    } catch (const std::exception& error) {
        return std::string("(another exception) ") + error.what();
    }
}

}  // namespace

std::string outcome_of_reading(const fs::path& file) {
    return outcome_of([&] { return checkpoint::open_table(file); });
}

std::string outcome_of_bytes(const std::string& bytes) {
    const checkpoint::FileBytes file{std::as_bytes(std::span(bytes)), "memory", nullptr, nullptr};
    return outcome_of([&] { return checkpoint::read_table(file); });
}

namespace {

checkpoint::TextEncoderHints hints_of(const nlohmann::json& config) {
    const bool is_gelu = config.at("hidden_act") == "gelu";
    return {config.at("num_attention_heads").get<std::int64_t>(),
            is_gelu ? clip::Activation::gelu : clip::Activation::quick_gelu};
}

}  // namespace

checkpoint::OpenOptions tiny_options(const std::string& family) {
    const auto document = data_json("tiny/" + family + "/config.json");
    const auto& config = document.at("config");
    checkpoint::OpenOptions options;
    const auto base = family == "sdxl-refiner" ? family : family.substr(0, family.find('-'));
    options.family = checkpoint::model_family_named(base);
    options.prediction = checkpoint::prediction_named(document.at("prediction_type").get<std::string>());
    options.scaling_factor = document.at("vae_scaling_factor").get<double>();
    options.unet_heads = document.at("heads_per_level").get<std::vector<std::int64_t>>();
    options.unet_norm_groups = config.at("unet").at("norm_num_groups").get<std::int64_t>();
    options.vae_norm_groups = config.at("vae").at("norm_num_groups").get<std::int64_t>();
    if (config.contains("te")) options.text_encoder = hints_of(config.at("te"));
    if (config.contains("te2")) options.text_encoder_2 = hints_of(config.at("te2"));
    return options;
}

double difference(const torch::Tensor& a, const torch::Tensor& b) {
    if (a.sizes() != b.sizes()) return std::numeric_limits<double>::infinity();
    if (a.numel() == 0) return 0;
    return (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
}

}  // namespace checkpoint_test
