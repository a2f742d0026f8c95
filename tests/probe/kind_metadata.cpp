// The kind `metadata`: A1111's text block, its quoting, names of files, and what pictures of all
// programs say. Knows Qt, so it includes no torch.

#include "app/codec/foreign/foreign.h"
#include "app/codec/infotext.h"
#include "app/codec/text.h"
#include "app/gallery/file_name.h"
#include "app/gallery/image_metadata.h"
#include "tests/probe/options.h"

#include <QDateTime>

#include <array>
#include <cstdio>

namespace probe {
namespace {

using Json = nlohmann::ordered_json;
using codec::fromUtf8;
using codec::toUtf8;

QString text_of(const Json& value) {
    return fromUtf8(value.get<std::string>());
}

Json parse_cases(Json document, Counts& counts) {
    for (auto& row : document["cases"]) {
        const auto text = text_of(row["text"]);
        Json pairs = Json::array();
        for (const auto& [key, value] : codec::pairsOfLine(text.trimmed().split('\n').last()))
            pairs.push_back({toUtf8(key), toUtf8(value)});
        row["pairs_in_last_line"] = pairs;
        const auto block = codec::readInfotext(text);
        Json fields{{"Prompt", toUtf8(block.prompt)},
                    {"Negative prompt", toUtf8(block.negativePrompt)}};
        for (const auto& [key, value] : block.pairs) fields[toUtf8(key)] = toUtf8(value);
        row["forge"] = fields;
        ++counts.computed;
    }
    return document;
}

/// How the fields of a case are called in the block; what is false, none or empty has no pair.
constexpr std::array<std::array<const char*, 2>, 13> plain_fields{
    {{"steps", "Steps"},
     {"sampler_name", "Sampler"},
     {"scheduler", "Schedule type"},
     {"cfg_scale", "CFG scale"},
     {"image_cfg_scale", "Image CFG scale"},
     {"model_hash", "Model hash"},
     {"model", "Model"},
     {"CLIP_stop_at_last_layers", "Clip skip"},
     {"eta_noise_seed_delta", "ENSD"},
     {"token_merging_ratio", "Token merging ratio"},
     {"init_img_hash", "Init image hash"},
     {"tiling", "Tiling"},
     {"denoising_strength", "Denoising strength"}}};

QString value_text(const Json& value) {
    if (value.is_string()) return text_of(value);
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    return fromUtf8(value.dump());
}

void add_seeds(const Json& fields, QList<codec::InfotextPair>& pairs) {
    const auto number = [&](const char* key) { return fields.value(key, 0.0); };
    const auto index = qint64(number("position") + number("iteration") * number("batch_size"));
    pairs.append({"Seed", QString::number(qint64(number("seed")) + index)});
    if (number("subseed_strength") > 0) {
        pairs.append({"Variation seed", QString::number(qint64(number("subseed")) + index)});
        pairs.append({"Variation seed strength", value_text(fields["subseed_strength"])});
    }
    if (number("resize_w") > 0)
        pairs.append(
            {"Seed resize from", QString("%1x%2").arg(number("resize_w")).arg(number("resize_h"))});
    pairs.append({"Size", QString("%1x%2").arg(number("width")).arg(number("height"))});
}

codec::Infotext block_of(const Json& fields, const Json& version) {
    codec::Infotext block{text_of(fields["prompt"]), text_of(fields["negative"]), {}};
    for (const auto& [field, key] : plain_fields) {
        const auto value = fields.find(field);
        if (value == fields.end() || value->is_null() || *value == false) continue;
        diffusion::GenerationRequest request;
        request.sampler = fields["sampler_name"].get<std::string>();
        if (field == std::string_view("eta_noise_seed_delta") && !codec::saysNoiseSeedDelta(request))
            continue;
        block.pairs.append({key, value_text(*value)});
    }
    add_seeds(fields, block.pairs);
    if (fields.value("restore_faces", false))
        block.pairs.emplaceBack("Face restoration", "CodeFormer");
    if (fields.value("inpaint_model", false)) block.pairs.append(codec::inpaintingPair());
    const auto source = fields.value("randn_source", std::string("CPU"));
    if (source != "GPU") block.pairs.append({"RNG", fromUtf8(source)});
    for (const auto& [key, value] : fields["extra"].items())
        if (!value.is_null()) block.pairs.append({fromUtf8(key), value_text(value)});
    codec::sortLikeA1111(block.pairs);
    block.pairs.append({"Version", text_of(version)});
    return block;
}

Json write_cases(Json document, Counts& counts) {
    for (auto& row : document["cases"]) {
        row["text"] =
            toUtf8(codec::writeInfotext(block_of(row["fields"], document["version_string"])));
        ++counts.computed;
    }
    return document;
}

Json quote_cases(Json document, Counts& counts) {
    for (auto& row : document["cases"]) {
        if (row.contains("value")) {
            const auto quoted = codec::quoted(text_of(row["value"]));
            row["quoted"] = toUtf8(quoted);
            row["back"] = toUtf8(codec::unquoted(quoted));
        } else {
            row["unquoted"] = toUtf8(codec::unquoted(text_of(row["text"])));
        }
        ++counts.computed;
    }
    return document;
}

Json picture_cases(Json document, const Options& options, Counts& counts) {
    for (auto& row : document["files"]) {
        const auto path = options.in / "metadata/pictures" / row["file"].get<std::string>();
        const auto texts = gallery::readTexts(QString::fromStdString(path.string()));
        const auto found = codec::foreign::findSettings(texts);
        row["expected"] = found ? Json(found->settings) : Json();
        ++counts.computed;
    }
    return document;
}

/// The constants of all cases beside what the case says.
gallery::NameFacts facts_of(const Json& row, const QDateTime& clock) {
    gallery::NameFacts facts;
    facts.prompt = text_of(row["prompt"]);
    facts.negativePrompt = text_of(row["negative"]);
    facts.batchSize = row["batch_size"].get<int>();
    const int index = row["batch_index"].get<int>();
    facts.batchNumber = index + 1;
    facts.generationNumber = index + 1;
    facts.seed = row["seed"].get<qint64>();
    facts.firstSeed = facts.seed - index;
    facts.lastSeed = facts.firstSeed + facts.batchSize - 1;
    if (row["denoising"].is_number()) facts.denoiseStrength = row["denoising"].get<double>();
    for (const auto& style : row["styles"]) facts.styles += text_of(style);
    facts.sampler = "DPM++ 2M";
    facts.schedule = "Automatic";
    facts.modelName = "v1-5-pruned emaonly";
    facts.modelHash = "6ce0161689";
    facts.now = clock;
    facts.jobStart = clock;
    return facts;
}

/// "16x8 rgb(1,2,3)"
void fill_picture(const std::string& words, gallery::NameFacts& facts) {
    int red = 0;
    int green = 0;
    int blue = 0;
    std::sscanf(words.c_str(), "%dx%d rgb(%d,%d,%d)", &facts.width, &facts.height, &red, &green,
                &blue);
    for (int i = 0; i < facts.width * facts.height; ++i)
        for (const int value : {red, green, blue}) facts.pixels += char(value);
}

Json name_cases(Json document, Counts& counts) {
    const auto words = text_of(document["clock"]).section(',', 0, 0);
    const auto clock = QDateTime::fromString(words, Qt::ISODate);
    for (auto& row : document["cases"]) {
        auto facts = facts_of(row, clock);
        fill_picture(row["image"].get<std::string>(), facts);
        for (auto& [pattern, name] : row["results"].items())
            name = toUtf8(gallery::fillPattern(fromUtf8(pattern), facts));
        ++counts.computed;
    }
    for (auto& row : document["sanitize"]) {
        row["result"] =
            toUtf8(gallery::namePart(text_of(row["text"]), row["replace_spaces"].get<bool>()));
        ++counts.computed;
    }
    return document;
}

}  // namespace

Counts run_metadata(const Options& options) {
    Counts counts;
    const auto through = [&](const std::string& file, auto&& compute) {
        const auto path = "metadata/" + file + ".json";
        if (!options.wants(file)) return;
        write_json(options, path, compute(read_json(options, path)));
    };
    through("infotext_parse", [&](Json cases) { return parse_cases(std::move(cases), counts); });
    through("infotext_write", [&](Json cases) { return write_cases(std::move(cases), counts); });
    through("quote", [&](Json cases) { return quote_cases(std::move(cases), counts); });
    through("file_names", [&](Json cases) { return name_cases(std::move(cases), counts); });
    through("pictures",
            [&](Json cases) { return picture_cases(std::move(cases), options, counts); });
    return counts;
}

}  // namespace probe
