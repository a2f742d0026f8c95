#include "diffusion/training/prompt_ids.h"

#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "clip/bpe_trainer.h"
#include "diffusion/error.h"
#include "diffusion/training/write_whole.h"

namespace diffusion::training {

namespace {

void write_file(const std::filesystem::path& file, const std::function<void(std::ostream&)>& write) {
    std::ostringstream stream;
    write(stream);
    write_whole(file, stream.str());
}

void train_vocabulary(const std::filesystem::path& folder, const std::vector<Caption>& captions,
                      int vocabulary, int max_positions) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& text : vocabulary_texts(captions)) ++counts[text];
    std::vector<clip::CountedText> texts;
    for (const auto& [text, count] : counts) texts.push_back({text, count});
    const auto trained = clip::train_bpe(texts, vocabulary);
    std::filesystem::create_directories(folder);
    write_file(folder / "vocab.json", [&](auto& out) { trained.write_vocab_json(out); });
    write_file(folder / "special_tokens_map.json",
               [&](auto& out) { trained.write_special_tokens_map_json(out); });
    write_file(folder / "tokenizer_config.json",
               [&](auto& out) { trained.write_tokenizer_config_json(out, max_positions); });
    write_file(folder / "merges.txt", [&](auto& out) { trained.write_merges_txt(out); });
}

}  // namespace

clip::Tokenizer open_vocabulary(const std::filesystem::path& folder, const std::vector<Caption>& captions,
                                int vocabulary, int max_positions) {
    if (!std::filesystem::exists(folder / "merges.txt")) {
        train_vocabulary(folder, captions, vocabulary, max_positions);
    }
    std::ifstream words(folder / "vocab.json"), merges(folder / "merges.txt");
    std::ifstream special(folder / "special_tokens_map.json"), config(folder / "tokenizer_config.json");
    clip::TokenizerFiles files;
    files.vocabulary = &words;
    files.merges = &merges;
    if (special) files.special_tokens_map = &special;
    if (config) files.config = &config;
    try {
        return clip::Tokenizer::from_folder(files);
    } catch (const clip::TokenizerError& error) {
        throw Error(ErrorKind::corrupt_file,
                    "The vocabulary in " + folder.string() + " can't be read: " + error.what());
    }
}

namespace {

/// A hundred megabytes or so: prompts of scenes hardly ever come again.
constexpr size_t most_rows = 200000;

}  // namespace

PromptIds::PromptIds(clip::Tokenizer tokenizer, int64_t length)
    : tokenizer_(std::move(tokenizer)), length_(static_cast<size_t>(length)) {}

const std::vector<int64_t>& PromptIds::row(const std::string& prompt) {
    const auto known = rows_.find(prompt);
    if (known != rows_.end()) return known->second;
    if (rows_.size() >= most_rows) rows_.clear();
    std::vector<int64_t> ids{tokenizer_.start_token()};
    for (const int id : tokenizer_.encode(prompt)) {
        if (ids.size() + 1 < length_) ids.push_back(id);
    }
    ids.push_back(tokenizer_.end_token());
    ids.resize(length_, tokenizer_.pad_token());
    return rows_.emplace(prompt, std::move(ids)).first->second;
}

torch::Tensor PromptIds::operator()(const std::vector<std::string>& prompts) {
    auto ids = torch::empty({static_cast<int64_t>(prompts.size()), static_cast<int64_t>(length_)},
                            torch::kInt64);
    auto* into = ids.data_ptr<int64_t>();
    for (const auto& prompt : prompts) into = std::copy_n(row(prompt).begin(), length_, into);
    return ids;
}

}  // namespace diffusion::training
