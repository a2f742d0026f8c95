// Every recorded answer of the programs whose prompts are read here.

#include "diffusion/text/attention.h"
#include "diffusion/text/comfy_weights.h"
#include "diffusion/text/prompt_expander.h"
#include "diffusion/text/prompt_parser.h"
#include "diffusion/text/prompt_schedule.h"
#include "diffusion/text/styles.h"
#include "diffusion/text/token_chunks.h"
#include "tests/support/clip_tokenizer.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace {

using namespace diffusion;
using Json = nlohmann::json;

Json golden(const std::string& name) {
    return Json::parse(std::ifstream(ATELIER_TEST_DATA "/prompts/" + name));
}

std::string text_of(const Json& row, const char* key = "text") {
    return row[key].get<std::string>();
}

void expect_pieces(const std::vector<WeightedText>& pieces, const Json& expected,
                   const std::string& text) {
    ASSERT_EQ(pieces.size(), expected.size()) << text;
    for (size_t i = 0; i < pieces.size(); ++i) {
        EXPECT_EQ(pieces[i].text, expected[i][0].get<std::string>()) << text;
        EXPECT_NEAR(pieces[i].weight, expected[i][1].get<double>(), 1e-9) << text;
    }
}

void expect_chunks(const ChunkedPrompt& made, const Json& expected, const std::string& text) {
    ASSERT_EQ(made.chunks.size(), expected.size()) << text;
    for (size_t i = 0; i < made.chunks.size(); ++i) {
        auto ids = expected[i]["tokens"].get<std::vector<int>>();
        ids.resize(expected[i]["length"].get<size_t>(), 49407);
        EXPECT_EQ(made.chunks[i].ids, ids) << text;
        size_t at = 0;
        for (const auto& run : expected[i]["weight_runs"])
            for (int n = run[1].get<int>(); n > 0 && at < ids.size(); --n)
                EXPECT_NEAR(made.chunks[i].weights[at++], run[0].get<double>(), 1e-9) << text;
    }
}

TEST(GoldenPrompts, Attention) {
    const auto document = golden("attention.json");
    for (const auto& row : document["cases"]) {
        if (row.contains("parsed"))
            expect_pieces(parse_attention(text_of(row)), row["parsed"], text_of(row));
    }
}

TEST(GoldenPrompts, Schedules) {
    const auto document = golden("schedules.json");
    for (const auto& row : document["cases"]) {
        for (const auto& [mode, expected] : row.items()) {
            if (mode == "text") continue;
            const auto hires = mode.find("+hires");
            const ScheduleSteps steps{std::stoi(mode),
                                      hires == mode.npos ? 0 : std::stoi(mode.substr(hires + 6)),
                                      mode.ends_with("-old")};
            auto made = Json::array();
            for (const auto& entry : schedule_prompt(text_of(row), steps))
                made.push_back({entry.end_step, entry.text});
            EXPECT_EQ(made, expected) << text_of(row) << " " << mode;
        }
    }
}

TEST(GoldenPrompts, ActiveEntry) {
    const auto document = golden("active_entry.json");
    for (const auto& row : document["cases"]) {
        const auto entries = schedule_prompt(text_of(row), {row["steps"].get<int>(), 0, false});
        const auto& expected = row["entry_for_model_call"];
        for (size_t call = 0; call < expected.size(); ++call)
            EXPECT_EQ(entry_for_call(entries, static_cast<int>(call)), expected[call].get<size_t>())
                << text_of(row);
    }
}

TEST(GoldenPrompts, And) {
    const auto document = golden("and.json");
    for (const auto& row : document["cases"]) {
        auto made = Json::array();
        for (const auto& part : split_and(text_of(row))) made.push_back({part.text, part.weight});
        EXPECT_EQ(made, row["parts"]) << text_of(row);
    }
}

TEST(GoldenPrompts, ExtraNetworks) {
    const auto document = golden("extra_networks.json");
    for (const auto& row : document["cases"]) {
        const auto found = take_extra_networks(text_of(row));
        EXPECT_EQ(found.prompt, text_of(row, "prompt"));
        auto loras = Json::array();
        for (const auto& network : found.networks) {
            if (network.kind != "lora" || !row.contains("lora")) continue;
            const auto lora = lora_weights(network);
            loras.push_back({{"name", lora.name},
                             {"te", lora.text_encoder},
                             {"unet", lora.unet},
                             {"dyn", lora.dynamic_rank ? Json(*lora.dynamic_rank) : Json()}});
        }
        EXPECT_EQ(loras, row.value("lora", Json::array())) << text_of(row);
    }
}

TEST(GoldenPrompts, CommentsAndStyles) {
    const auto comments = golden("comments.json"), styles = golden("styles.json");
    for (const auto& row : comments["cases"])
        EXPECT_EQ(strip_comments(text_of(row)), text_of(row, "stripped"));
    for (const auto& row : styles["apply"])
        EXPECT_EQ(
            apply_styles(text_of(row, "prompt"), row["styles"].get<std::vector<std::string>>()),
            text_of(row, "result"));
    for (const auto& row : styles["extract"]) {
        const auto found = extract_style(text_of(row, "style"), text_of(row, "prompt"));
        EXPECT_EQ(Json({found.was_found, found.rest}), row["found_and_rest"]);
    }
}

TEST(GoldenPrompts, Chunks) {
    const auto document = golden("chunks.json");
    std::vector<EmbeddingName> embeddings;
    for (const auto& known : document["embeddings"]) {
        const auto name = known[0].get<std::string>();
        embeddings.push_back({support::clip_tokenizer().encode(name), name, known[1].get<int>()});
    }
    for (const auto& row : document["cases"]) {
        if (text_of(row) == "huge x") continue;  // 76 vectors: refused here
        ChunkOptions options;
        if (row["group"] == "embeddings") options.embeddings = embeddings;
        const auto made = chunk_prompt(text_of(row), support::clip_tokenizer(), options);
        EXPECT_EQ(made.token_count, row["token_count"].get<int>());
        EXPECT_EQ(made.limit, row["limit"].get<int>());
        expect_chunks(made, row["chunks"], text_of(row));
    }
}

TEST(GoldenPrompts, ComfyWeights) {
    const auto document = golden("comfy_weights.json");
    for (const auto& row : document["cases"]) {
        expect_pieces(parse_comfy_weights(text_of(row)), row["segments"], text_of(row));
        if (row.contains("chunks"))
            expect_chunks(chunk_comfy(text_of(row), support::clip_tokenizer()), row["chunks"],
                          text_of(row));
    }
}

TEST(GoldenPrompts, Dynamic) {
    const auto wildcards = WildcardLibrary::from_folder(ATELIER_TEST_DATA "/prompts/wildcards");
    EXPECT_TRUE(wildcards.problems().empty());
    const auto document = golden("dynamic.json");
    for (const auto& row : document["cases"]) {
        if (row.contains("error")) continue;
        const auto made = expand_all(text_of(row, "template"), wildcards, 60).prompts;
        if (row.contains("combinatorial")) {
            EXPECT_EQ(Json(made), row["combinatorial"]) << text_of(row, "template");
        } else {
            const auto expected = row["combinatorial_set"].get<std::set<std::string>>();
            EXPECT_EQ(std::set<std::string>(made.begin(), made.end()), expected);
        }
    }
}

}  // namespace
