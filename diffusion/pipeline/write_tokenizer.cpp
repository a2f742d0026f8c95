#include "diffusion/pipeline/write_tokenizer.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "clip/tokenizer.h"
#include "diffusion/checkpoint/file_writer.h"
#include "diffusion/error.h"

namespace diffusion::pipeline {

namespace {

using nlohmann::ordered_json;

constexpr int clip_words = 49408;
constexpr int clip_merges = clip_words - 2 * 256 - 2;

std::string merges_text(std::istream& stream) {
    std::string line;
    std::string text = "#version: 0.2\n";
    std::getline(stream, line);  // the list's own header
    for (int i = 0; i < clip_merges && std::getline(stream, line); ++i) text += line + "\n";
    return text;
}

nlohmann::json vocabulary_of(const clip::Tokenizer& tokenizer) {
    auto vocabulary = nlohmann::json::object();
    for (int id = 0; id < tokenizer.vocab_size(); ++id) {
        vocabulary[std::string(tokenizer.token(id))] = id;
    }
    return vocabulary;
}

}  // namespace

void write_clip_tokenizer(const std::filesystem::path& folder, const clip::TextEncoderConfig& config,
                          const Resources& resources) {
    if (config.vocab_size != clip_words) return;
    std::ifstream stream(resources.clip_merges(), std::ios::binary);
    if (!stream) {
        throw Error(ErrorKind::missing_file, resources.clip_merges().string() +
                                                 ": the program's own list of words can't be opened.");
    }
    const auto merges = merges_text(stream);
    std::istringstream again(merges);
    const auto tokenizer = clip::Tokenizer::from_clip_merges(again);
    const auto word = [&](std::int64_t id) { return std::string(tokenizer.token(static_cast<int>(id))); };
    const ordered_json special{{"bos_token", word(config.start_token)},
                               {"eos_token", word(config.end_token)},
                               {"pad_token", word(config.pad_token)},
                               {"unk_token", word(config.end_token)}};
    auto about = special;
    about["add_prefix_space"] = false;
    about["do_lower_case"] = true;
    about["model_max_length"] = config.max_positions;
    about["tokenizer_class"] = "CLIPTokenizer";
    std::filesystem::create_directories(folder);
    checkpoint::write_text_file(folder / "vocab.json", vocabulary_of(tokenizer).dump() + "\n");
    checkpoint::write_text_file(folder / "merges.txt", merges);
    checkpoint::write_text_file(folder / "special_tokens_map.json", special.dump(2) + "\n");
    checkpoint::write_text_file(folder / "tokenizer_config.json", about.dump(2) + "\n");
}

}  // namespace diffusion::pipeline
