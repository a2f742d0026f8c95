#include <ATen/CPUGeneratorImpl.h>

#include <vector>

#include "diffusion/sampling/brownian.h"
#include "diffusion/sampling/noise.h"
#include "diffusion/sampling/philox.h"
#include "tests/probe/probe.h"

namespace probe {

namespace {

using namespace diffusion::sampling;
using Json = nlohmann::ordered_json;

Json values_of(const torch::Tensor& tensor) {
    const auto flat = tensor.to(torch::kFloat64).contiguous().reshape({-1});
    Json list = Json::array();
    for (int64_t i = 0; i < flat.numel(); ++i) list.push_back(flat[i].item<double>());
    return list;
}

/// First and last 64 values and two sums.
Json summary(const torch::Tensor& tensor) {
    const auto flat = tensor.to(torch::kFloat64).reshape({-1});
    return {{"first", values_of(flat.slice(0, 0, 64))},
            {"last", values_of(flat.slice(0, flat.numel() - 64))},
            {"sum", flat.sum().item<double>()},
            {"sum_sq", (flat * flat).sum().item<double>()}};
}

at::Generator cpu_generator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

Json cpu_case(Json row, Tensors& tensors) {
    const auto seed = row["seed"].get<std::uint64_t>();
    const auto generator = noise_generator(NoiseStream::cpu, seed);
    row["randn_4_64_64"] = summary(generator->normal({4, 64, 64}));
    const auto then = generator->normal({4, 8, 8});
    row["then_randn_4_8_8_first16"] = values_of(then.reshape({-1}).slice(0, 0, 16));
    for (auto& [size, values] : row["fresh_sizes"].items())
        values = values_of(noise_generator(NoiseStream::cpu, seed)->normal({std::stoll(size)}));
    const auto sequence = noise_generator(NoiseStream::cpu, seed);
    for (auto& part : row["sequence"])
        part["values"] = values_of(sequence->normal({part["n"].get<int64_t>()}));
    row["f16_size_5"] = values_of(torch::randn({5}, cpu_generator(seed), torch::dtype(torch::kFloat16)));
    row["f64_size_5"] = values_of(torch::randn({5}, cpu_generator(seed), torch::dtype(torch::kFloat64)));

    const auto name = std::to_string(seed);
    const auto fresh = [&](at::IntArrayRef shape, torch::ScalarType type) {
        return torch::randn(shape, cpu_generator(seed), torch::dtype(type));
    };
    tensors["cpu/" + name + "/randn_1_4_8_8"] =
        noise_generator(NoiseStream::cpu, seed)->normal({1, 4, 8, 8});
    tensors["cpu/" + name + "/randn_f64_4_8_8"] = fresh({4, 8, 8}, torch::kFloat64);
    tensors["cpu/" + name + "/randn_f16_4_8_8"] = fresh({4, 8, 8}, torch::kFloat16);
    tensors["cpu/" + name + "/randn_bf16_4_8_8"] = fresh({4, 8, 8}, torch::kBFloat16);
    tensors["comfy_batch/" + name] =
        noise_generator(NoiseStream::cpu, seed)->normal({2, 4, 8, 8});
    return row;
}

Json nv_case(Json row, Tensors& tensors) {
    const auto seed = row["seed"].get<std::uint64_t>();
    const auto generator = noise_generator(NoiseStream::nv, seed);
    row["call0_4_64_64"] = summary(generator->normal({4, 64, 64}));
    const auto second = generator->normal({4, 8, 8});
    row["call1_4_8_8_first16"] = values_of(second.reshape({-1}).slice(0, 0, 16));
    const auto third = generator->normal({3, 5});
    row["call2_3_5"] = Json::array();
    for (int64_t i = 0; i < 3; ++i) row["call2_3_5"].push_back(values_of(third[i]));
    tensors["nv/" + std::to_string(seed) + "/call1_4_8_8"] = second;
    return row;
}

NoiseStream stream_of(const Json& name) {
    return name == "NV" ? NoiseStream::nv : NoiseStream::cpu;
}

torch::Tensor image_case(const Json& row) {
    ImageNoiseOptions options;
    options.seeds = row["seeds"].get<std::vector<std::uint64_t>>();
    if (!row["subseeds"].is_null())
        options.variation_seeds = row["subseeds"].get<std::vector<std::uint64_t>>();
    options.variation_strength = row["subseed_strength"];
    options.resize_from_height = row["seed_resize_from_h"].get<int64_t>() / 8;
    options.resize_from_width = row["seed_resize_from_w"].get<int64_t>() / 8;
    options.eta_noise_seed_delta = row["ensd"];
    options.stream = stream_of(row["source"]);
    ImageNoise noise(options, row["shape"].get<std::vector<std::int64_t>>());
    std::vector<torch::Tensor> draws;
    for (int i = 0; i < row["draws"].get<int>(); ++i) draws.push_back(noise.next());
    return torch::stack(draws);
}

torch::Tensor brownian_case(const Json& row) {
    const BrownianNoise noise(row["seeds"].get<std::vector<std::uint64_t>>(),
                              row["shape"].get<std::vector<std::int64_t>>(), row["sigma_min"],
                              row["sigma_max"], stream_of(row["randn_source"]));
    std::vector<torch::Tensor> draws;
    for (const auto& pair : row["pairs"])
        draws.push_back(noise(pair[0].get<double>(), pair[1].get<double>()));
    return torch::stack(draws);
}

std::string name_of_case(const Json& row) {
    return row["case"].is_string() ? row["case"].get<std::string>() : row["case"].dump();
}

/// Runs one function for every row of a document; its result replaces the row.
template <class Function>
void each_row(const Options& options, const std::string& file, const char* list, Counts& counts,
              const Function& function) {
    if (!std::filesystem::exists(options.in / file)) return;
    auto document = read_json(options, file);
    for (auto& row : document[list]) {
        const auto name = row.contains("case") ? name_of_case(row) : row.value("seed", Json()).dump();
        if (!options.wants(name)) continue;
        try {
            row = function(row);
            ++counts.computed;
        } catch (...) {
            row["error"] = current_error();
            ++counts.failed;
        }
    }
    write_json(options, file, document);
}

Json sequence_case(Json row) {
    // A seed beyond 64 bits cannot be typed in this program.
    if (!row["entropy"].is_number_unsigned()) return row;
    const auto entropy = row["entropy"].get<std::uint64_t>();
    if (row.contains("spawn_key")) {
        const auto key = row["spawn_key"].get<std::vector<std::uint64_t>>();
        row["pool24_state4"] = seed_sequence_state(entropy, key, 24, 4);
    } else {
        row["pool4_state4"] = seed_sequence_state(entropy, {}, 4, 4);
        row["pool24_state3"] = seed_sequence_state(entropy, {}, 24, 3);
    }
    return row;
}

}  // namespace

Counts run_rng(const Options& options) {
    Counts counts;
    Tensors tensors;
    each_row(options, "rng/torch_cpu.json", "seeds", counts,
             [&](const Json& row) { return cpu_case(row, tensors); });
    each_row(options, "rng/nv_philox.json", "seeds", counts,
             [&](const Json& row) { return nv_case(row, tensors); });
    each_row(options, "rng/image_noise.json", "cases", counts, [&](const Json& row) {
        tensors["image/" + name_of_case(row)] = image_case(row);
        return row;
    });
    each_row(options, "rng/brownian.json", "cases", counts, [&](Json row) {
        tensors["brownian/" + name_of_case(row)] = brownian_case(row);
        return row;
    });
    each_row(options, "rng/seed_sequence.json", "sequences", counts, sequence_case);
    if (std::filesystem::exists(options.in / "rng/tensors.safetensors")) {
        auto given = read_tensors(options, "rng/tensors.safetensors");
        const auto low = given.at("slerp/low");
        tensors["slerp/0.25"] = slerp(0.25, low, given.at("slerp/high"));
        tensors["slerp/0.5"] = slerp(0.5, low, given.at("slerp/high"));
        tensors["slerp/parallel_0.25"] = slerp(0.25, low, given.at("slerp/parallel_high"));
        ++counts.computed;
    }
    write_tensors(options, "rng/tensors.safetensors", tensors);
    return counts;
}

}  // namespace probe
