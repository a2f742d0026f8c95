#include "clip/tokenizer.h"
#include "diffusion/error.h"
#include "diffusion/text/token_chunks.h"
#include "tests/probe/probe.h"
#include "tests/probe/product_tokenizer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

namespace probe {

namespace {

using Json = nlohmann::ordered_json;
using Ids = std::vector<int>;

/// One chunk, cut where it is full: what a pipeline that knows no second chunk is given.
Ids first_chunk(const clip::Tokenizer& tokenizer, const std::string& text) {
    auto ids = tokenizer.encode(text);
    ids.resize(std::min<size_t>(ids.size(), 75));
    ids.insert(ids.begin(), tokenizer.start_token());
    ids.resize(77, tokenizer.end_token());
    return ids;
}

template <typename Fill>
void fill_rows(const Options& options, Counts& counts, Json& rows, const char* name, Fill fill) {
    for (auto& row : rows) {
        if (!options.wants(row[name].is_string() ? row[name].get<std::string>() : row[name].dump()))
            continue;
        try {
            fill(row);
            ++counts.computed;
        } catch (...) {
            row["error"] = current_error();
            ++counts.failed;
        }
    }
}

}  // namespace

clip::Tokenizer product_tokenizer(const clip::SpecialNames& names) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const auto path = program.parent_path() / "../share/atelier/clip/bpe_simple_vocab_16e6.txt";
    std::ifstream merges(path);
    if (!merges)
        throw diffusion::Error(diffusion::ErrorKind::missing_file,
                               path.string() + ": expected CLIP's merges; run packaging/deps.");
    return clip::Tokenizer::from_clip_merges(merges, names);
}

Counts run_tokenizer(const Options& options) {
    Counts counts;
    const auto tokenizer = product_tokenizer();
    auto prompts = read_json(options, "tokenizer/prompts.json");
    fill_rows(options, counts, prompts["prompts"], "text",
              [&](Json& row) { row["ids"] = tokenizer.encode(row["text"].get<std::string>()); });
    write_json(options, "tokenizer/prompts.json", prompts);

    auto padded = read_json(options, "tokenizer/padded77.json");
    fill_rows(options, counts, padded["prompts"], "text", [&](Json& row) {
        const diffusion::TokenChunk chunk{
            first_chunk(tokenizer, row["text"].get<std::string>()), {}, {}};
        row["clip_l_77"] = chunk.ids;
        row["pad0_77"] = chunk.ids_padded_with(0, tokenizer.end_token());
    });
    write_json(options, "tokenizer/padded77.json", padded);

    auto decoded = read_json(options, "tokenizer/decode.json");
    const auto open_clip = product_tokenizer(clip::SpecialNames::open_clip());
    fill_rows(options, counts, decoded["cases"], "ids", [&](Json& row) {
        row["open_clip_decode"] = open_clip.decode(row["ids"].get<Ids>());
    });
    write_json(options, "tokenizer/decode.json", decoded);
    return counts;
}

}  // namespace probe
