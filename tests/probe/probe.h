#pragma once

// The frame of atelier_probe: one function per kind runs the product's own code on the cases of a
// stripped golden tree and writes the numbers. Rules: golden/PROBE.md.

#include <nlohmann/json.hpp>

#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace probe {

struct Options {
    std::filesystem::path in;
    std::filesystem::path out;
    std::string case_name;  ///< empty: all
    int threads = 0;
    std::string device = "cpu";

    bool wants(const std::string& name) const { return case_name.empty() || case_name == name; }
};

struct Counts {
    int computed = 0;
    int unsupported = 0;
    int failed = 0;
};

using Tensors = std::map<std::string, torch::Tensor>;

/// in/relative; throws diffusion::Error if it is not there.
nlohmann::ordered_json read_json(const Options& options, const std::string& relative);
/// out/relative, folders made; numbers with 17 digits, non-finite ones as "nan", "inf", "-inf".
void write_json(const Options& options, const std::string& relative,
                const nlohmann::ordered_json& document);
Tensors read_tensors(const Options& options, const std::string& relative);
/// Adds to what the file already holds when one case is run.
void write_tensors(const Options& options, const std::string& relative, const Tensors& tensors);
/// "nan", "inf", "-inf" or the number.
nlohmann::ordered_json number(double value);
/// {"kind": ..., "message": ...} of the exception being handled. Call inside catch (...).
nlohmann::ordered_json current_error();

Counts run_networks(const Options&);
Counts run_pipelines(const Options&);
Counts run_formats(const Options&);
Counts run_hostile(const Options&);
Counts run_keys(const Options&);
Counts run_samplers(const Options&);
Counts run_schedules(const Options&);
Counts run_rng(const Options&);
Counts run_tokenizer(const Options&);
Counts run_prompts(const Options&);
Counts run_metadata(const Options&);

}  // namespace probe
