#include <set>

#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/load_weights.h"
#include "diffusion/checkpoint/model_files.h"
#include "diffusion/checkpoint/open_table.h"
#include "tests/probe/probe.h"
#include "tests/probe/tiny_models.h"
#include "unet/unet.h"

namespace probe {

namespace {

namespace checkpoint = diffusion::checkpoint;
using Json = nlohmann::ordered_json;

bool begins(const std::string& text, const std::string& start) {
    return text.compare(0, start.size(), start) == 0;
}

void read_every_tensor(const std::filesystem::path& file) {
    for (const auto& [key, entry] : checkpoint::open_table(file).tensors) {
        checkpoint::to_tensor(entry).contiguous();
    }
}

/// The file's tensors as the UNet that tiny/sd1/config.json describes.
void load_as_unet(const Options& options, const std::filesystem::path& file) {
    const auto document = read_json(options, "tiny/sd1/config.json");
    const nlohmann::json config = document.at("config").at("unet");
    unet::UNet unet(checkpoint::unet_config_of(config, "tiny/sd1"));
    auto mapped = checkpoint::map_keys(checkpoint::open_table(file), checkpoint::ModelFamily::sd1);
    checkpoint::LoadOptions load;
    load.part = "UNet";
    load.check_finite = true;
    checkpoint::load_weights(*unet, mapped[checkpoint::Part::unet], load);
}

void open_hostile(const Options& options, const std::string& name) {
    const auto file = options.in / "hostile" / name;
    if (begins(name, "unet_")) return load_as_unet(options, file);
    if (begins(name, "other_family_") || begins(name, "gguf_other_")) {
        checkpoint::open_model(file);
        return;
    }
    read_every_tensor(file);
}

Json outcome_of(const Options& options, const std::string& name) {
    try {
        open_hostile(options, name);
        return {{"outcome", "ok"}};
    } catch (...) {
        const auto error = current_error();
        return {{"outcome", error.at("kind")}, {"message", error.at("message")}};
    }
}

Json earlier_outcomes(const Options& options) {
    Options written = options;
    written.in = options.out;
    const bool completes = !options.case_name.empty() &&
                           std::filesystem::exists(options.out / "hostile/outcomes.json");
    return completes ? read_json(written, "hostile/outcomes.json") : Json::object();
}

}  // namespace

Counts run_hostile(const Options& options) {
    Counts counts;
    auto outcomes = earlier_outcomes(options);
    std::set<std::string> names;
    for (const auto& item : std::filesystem::directory_iterator(options.in / "hostile")) {
        const auto name = item.path().filename().string();
        if (item.is_regular_file() && name != "expected.json" && options.wants(name)) {
            names.insert(name);
        }
    }
    for (const auto& name : names) {
        outcomes[name] = outcome_of(options, name);
        ++counts.computed;
        // File by file, so that a crash costs only what follows.
        write_json(options, "hostile/outcomes.json", outcomes);
    }
    return counts;
}

}  // namespace probe
