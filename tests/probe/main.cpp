// atelier_probe KIND --in STRIPPED --out OUT [--case NAME] [--threads N] [--device cpu|cuda]
// Runs the product's own code on stripped golden cases and writes what it computes.

#include <torch/utils.h>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <string_view>
#include <vector>

#include "diffusion/error.h"
#include "tests/probe/probe.h"

namespace {

using Run = probe::Counts (*)(const probe::Options&);

struct Kind {
    std::string_view name;
    std::string_view folder;  ///< below --in
    Run run;                  ///< null: not part of this build
};

// A kind whose source is not built yet reports its cases as unsupported; CMake defines the others.
#ifndef ATELIER_PROBE_NETWORKS
constexpr Run run_networks = nullptr;
#else
constexpr Run run_networks = probe::run_networks;
#endif
#ifndef ATELIER_PROBE_PIPELINES
constexpr Run run_pipelines = nullptr;
#else
probe::Counts run_pipelines(const probe::Options& options) {
    const auto runs = probe::run_pipelines(options);
    const auto nets = probe::run_controlnets(options);
    return {runs.computed + nets.computed, runs.unsupported + nets.unsupported,
            runs.failed + nets.failed};
}
#endif
#ifndef ATELIER_PROBE_ADAPTERS
constexpr Run run_adapters = nullptr;
#else
constexpr Run run_adapters = probe::run_adapters;
#endif
#ifndef ATELIER_PROBE_DECODERS
constexpr Run run_decoders = nullptr;
#else
constexpr Run run_decoders = probe::run_decoders;
#endif
#ifndef ATELIER_PROBE_FORMATS
constexpr Run run_formats = nullptr;
#else
constexpr Run run_formats = probe::run_formats;
#endif
#ifndef ATELIER_PROBE_HOSTILE
constexpr Run run_hostile = nullptr;
#else
constexpr Run run_hostile = probe::run_hostile;
#endif
#ifndef ATELIER_PROBE_KEYS
constexpr Run run_keys = nullptr;
#else
constexpr Run run_keys = probe::run_keys;
#endif
#ifndef ATELIER_PROBE_TOKENIZER
constexpr Run run_tokenizer = nullptr;
#else
constexpr Run run_tokenizer = probe::run_tokenizer;
#endif
#ifndef ATELIER_PROBE_PROMPTS
constexpr Run run_prompts = nullptr;
#else
constexpr Run run_prompts = probe::run_prompts;
#endif
#ifndef ATELIER_PROBE_METADATA
constexpr Run run_metadata = nullptr;
#else
constexpr Run run_metadata = probe::run_metadata;
#endif

constexpr Kind kinds[] = {
    {"networks", "tiny", run_networks},
    {"pipelines", "pipelines", run_pipelines},
    {"adapters", "adapters", run_adapters},
    {"decoders", "decoders", run_decoders},
    {"formats", "formats", run_formats},
    {"hostile", "hostile", run_hostile},
    {"keys", "keys", run_keys},
    {"samplers", "samplers", probe::run_samplers},
    {"schedules", "schedules", probe::run_schedules},
    {"rng", "rng", probe::run_rng},
    {"tokenizer", "tokenizer", run_tokenizer},
    {"prompts", "prompts", run_prompts},
    {"metadata", "metadata", run_metadata},
};

int usage(const std::string& problem) {
    std::cerr << "atelier_probe: " << problem
              << "\nusage: atelier_probe KIND --in FOLDER --out FOLDER [--case NAME] [--threads N]"
                 " [--device cpu|cuda]\nkinds: all";
    for (const auto& kind : kinds) std::cerr << ' ' << kind.name;
    std::cerr << '\n';
    return 2;
}

/// Files of the folder: what a build without this kind leaves out.
int files_below(const std::filesystem::path& folder) {
    int count = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry(folder, error), end; entry != end;
         entry.increment(error))
        if (entry->is_regular_file(error)) ++count;
    return count;
}

probe::Counts run_kind(const Kind& kind, const probe::Options& options) {
    if (!kind.run) return {0, files_below(options.in / kind.folder), 0};
    try {
        return kind.run(options);
    } catch (...) {
        std::cerr << kind.name << ": " << probe::current_error().dump() << '\n';
        return {0, 0, 1};
    }
}

void print(const Kind& kind, const probe::Counts& counts) {
    std::printf("{\"kind\":\"%s\",\"computed\":%d,\"unsupported\":%d,\"failed\":%d}\n",
                std::string(kind.name).c_str(), counts.computed, counts.unsupported, counts.failed);
    std::fflush(stdout);
}

/// "" or what is wrong with the arguments.
std::string parse(const std::vector<std::string>& arguments, std::string& kind,
                  probe::Options& options) {
    for (size_t i = 0; i < arguments.size(); ++i) {
        const auto& argument = arguments[i];
        if (!argument.starts_with("--")) {
            if (!kind.empty()) return "one KIND expected, found " + kind + " and " + argument;
            kind = argument;
            continue;
        }
        if (i + 1 == arguments.size()) return argument + " needs a value";
        const auto& value = arguments[++i];
        if (argument == "--in") options.in = value;
        else if (argument == "--out") options.out = value;
        else if (argument == "--case") options.case_name = value;
        else if (argument == "--device") options.device = value;
        else if (argument == "--threads") {
            const auto [end, error] =
                std::from_chars(value.data(), value.data() + value.size(), options.threads);
            if (error != std::errc{} || end != value.data() + value.size() || options.threads < 1)
                return "--threads: expected a number from 1, found " + value;
        } else return "unknown option " + argument;
    }
    if (kind.empty()) return "KIND is missing";
    if (options.in.empty() || options.out.empty()) return "--in and --out are needed";
    if (!std::filesystem::is_directory(options.in))
        return "--in: " + options.in.string() + " is not a folder";
    if (options.device != "cpu" && options.device != "cuda")
        return "--device: expected cpu or cuda, found " + options.device;
    return "";
}

}  // namespace

int main(int count, char** values) {
    std::string wanted;
    probe::Options options;
    const auto problem = parse({values + 1, values + count}, wanted, options);
    if (!problem.empty()) return usage(problem);
    if (options.threads > 0) torch::set_num_threads(options.threads);
    bool is_known = wanted == "all";
    for (const auto& kind : kinds) is_known = is_known || kind.name == wanted;
    if (!is_known) return usage("unknown kind " + wanted);
    for (const auto& kind : kinds)
        if (wanted == "all" || kind.name == wanted) print(kind, run_kind(kind, options));
    return 0;
}
