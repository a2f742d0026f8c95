#include "diffusion/text/wildcards.h"

#include "clip/unicode.h"
#include "diffusion/text/scan_impl.h"
#include "diffusion/text/yaml_impl.h"

#include <algorithm>
#include <fstream>
#include <istream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

namespace diffusion {

namespace {

using Json = nlohmann::ordered_json;
using Lists = std::map<std::string, std::vector<WildcardValue>>;

constexpr size_t most_bytes = size_t{64} << 20;
constexpr int deepest = 64;

std::string read_all(std::istream& in) {
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.size() > most_bytes) throw std::runtime_error("expected at most 64 MiB, found more");
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return text;
}

std::string trim(std::string_view text) {
    return clip::unicode::encode(scan::trim(clip::unicode::decode(text)));
}

std::optional<double> number_of(const Json& value) {
    if (value.is_number()) return value.get<double>();
    if (!value.is_string()) return std::nullopt;
    return scan::read_float(clip::unicode::decode(value.get<std::string>()));
}

std::optional<WildcardValue> read_text(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto mark = text.rfind("::");
    if (text[0] >= '0' && text[0] <= '9' && mark != text.npos) {
        const auto weight = scan::read_float(clip::unicode::decode(text.substr(0, mark)));
        if (weight) return WildcardValue{text.substr(mark + 2), *weight};
    }
    return WildcardValue{text, 1.0};
}

/// "text", "0.5::text", {"text" or "content", "weight"}; nothing for anything else.
std::optional<WildcardValue> read_value(const Json& item) {
    if (item.is_string()) return read_text(item.get<std::string>());
    if (item.is_number()) return WildcardValue{item.dump(), 1.0};
    if (!item.is_object()) return std::nullopt;
    for (const auto* key : {"text", "content"}) {
        const auto it = item.find(key);
        if (it == item.end() || !it->is_string() || it->get<std::string>().empty()) continue;
        const auto weight = item.contains("weight") ? number_of(item["weight"]) : 1.0;
        if (weight) return WildcardValue{it->get<std::string>(), *weight};
    }
    return std::nullopt;
}

void add_lists(const Json& document, const std::string& name, Lists& lists, int depth) {
    if (depth > deepest) throw std::runtime_error("expected fewer levels");
    if (document.is_object()) {
        for (const auto& [key, value] : document.items())
            add_lists(value, name.empty() || name.ends_with('/') ? name + key : name + "/" + key,
                      lists, depth + 1);
        return;
    }
    std::vector<WildcardValue> values;
    const auto items = document.is_array() ? document : Json::array({document});
    for (const auto& item : items)
        if (auto value = read_value(item)) values.push_back(std::move(*value));
    if (!values.empty()) lists[name] = std::move(values);
}

bool matches(std::string_view name, std::string_view pattern) {
    size_t n = 0, p = 0, star = pattern.npos, kept = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n]) &&
            pattern[p] != '*') {
            ++n;
            ++p;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            kept = n;
        } else if (star != pattern.npos) {
            p = star + 1;
            n = ++kept;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == pattern.npos;
}

/// Without the underscores around it, "/" between the parts; "" when it leaves the folder.
std::string clean_pattern(std::string_view pattern) {
    if (pattern.starts_with("__")) pattern.remove_prefix(2);
    if (pattern.ends_with("__")) pattern.remove_suffix(2);
    std::string out;
    for (const char c : pattern) {
        const char part = c == '\\' ? '/' : c;
        if (part != '/' || (!out.empty() && out.back() != '/')) out += part;
    }
    if (out.ends_with('/')) out.pop_back();
    return out.find("..") == out.npos ? out : std::string();
}

}  // namespace

WildcardLibrary WildcardLibrary::from_folder(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    WildcardLibrary library;
    std::error_code error;
    const auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator it(folder, options, error), end; !error && it != end;
         it.increment(error)) {
        if (it->is_directory(error) && it->path().filename().string().starts_with('.'))
            it.disable_recursion_pending();
        if (!it->is_regular_file(error)) continue;
        const auto parent = it->path().parent_path().lexically_relative(folder).generic_string();
        library.add_file(it->path(), parent == "." ? "" : parent + "/");
    }
    return library;
}

void WildcardLibrary::add_file(const std::filesystem::path& file, const std::string& folder) {
    const auto suffix = file.extension().string();
    const auto name = file.stem().string();
    if (suffix != ".txt" && suffix != ".json" && suffix != ".yaml" && suffix != ".yml") return;
    try {
        std::ifstream in(file, std::ios::binary);
        if (!in) throw std::runtime_error("the file can't be opened");
        if (suffix == ".txt") {
            add_text(folder + name, in);
        } else if (suffix == ".json") {
            add_json(folder, name, in);
        } else {
            add_yaml(folder, name, in);
        }
    } catch (const std::runtime_error& error) {
        problems_.push_back(file.string() + ": " + error.what() + ".");
    }
}

void WildcardLibrary::add_text(const std::string& name, std::istream& in) {
    auto& list = lists_[name];
    list.clear();
    const auto text = read_all(in);
    for (size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        auto line = trim(std::string_view(text).substr(begin, end - begin));
        if (!line.empty() && line[0] != '#') list.push_back({std::move(line), 1.0});
        begin = end + 1;
    }
}

void WildcardLibrary::add_json(const std::string& prefix, const std::string& name,
                               std::istream& in) {
    const auto document = Json::parse(read_all(in), nullptr, false);
    if (!document.is_object() && !document.is_array())
        throw std::runtime_error("expected a JSON object or list, found something else");
    add_lists(document, document.is_array() ? prefix + name : prefix, lists_, 0);
}

void WildcardLibrary::add_yaml(const std::string& prefix, const std::string& name,
                               std::istream& in) {
    const auto document = read_yaml(read_all(in));
    if (!document.is_object() && !document.is_array())
        throw std::runtime_error("expected keys with lists, found something else");
    add_lists(document, document.is_array() ? prefix + name : prefix, lists_, 0);
}

std::vector<WildcardValue> WildcardLibrary::values(std::string_view pattern) const {
    const auto cleaned = clean_pattern(pattern);
    std::vector<WildcardValue> found;
    const auto collect = [&](const std::string& wanted) {
        for (const auto& [name, list] : lists_)
            if (matches(name, wanted)) found.insert(found.end(), list.begin(), list.end());
    };
    if (cleaned.empty()) return found;
    collect(cleaned);
    if (found.empty() && !cleaned.starts_with("**")) collect("**/" + cleaned);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::set<std::string> WildcardLibrary::names() const {
    std::set<std::string> names;
    for (const auto& [name, list] : lists_) names.insert(name);
    return names;
}

}  // namespace diffusion
