#include "app/codec/foreign/comfy_graph.h"

#include <array>
#include <map>
#include <set>

namespace codec::foreign {
namespace {

constexpr int longestChain = 64;

/// Names of the widgets of the editor's nodes, in the order of widgets_values.
const std::map<std::string, std::vector<const char*>>& widgetNames() {
    static const std::map<std::string, std::vector<const char*>> names{
        {"KSampler", {"seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"}},
        {"KSamplerAdvanced",
         {"add_noise", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler",
          "start_at_step", "end_at_step", "return_with_leftover_noise"}},
        {"SamplerCustom", {"add_noise", "noise_seed", "", "cfg"}},
        {"RandomNoise", {"noise_seed", ""}},
        {"KSamplerSelect", {"sampler_name"}},
        {"BasicScheduler", {"scheduler", "steps", "denoise"}},
        {"CFGGuider", {"cfg"}},
        {"CheckpointLoaderSimple", {"ckpt_name"}},
        {"UNETLoader", {"unet_name", "weight_dtype"}},
        {"LoraLoader", {"lora_name", "strength_model", "strength_clip"}},
        {"LoraLoaderModelOnly", {"lora_name", "strength_model"}},
        {"CLIPSetLastLayer", {"stop_at_clip_layer"}},
        {"CLIPTextEncode", {"text"}},
        {"CLIPTextEncodeSDXL",
         {"width", "height", "crop_w", "crop_h", "target_width", "target_height", "text_g",
          "text_l"}},
        {"EmptyLatentImage", {"width", "height", "batch_size"}},
        {"LoadImage", {"image"}},
        {"PrimitiveNode", {"value"}},
        {"PrimitiveString", {"value"}},
        {"PrimitiveStringMultiline", {"value"}},
        {"PrimitiveInt", {"value"}},
        {"PrimitiveFloat", {"value"}}};
    return names;
}

std::string idOf(const Json& value) {
    return textOf(value).toStdString();
}

/// Link number -> ["id of the node it comes from", slot].
std::map<std::string, Json> linkTable(const Json& links) {
    std::map<std::string, Json> table;
    if (!links.is_array()) return table;
    for (const auto& link : links)
        if (link.is_array() && link.size() >= 3)
            table[idOf(link[0])] = Json::array({idOf(link[1]), link[2]});
    return table;
}

Json inputsOf(const Json& node, const std::map<std::string, Json>& links) {
    Json inputs = Json::object();
    const auto names = widgetNames().find(textOf(member(node, "type")).toStdString());
    const Json& values = member(node, "widgets_values");
    if (names != widgetNames().end() && values.is_array())
        for (size_t i = 0; i < names->second.size() && i < values.size(); ++i)
            if (*names->second[i] != '\0') inputs[names->second[i]] = values[i];
    const Json& sockets = member(node, "inputs");
    if (!sockets.is_array()) return inputs;
    for (const auto& socket : sockets) {
        const auto link = links.find(idOf(member(socket, "link")));
        if (link != links.end()) inputs[idOf(member(socket, "name"))] = link->second;
    }
    return inputs;
}

}  // namespace

ComfyGraph ComfyGraph::fromWorkflow(const Json& workflow) {
    const auto links = linkTable(member(workflow, "links"));
    Json nodes = Json::object();
    const Json& list = member(workflow, "nodes");
    if (list.is_array())
        for (const auto& node : list) {
            // 2 and 4: muted and bypassed.
            const Json& mode = member(node, "mode");
            if (mode == 2 || mode == 4) continue;
            nodes[idOf(member(node, "id"))] = {
                {"class_type", textOf(member(node, "type")).toStdString()},
                {"inputs", inputsOf(node, links)}};
        }
    return ComfyGraph(std::move(nodes));
}

std::string ComfyGraph::linked(const Json& input) {
    const bool isLink = input.is_array() && input.size() == 2 && input[1].is_number() &&
                        (input[0].is_string() || input[0].is_number());
    return isLink ? idOf(input[0]) : std::string();
}

Json ComfyGraph::value(const Json& start, const char* input) const {
    constexpr std::array names{"value", "text",       "string", "wildcard_text", "populated_text",
                               "seed",  "noise_seed", "int",    "float"};
    Json found = member(inputs(start), input);
    for (int step = 0; step < longestChain; ++step) {
        const auto id = linked(found);
        if (id.empty()) return found;
        const Json& behind = inputs(node(id));
        found = Json();
        for (const char* name : names)
            if (found.is_null() || found.is_object()) found = member(behind, name);
    }
    return {};
}

std::vector<std::string> ComfyGraph::upstream(
    const std::string& id, const std::function<bool(const std::string& input)>& follows) const {
    std::vector<std::string> found;
    std::set<std::string> seen{id};
    if (!node(id).is_null()) found.push_back(id);
    for (size_t at = 0; at < found.size(); ++at) {
        const Json& from = inputs(node(found[at]));
        if (!from.is_object()) continue;
        for (const auto& [name, input] : from.items()) {
            const auto next = linked(input);
            if (next.empty() || !follows(name) || node(next).is_null()) continue;
            if (seen.insert(next).second) found.push_back(next);
        }
    }
    return found;
}

}  // namespace codec::foreign
