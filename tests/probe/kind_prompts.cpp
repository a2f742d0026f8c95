#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/prompt_encoder.h"
#include "diffusion/text/prompt_expander.h"
#include "diffusion/text/prompt_parser.h"
#include "diffusion/text/prompt_schedule.h"
#include "diffusion/text/styles.h"
#include "diffusion/text/token_chunks.h"
#include "tests/probe/probe.h"
#include "tests/probe/product_tokenizer.h"

#include <algorithm>
#include <set>
#include <span>

namespace probe {

namespace {

using namespace diffusion;
using Json = nlohmann::ordered_json;

/// One file of the kind: every row of a list gets its answers.
template <typename Fill>
void fill_rows(const Options& options, Counts& counts, Json& rows, const char* name, Fill fill) {
    for (auto& row : rows) {
        if (!options.wants(row[name].get<std::string>())) continue;
        try {
            fill(row);
            ++counts.computed;
        } catch (...) {
            row["error"] = current_error();
            ++counts.failed;
        }
    }
}

template <typename Fill>
void fill_file(const Options& options, Counts& counts, const std::string& file, Fill fill) {
    auto document = read_json(options, "prompts/" + file);
    fill_rows(options, counts, document["cases"], "text", fill);
    write_json(options, "prompts/" + file, document);
}

std::string text_of(const Json& row, const char* name = "text") {
    return row[name].get<std::string>();
}

Json pieces_json(std::span<const WeightedText> pieces) {
    Json list = Json::array();
    for (const auto& piece : pieces) list.push_back({piece.text, piece.weight});
    return list;
}

/// "10", "10+hires15", "20-old".
ScheduleSteps steps_of(const std::string& mode) {
    ScheduleSteps steps;
    steps.steps = std::stoi(mode);
    const auto hires = mode.find("+hires");
    if (hires != mode.npos) steps.hires_steps = std::stoi(mode.substr(hires + 6));
    steps.has_old_timelines = mode.ends_with("-old");
    return steps;
}

Json chunk_json(const TokenChunk& chunk, int end_token) {
    auto ids = chunk.ids;
    const auto length = ids.size();
    while (!ids.empty() && ids.back() == end_token) ids.pop_back();
    Json runs = Json::array();
    for (const double weight : chunk.weights) {
        if (!runs.empty() && runs.back()[0].get<double>() == weight) {
            runs.back()[1] = runs.back()[1].get<int>() + 1;
        } else {
            runs.push_back({weight, 1});
        }
    }
    Json embeddings = Json::array();
    for (const auto& e : chunk.embeddings) embeddings.push_back({e.offset, e.name, e.vectors});
    return {{"tokens", ids}, {"length", length}, {"weight_runs", runs}, {"embeddings", embeddings}};
}

void grammar(const Options& options, Counts& counts) {
    fill_file(options, counts, "attention.json",
              [](Json& row) { row["parsed"] = pieces_json(parse_attention(text_of(row))); });
    fill_file(options, counts, "schedules.json", [](Json& row) {
        const auto text = text_of(row);
        for (auto& [mode, answer] : row.items()) {
            if (mode == "text") continue;
            answer = Json::array();
            for (const auto& entry : schedule_prompt(text, steps_of(mode)))
                answer.push_back({entry.end_step, entry.text});
        }
    });
    fill_file(options, counts, "active_entry.json", [](Json& row) {
        const int steps = row["steps"].get<int>();
        const auto entries = schedule_prompt(text_of(row), {steps, 0, false});
        row["end_steps"] = Json::array();
        for (const auto& entry : entries) row["end_steps"].push_back(entry.end_step);
        row["entry_for_model_call"] = Json::array();
        for (int call = 0; call < steps; ++call)
            row["entry_for_model_call"].push_back(entry_for_call(entries, call));
    });
    fill_file(options, counts, "and.json", [](Json& row) {
        row["parts"] = Json::array();
        std::set<std::string> texts;
        for (const auto& part : split_and(text_of(row))) {
            row["parts"].push_back({part.text, part.weight});
            texts.insert(part.text);
        }
        row["unique_texts"] = texts.size();
    });
    fill_file(options, counts, "comments.json",
              [](Json& row) { row["stripped"] = strip_comments(text_of(row)); });
}

Json network_json(const ExtraNetwork& network) {
    Json named = Json::object();
    for (const auto& [key, value] : network.named) named[key] = value;
    return {{"items", network.items}, {"positional", network.positional}, {"named", named}};
}

void networks(const Options& options, Counts& counts) {
    fill_file(options, counts, "extra_networks.json", [](Json& row) {
        const auto found = take_extra_networks(text_of(row));
        row["prompt"] = found.prompt;
        row["networks"] = Json::object();
        for (const auto& network : found.networks)
            row["networks"][network.kind].push_back(network_json(network));
        for (const auto& network : found.networks) {
            if (network.kind != "lora") continue;
            const auto weights = lora_weights(network);
            Json rank = nullptr;
            if (weights.dynamic_rank) rank = *weights.dynamic_rank;
            row["lora"].push_back({{"name", weights.name},
                                   {"te", weights.text_encoder},
                                   {"unet", weights.unet},
                                   {"dyn", rank}});
        }
    });
}

void style_rows(const Options& options, Counts& counts) {
    auto document = read_json(options, "prompts/styles.json");
    fill_rows(options, counts, document["apply"], "prompt", [](Json& row) {
        const auto styles = row["styles"].get<std::vector<std::string>>();
        row["result"] = apply_styles(text_of(row, "prompt"), styles);
    });
    fill_rows(options, counts, document["extract"], "prompt", [](Json& row) {
        const auto found = extract_style(text_of(row, "style"), text_of(row, "prompt"));
        row["found_and_rest"] = {found.was_found, found.rest};
    });
    write_json(options, "prompts/styles.json", document);
}

void chunks(const Options& options, Counts& counts) {
    const auto tokenizer = product_tokenizer();
    auto document = read_json(options, "prompts/chunks.json");
    std::vector<EmbeddingName> embeddings;
    for (const auto& known : document["embeddings"]) {
        const auto name = known[0].get<std::string>();
        embeddings.push_back({tokenizer.encode(name), name, known[1].get<int>()});
    }
    fill_rows(options, counts, document["cases"], "text", [&](Json& row) {
        ChunkOptions chunking;
        chunking.comma_backtrack = document["comma_backtrack"].get<int>();
        if (row["group"] == "embeddings") chunking.embeddings = embeddings;
        const auto chunked = chunk_prompt(text_of(row), tokenizer, chunking);
        row["token_count"] = chunked.token_count;
        row["limit"] = chunked.limit;
        row["chunks"] = Json::array();
        for (const auto& chunk : chunked.chunks)
            row["chunks"].push_back(chunk_json(chunk, tokenizer.end_token()));
    });
    write_json(options, "prompts/chunks.json", document);
    fill_file(options, counts, "comfy_weights.json", [&](Json& row) {
        row["segments"] = pieces_json(parse_comfy_weights(text_of(row)));
        row["chunks"] = Json::array();
        for (const auto& chunk : chunk_comfy(text_of(row), tokenizer).chunks) {
            auto answer = chunk_json(chunk, tokenizer.end_token());
            answer.erase("embeddings");
            row["chunks"].push_back(std::move(answer));
        }
    });
}

void dynamic(const Options& options, Counts& counts) {
    constexpr size_t most = 60;
    const auto wildcards = WildcardLibrary::from_folder(options.in / "prompts/wildcards");
    auto document = read_json(options, "prompts/dynamic.json");
    fill_rows(options, counts, document["cases"], "template", [&](Json& row) {
        const auto prompt = text_of(row, "template");
        row["combinatorial"] = expand_all(prompt, wildcards, most).prompts;
        std::set<std::string> drawn;
        for (std::uint64_t seed = 0; seed < most; ++seed)
            drawn.insert(expand_random(prompt, wildcards, seed));
        row["random_60_seeds"] = drawn;
    });
    write_json(options, "prompts/dynamic.json", document);
}

void emphasis(const Options& options, Counts& counts) {
    const auto inputs = read_tensors(options, "prompts/emphasis.safetensors");
    Tensors outputs;
    for (const auto& [name, z] : inputs) {
        if (!name.ends_with("/z")) continue;
        const auto batch = name.substr(0, name.size() - 1);
        const auto& weights = inputs.at(batch + "multipliers");
        for (const auto& [spelled, rule] : {std::pair{"Original", Emphasis::original},
                                            {"No_norm", Emphasis::no_norm},
                                            {"Ignore", Emphasis::ignore},
                                            {"None", Emphasis::none}})
            outputs[batch + spelled] = apply_emphasis(z, weights, rule).contiguous();
        ++counts.computed;
    }
    write_tensors(options, "prompts/emphasis.safetensors", outputs);
}

}  // namespace

Counts run_prompts(const Options& options) {
    Counts counts;
    grammar(options, counts);
    networks(options, counts);
    style_rows(options, counts);
    chunks(options, counts);
    dynamic(options, counts);
    emphasis(options, counts);
    return counts;
}

}  // namespace probe
