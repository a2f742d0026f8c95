#include "tests/probe/probe.h"

#include <cmath>
#include <fstream>
#include <iterator>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"

namespace probe {

namespace {

using Json = nlohmann::ordered_json;

/// Non-finite numbers become strings everywhere; nlohmann would write null.
void spell_non_finite(Json& value) {
    if (value.is_number_float()) value = number(value.get<double>());
    if (value.is_structured())
        for (auto& child : value) spell_non_finite(child);
}

}  // namespace

namespace {

/// Python writes NaN and -Infinity as bare words, which are no JSON: outside of strings they become
/// strings.
std::string with_quoted_non_finite(const std::string& text) {
    std::string out;
    bool in_string = false;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) in_string = !in_string;
        bool is_word = false;
        for (const std::string word : {"-Infinity", "Infinity", "NaN"}) {
            if (in_string || text.compare(i, word.size(), word) != 0) continue;
            out += '"' + word + '"';
            i += word.size() - 1;
            is_word = true;
            break;
        }
        if (!is_word) out += text[i];
    }
    return out;
}

}  // namespace

Json read_json(const Options& options, const std::string& relative) {
    const auto path = options.in / relative;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw diffusion::Error(diffusion::ErrorKind::missing_file, path.string() + " is not there");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return Json::parse(with_quoted_non_finite(text));
}

void write_json(const Options& options, const std::string& relative, const Json& document) {
    const auto path = options.out / relative;
    std::filesystem::create_directories(path.parent_path());
    auto spelled = document;
    spell_non_finite(spelled);
    std::ofstream file(path, std::ios::binary);
    file << spelled.dump(1, ' ', true, Json::error_handler_t::replace) << '\n';
    file.close();
    if (!file)
        throw diffusion::Error(diffusion::ErrorKind::cannot_write, path.string() + " was not written");
}

Tensors read_tensors(const Options& options, const std::string& relative) {
    return diffusion::checkpoint::read_safetensors(options.in / relative).tensors;
}

void write_tensors(const Options& options, const std::string& relative, const Tensors& tensors) {
    const auto path = options.out / relative;
    std::filesystem::create_directories(path.parent_path());
    diffusion::checkpoint::StateDict dict;
    // A run of one case adds to what earlier runs left; copies, since the file is replaced.
    if (!options.case_name.empty() && std::filesystem::exists(path))
        for (const auto& [name, tensor] : diffusion::checkpoint::read_safetensors(path).tensors)
            dict.tensors[name] = tensor.clone();
    for (const auto& [name, tensor] : tensors) dict.tensors[name] = tensor.detach();
    diffusion::checkpoint::write_safetensors(path, dict);
}

Json number(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

Json current_error() {
    try {
        throw;
    } catch (const diffusion::Error& error) {
        const std::string reason = diffusion::name_of(error.reason());
        return {{"kind", reason.empty() ? diffusion::name_of(error.kind()) : reason},
                {"message", error.what()}};
    } catch (const std::exception& error) {
        return {{"kind", "internal"}, {"message", error.what()}};
    } catch (...) {
        return {{"kind", "internal"}, {"message", "unknown exception"}};
    }
}

}  // namespace probe
