// ComfyUI: what its graph of nodes says, read backwards from the sampler.

#include "app/codec/foreign/comfy_graph.h"
#include "app/codec/foreign/dialects.h"
#include "app/codec/text.h"

#include <algorithm>
#include <array>

namespace codec::foreign {
namespace {

using Ids = std::vector<std::string>;

/// Graphs of people are a tenth of this; each output walks back through all of it.
constexpr size_t mostPasses = 16;
constexpr size_t mostNodes = 5000;
constexpr size_t mostInputs = 50000;

bool has(const Json& node, const char* input) {
    return !member(ComfyGraph::inputs(node), input).is_null();
}

bool isSampler(const Json& node) {
    const bool hasSeed = has(node, "seed") || has(node, "noise_seed");
    return (hasSeed && has(node, "steps")) || (has(node, "sigmas") && has(node, "latent_image"));
}

bool isOutput(const Json& node) {
    const auto type = textOf(member(node, "class_type"));
    return type.contains(QStringLiteral("SaveImage")) ||
           type.contains(QStringLiteral("PreviewImage")) ||
           type.contains(QStringLiteral("Image Save"));
}

bool anyInput(const std::string&) {
    return true;
}

/// Samplers on the way to a saved picture, the last one first; all of them if none is saved.
Ids samplers(const ComfyGraph& graph) {
    Ids reached;
    Ids all;
    for (const auto& [id, node] : graph.nodes().items()) {
        if (isSampler(node)) all.push_back(id);
        if (!isOutput(node) || !reached.empty()) continue;
        for (const auto& behind : graph.upstream(id, anyInput))
            if (isSampler(graph.node(behind))) reached.push_back(behind);
    }
    return reached.empty() ? all : reached;
}

/// From the one that starts on an empty picture to the one that is saved.
Ids passes(const ComfyGraph& graph) {
    const auto found = samplers(graph);
    if (found.empty()) return {};
    Ids chain;
    for (const auto& id : graph.upstream(found.front(), anyInput))
        if (isSampler(graph.node(id))) chain.push_back(id);
    if (chain.size() > mostPasses) return {};
    std::reverse(chain.begin(), chain.end());
    return chain;
}

/// The first value under one of the names, in the node or what feeds the given inputs of it.
Json gather(const ComfyGraph& graph, const std::string& id, const char* feed,
            std::initializer_list<const char*> names) {
    const Json& start = graph.node(id);
    for (const char* name : names)
        if (has(start, name)) return graph.value(start, name);
    const auto first = ComfyGraph::linked(member(ComfyGraph::inputs(start), feed));
    if (first.empty()) return {};
    for (const auto& behind : graph.upstream(first, anyInput))
        for (const char* name : names)
            if (has(graph.node(behind), name)) return graph.value(graph.node(behind), name);
    return {};
}

Json textOfEncoder(const ComfyGraph& graph, const Json& node, Json& settings) {
    if (has(node, "text")) return graph.value(node, "text");
    const auto wide = graph.value(node, "text_g");
    const auto narrow = graph.value(node, "text_l");
    if (narrow.is_string() && !wide.is_string()) return narrow;
    if (narrow != wide) put(settings, "text_l", narrow);
    return wide;
}

struct Prompts {
    Json texts = Json::array();
    QString combination;  ///< class of the last node that puts them together
};

/// Texts behind a sampler's input "positive" or "negative".
Prompts promptsOf(const ComfyGraph& graph, const std::string& sampler, const std::string& role,
                  Json& settings) {
    Prompts prompts;
    const auto follows = [&](const std::string& input) {
        return input == role || input.starts_with("conditioning") || input == "guider";
    };
    for (const auto& id : graph.upstream(sampler, follows)) {
        const Json& node = graph.node(id);
        const auto type = textOf(member(node, "class_type"));
        if (type.startsWith(QStringLiteral("Conditioning")) && prompts.combination.isEmpty())
            prompts.combination = type;
        if (!has(node, "text") && !has(node, "text_g") && !has(node, "text_l")) continue;
        const auto text = textOfEncoder(graph, node, settings);
        if (text.is_string()) prompts.texts.push_back(text);
    }
    return prompts;
}

void putPrompts(const ComfyGraph& graph, const std::string& sampler, Json& settings) {
    const auto positive = promptsOf(graph, sampler, "positive", settings);
    const auto negative = promptsOf(graph, sampler, "negative", settings);
    if (positive.texts.size() == 1) settings["prompt"] = positive.texts.front();
    if (positive.texts.size() > 1) {
        settings["prompt_parts"] = positive.texts;
        settings["prompt_combination"] = toUtf8(positive.combination);
    }
    if (!negative.texts.empty()) settings["negative_prompt"] = negative.texts.front();
    if (negative.texts.size() > 1) settings["negative_prompt_parts"] = negative.texts;
}

void putModel(const ComfyGraph& graph, const std::string& sampler, Json& settings) {
    const auto isModel = [](const std::string& input) {
        return input == "model" || input == "guider" || input == "clip" || input == "positive" ||
               input.starts_with("conditioning");
    };
    Json loras = Json::array();
    for (const auto& id : graph.upstream(sampler, isModel)) {
        const Json& node = graph.node(id);
        for (const char* name : {"ckpt_name", "unet_name"})
            if (!settings.contains("model")) put(settings, "model", graph.value(node, name));
        const auto layer = numberOf(graph.value(node, "stop_at_clip_layer"));
        if (layer.is_number()) settings["clip_skip"] = -layer.get<double>();
        if (!has(node, "lora_name")) continue;
        Json lora{{"name", graph.value(node, "lora_name")}};
        put(lora, "model", graph.value(node, "strength_model"));
        put(lora, "clip", graph.value(node, "strength_clip"));
        loras.insert(loras.begin(), lora);
    }
    put(settings, "loras", loras);
}

void putSize(const ComfyGraph& graph, const std::string& sampler, Json& settings) {
    const auto isPicture = [](const std::string& input) {
        return input == "latent_image" || input == "samples" || input == "latent" ||
               input == "pixels" || input == "image";
    };
    for (const auto& id : graph.upstream(sampler, isPicture)) {
        const Json& node = graph.node(id);
        const auto type = textOf(member(node, "class_type"));
        if (type.startsWith(QStringLiteral("Empty")))
            for (const char* name : {"width", "height", "batch_size"})
                put(settings, name, numberOf(graph.value(node, name)));
        if (type == QStringLiteral("LoadImage"))
            put(settings, "initial_image", graph.value(node, "image"));
    }
}

Json passOf(const ComfyGraph& graph, const std::string& id) {
    Json pass = Json::object();
    put(pass, "seed", numberOf(gather(graph, id, "noise", {"seed", "noise_seed"})));
    put(pass, "steps", numberOf(gather(graph, id, "sigmas", {"steps"})));
    put(pass, "denoise", numberOf(gather(graph, id, "sigmas", {"denoise"})));
    for (const char* name : {"start_at_step", "end_at_step"})
        put(pass, name, numberOf(graph.value(graph.node(id), name)));
    return pass;
}

void putSampler(const ComfyGraph& graph, const std::string& id, Json& settings) {
    settings.update(passOf(graph, id));
    put(settings, "cfg_scale", numberOf(gather(graph, id, "guider", {"cfg"})));
    put(settings, "sampler", gather(graph, id, "sampler", {"sampler_name"}));
    put(settings, "scheduler", gather(graph, id, "sigmas", {"scheduler"}));
    // A whole run: what the two widgets say where nothing is cut off.
    if (member(settings, "start_at_step") == 0) settings.erase("start_at_step");
    const Json& end = member(settings, "end_at_step");
    const Json& steps = member(settings, "steps");
    if (end.is_number() && steps.is_number() && end.get<double>() >= steps.get<double>())
        settings.erase("end_at_step");
}

bool isTooLarge(const ComfyGraph& graph) {
    size_t inputs = 0;
    for (const auto& node : graph.nodes()) inputs += ComfyGraph::inputs(node).size();
    return graph.nodes().size() > mostNodes || inputs > mostInputs;
}

/// The text "prompt" is the graph that ran; "workflow" is what the editor showed.
std::optional<ComfyGraph> graphIn(const Texts& texts, Found& found) {
    auto nodes = parseObject(texts.find("prompt").value_or(QString()));
    const auto isNode = [](const Json& node) {
        return node.is_object() && node.contains("class_type");
    };
    if (nodes && std::any_of(nodes->begin(), nodes->end(), isNode)) {
        found.place = QStringLiteral("prompt");
        return ComfyGraph(std::move(*nodes));
    }
    const auto workflow = parseObject(texts.find("workflow").value_or(QString()));
    if (!workflow || !member(*workflow, "nodes").is_array()) return std::nullopt;
    found.place = QStringLiteral("workflow");
    return ComfyGraph::fromWorkflow(*workflow);
}

}  // namespace

std::optional<Found> readComfyUi(const Texts& texts) {
    Found found;
    const auto graph = graphIn(texts, found);
    if (!graph || isTooLarge(*graph)) return std::nullopt;
    found.program = QStringLiteral("ComfyUI");
    found.grammar = PromptGrammar::comfyui;
    const auto chain = passes(*graph);
    if (chain.empty()) return std::nullopt;
    Json& settings = found.settings;
    putPrompts(*graph, chain.front(), settings);
    putSampler(*graph, chain.front(), settings);
    putSize(*graph, chain.front(), settings);
    putModel(*graph, chain.front(), settings);
    settings["noise"] = "cpu";
    Json list = Json::array();
    for (const auto& id : chain) list.push_back(passOf(*graph, id));
    if (list.size() > 1) settings["passes"] = list;
    return found;
}

}  // namespace codec::foreign
