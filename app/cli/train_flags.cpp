#include "app/cli/train_flags.h"

#include "app/codec/request_check.h"
#include "diffusion/training_fields.h"

#include <charconv>
#include <filesystem>
#include <string>
#include <type_traits>
#include <vector>

namespace cli {
namespace {

using diffusion::FieldInfo;
using diffusion::TrainingStage;

/// Within the row's range, or its "choose for me".
CLI::Validator within(const FieldInfo& info) {
    return CLI::Validator(
        [info](std::string& text) {
            double value = 0;
            const char* end = text.data() + text.size();
            const auto read = std::from_chars(text.data(), end, value);
            const bool isNumber = read.ec == std::errc() && read.ptr == end;
            if (isNumber && value >= info.range->low && value <= info.range->high) return std::string();
            if (isNumber && info.automatic && value == *info.automatic) return std::string();
            return "expected a number from " + codec::numberText(info.range->low) + " to " +
                   codec::numberText(info.range->high) + ", found " + text + ".";
        },
        "", std::string(info.flag));
}

/// Adds an option for each row that it visits.
template <typename Target>
struct AddFlags {
    CLI::App& parser;
    Target& target;

    template <typename Owner, typename Value>
    void operator()(const FieldInfo& info, Value Owner::*field) {
        auto& value = target.*field;
        const std::string flag(info.flag), help(info.help);
        if constexpr (std::is_same_v<Value, bool>) {
            parser.add_flag((value ? "!--no-" : "--") + flag, value, help);
        } else {
            auto* option = parser.add_option("--" + flag, value, help);
            if (info.range) option->check(within(info));
            if (!info.choices.empty())
                option->check(CLI::IsMember(
                    std::vector<std::string>(info.choices.begin(), info.choices.end())));
            if (!info.automatic) option->capture_default_str();
        }
    }
};

/// What every kind of training has: when it ends, shows and saves, and where it computes.
void addRun(CLI::App& parser, diffusion::TrainRequest& request, bool& isJson) {
    AddFlags<diffusion::TrainRequest> add{parser, request};
    diffusion::visit_run_fields(add);
    parser.add_flag("--json", isJson, "one JSON object a line on standard output");
}

void addLessons(CLI::App& parser, diffusion::LessonOptions& lessons) {
    parser
        .add_option("FOLDER", lessons.folder,
                    "pictures with captions beside them (cat.png, cat.txt) or in captions.jsonl")
        ->required();
    parser.add_option("--out", lessons.output, "the .safetensors file to write")->required();
    parser.add_option("--model", lessons.model,
                      "file or folder of the model that learns; default: the one that ships");
    parser.add_option("--sample", lessons.sample_prompts,
                      "prompt of a picture on the sample sheets; may stand several times; default: the "
                      "first captions")
        ->allow_extra_args(false);
    AddFlags<diffusion::LessonOptions> add{parser, lessons};
    diffusion::visit_lesson_fields(add);
}

void addLora(CLI::App& parser, diffusion::LoraTraining& lora) {
    AddFlags<diffusion::LoraTraining> add{parser, lora};
    diffusion::visit_lora_fields(add);
}

void addEmbedding(CLI::App& parser, diffusion::EmbeddingTraining& embedding) {
    parser.add_option("--name", embedding.name,
                      "as prompts and captions write it; default: the name of the output");
    AddFlags<diffusion::EmbeddingTraining> add{parser, embedding};
    diffusion::visit_embedding_fields(add);
}

}  // namespace

PackFlags::PackFlags(CLI::App& parser) {
    parser.add_option("FOLDER", request.folder, "holds captions.jsonl and its pictures")->required();
    parser.add_option("--out", request.output, "the file to write")->required();
    parser
        .add_option("--extent", request.extent, "pixels of a side; pictures are fitted in white")
        ->check(CLI::Range(16, 2048));
    parser
        .add_option("--level-step", request.level_step, "distance of stored levels; 1 is lossless")
        ->check(CLI::Range(1, 16));
    parser.add_flag("--json", isJson, "one JSON object a line on standard output");
}

TrainFlags::TrainFlags(CLI::App& parser, const std::string& stages) : stage(stages) {
    parser.add_option("SOURCE", request.pack, "a pack, or a folder with captions.jsonl");
    parser.add_option("--work", request.work_folder,
                      "states, logs and sample sheets; training goes on there");
    if (stages == "all")
        parser.add_option("--stage", stage, "autoencoder, model or all")
            ->check(CLI::IsMember({"autoencoder", "model", "all"}));
    parser.add_option("--config", request.config,
                      "JSON with sizes and rates; default: the shipped model's");
    if (stages != "autoencoder")
        parser.add_option("--export", request.export_folder, "write the model there at the end");
    addRun(parser, request, isJson);
}

LessonFlags::LessonFlags(CLI::App& parser, TrainingStage stage) {
    request.stage = stage;
    request.steps = 1000;
    request.minutes_per_sheet = 0;
    addLessons(parser, lessons());
    if (stage == TrainingStage::lora) addLora(parser, request.lora);
    else addEmbedding(parser, request.embedding);
    parser.add_option("--work", request.work_folder,
                      "state and latents, where training goes on; default: beside the output");
    parser.add_option("--data", data, "folder with the settings; default: your data folder");
    addRun(parser, request, isJson);
}

diffusion::LessonOptions& LessonFlags::lessons() {
    if (request.stage == TrainingStage::lora) return request.lora;
    return request.embedding;
}

diffusion::TrainRequest LessonFlags::completed() {
    auto whole = request;
    if (whole.work_folder.empty())
        whole.work_folder =
            std::filesystem::path(lessons().output).replace_extension(".training").string();
    return whole;
}

}  // namespace cli
