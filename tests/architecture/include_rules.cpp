#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace architecture {

namespace {

const std::array source_folders = {"app", "clip", "diffusion", "tests", "unet", "vae"};
const std::array source_suffixes = {".h", ".cpp", ".cu", ".cuh"};

/// The first pattern that matches an angled header names its library.
const std::array<std::pair<const char*, Library>, 14> library_patterns = {{
    {"(torch|ATen|c10|caffe2)/.*", Library::torch},
    {"(cuda|cublas|cudnn|cub/|thrust/).*", Library::cuda},
    {"QtWidgets(/.*)?|QtTest.*|Q(Abstract(Button|ItemView|ScrollArea|Slider|SpinBox|ItemDelegate)|"
     "Application|Button|CheckBox|ColumnView|ComboBox|CommonStyle|Completer|Dial|Dialog|Dock|"
     "FileDialog|Form|Frame|Graphics(View|Scene|Item|Proxy|Widget)|Grid|Group|HBox|Header|Input|"
     "KeySequenceEdit|Label|Layout|LineEdit|List(View|Widget)|Main|Menu|Message|Plain|Progress|"
     "Proxy"
     "Style|Push|Radio|Rubber|Scroll|Shortcut|SizeGrip|SizePolicy|Slider|Spin|Splash|Split|Stacked|"
     "StatusBar|Style|StyledItemDelegate|SystemTray|Tab|Table(View|Widget)|TextBrowser|TextEdit|"
     "Tool|"
     "Tree|UndoView|VBox|Widget|Wizard)[A-Za-z]*",
     Library::qt_widgets},
    {"Q[A-Za-z]+(/.*)?", Library::qt},
    {"opencv2/.*", Library::opencv},
    {"fmt/.*", Library::fmt},
    {"nlohmann/.*", Library::json},
    {"CLI/.*", Library::cli11},
    {"(stb/)?stb_.*", Library::stb},
    {"zlib\\.h", Library::zlib},
    {"(gtest|gmock)/.*", Library::gtest},
    {"(exiv2|sqlite3)(/.*|\\.h)|.*\\.hpp", Library::other},
    {"httplib\\.h", Library::other},
    {"(boost|absl|google|Eigen)/.*", Library::other},
}};

std::string name_of(Library library) {
    static const std::map<Library, std::string> names = {
        {Library::torch, "LibTorch"},
        {Library::cuda, "CUDA"},
        {Library::qt, "Qt"},
        {Library::qt_widgets, "Qt's widgets"},
        {Library::opencv, "OpenCV"},
        {Library::fmt, "fmt"},
        {Library::json, "nlohmann"},
        {Library::cli11, "CLI11"},
        {Library::stb, "stb"},
        {Library::zlib, "zlib"},
        {Library::gtest, "GoogleTest"},
        {Library::other, "this third-party library"}};
    return names.at(library);
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

bool allows_header(const Room& from, const std::string& header, const Room& to) {
    return from.name == to.name || contains(from.may_include, to.name) ||
           contains(from.may_include, header);
}

std::string place(const std::string& path, const Include& include) {
    const auto open = include.is_quoted ? '"' : '<';
    const auto close = include.is_quoted ? '"' : '>';
    std::ostringstream text;
    text << path << ':' << include.line << " includes " << open << include.path << close << ": ";
    return text.str();
}

bool is_private_elsewhere(const std::string& path, const std::string& header) {
    const auto folder = [](const std::string& file) { return file.substr(0, file.rfind('/')); };
    return header.ends_with("_impl.h") && folder(path) != folder(header) &&
           !path.starts_with("tests/");
}

/// What is wrong with one include, or nothing.
std::optional<std::string> complaint(const std::string& path, const Room& room,
                                     const Include& include, const Sources& sources,
                                     const std::vector<Room>& table) {
    if (!include.is_quoted) {
        const auto library = library_of(include.path);
        if (!library || room.libraries.contains(*library)) return std::nullopt;
        return "room '" + room.name + "' may not know " + name_of(*library);
    }
    if (include.path.ends_with(".moc")) return std::nullopt;
    if (!sources.contains(include.path)) return "no such file from the repository's root";
    if (is_private_elsewhere(path, include.path)) return "an _impl.h belongs to its folder alone";
    const auto* to = room_of(include.path, table);
    if (to == nullptr || allows_header(room, include.path, *to)) return std::nullopt;
    return "no arrow leads from room '" + room.name + "' to room '" + to->name + "'";
}

/// Libraries that a file reaches through its own headers, itself included.
class Reach {
public:
    explicit Reach(const Sources& sources) : sources_(sources) {}

    const std::set<Library>& of(const std::string& path) {
        const auto known = reached_.find(path);
        if (known != reached_.end()) return known->second;
        reached_[path] = {};  // a file that includes itself by a detour ends here
        std::set<Library> found;
        const auto source = sources_.find(path);
        if (source == sources_.end()) return reached_[path];
        for (const auto& include : includes_of(source->second)) {
            if (include.is_quoted) {
                found.merge(std::set<Library>(of(include.path)));
            } else if (const auto library = library_of(include.path)) {
                found.insert(*library);
            }
        }
        return reached_[path] = std::move(found);
    }

private:
    const Sources& sources_;
    std::map<std::string, std::set<Library>> reached_;
};

using Graph = std::map<std::string, std::set<std::string>>;

Graph arrows_between(const Sources& sources, const std::vector<Room>& table) {
    Graph graph;
    for (const auto& [path, text] : sources) {
        const auto* from = room_of(path, table);
        if (from == nullptr) continue;
        for (const auto& include : includes_of(text)) {
            const auto* to = include.is_quoted ? room_of(include.path, table) : nullptr;
            if (to != nullptr && to != from) graph[from->name].insert(to->name);
        }
    }
    return graph;
}

}  // namespace

const Room* room_of(const std::string& path, const std::vector<Room>& table) {
    const Room* best = nullptr;
    size_t best_length = 0;
    for (const auto& room : table) {
        for (const auto& prefix : room.holds) {
            if (path.starts_with(prefix) && prefix.size() > best_length) {
                best = &room;
                best_length = prefix.size();
            }
        }
    }
    return best;
}

std::optional<Library> library_of(std::string_view header) {
    static const auto patterns = [] {
        std::vector<std::pair<std::regex, Library>> compiled;
        for (const auto& [pattern, library] : library_patterns) {
            compiled.emplace_back(std::regex(pattern, std::regex::optimize), library);
        }
        return compiled;
    }();
    for (const auto& [pattern, library] : patterns) {
        if (std::regex_match(header.begin(), header.end(), pattern)) return library;
    }
    return std::nullopt;
}

std::vector<Include> includes_of(std::string_view text) {
    static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> found;
    std::istringstream lines{std::string(text)};
    std::string line;
    std::smatch match;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.find('#') != std::string::npos && std::regex_search(line, match, pattern)) {
            found.push_back({number, match[2], match[1] == "\""});
        }
    }
    return found;
}

Sources read_sources(const std::filesystem::path& root) {
    Sources sources;
    for (const auto* folder : source_folders) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            const auto suffix = entry.path().extension().string();
            if (std::ranges::find(source_suffixes, suffix) == source_suffixes.end()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            if (!file) throw std::runtime_error("can't read " + entry.path().string());
            std::ostringstream text;
            text << file.rdbuf();
            sources[entry.path().lexically_relative(root).generic_string()] = text.str();
        }
    }
    return sources;
}

std::vector<std::string> broken_arrows(const Sources& sources, const std::vector<Room>& table) {
    std::vector<std::string> broken;
    for (const auto& [path, text] : sources) {
        const auto* room = room_of(path, table);
        if (room == nullptr) {
            broken.push_back(path + " lies in no room of the table");
            continue;
        }
        for (const auto& include : includes_of(text)) {
            const auto problem = complaint(path, *room, include, sources, table);
            if (problem) broken.push_back(place(path, include) + *problem);
        }
    }
    return broken;
}

std::vector<std::string> broken_walls(const Sources& sources) {
    std::vector<std::string> broken;
    Reach reach(sources);
    for (const auto& [path, text] : sources) {
        const auto& libraries = reach.of(path);
        const bool reaches_torch = libraries.contains(Library::torch);
        const bool reaches_qt =
            libraries.contains(Library::qt) || libraries.contains(Library::qt_widgets);
        if (reaches_torch && libraries.contains(Library::fmt)) {
            broken.push_back(path + " reaches both fmt and LibTorch, which carries another fmt");
        }
        if (reaches_torch && reaches_qt) broken.push_back(path + " reaches both Qt and LibTorch");
        if (reaches_torch && path.starts_with("app/") && !path.starts_with("app/train/")) {
            broken.push_back(path + " of app/ reaches LibTorch");
        }
    }
    return broken;
}

std::vector<std::string> find_cycle(const Sources& sources, const std::vector<Room>& table) {
    const auto graph = arrows_between(sources, table);
    std::set<std::string> finished;
    std::vector<std::string> trail;
    const std::function<bool(const std::string&)> closes_ring = [&](const std::string& room) {
        if (contains(trail, room)) {
            trail.erase(trail.begin(), std::ranges::find(trail, room));
            return true;
        }
        if (finished.contains(room)) return false;
        trail.push_back(room);
        const auto arrows = graph.find(room);
        if (arrows != graph.end() && std::ranges::any_of(arrows->second, closes_ring)) return true;
        trail.pop_back();
        finished.insert(room);
        return false;
    };
    for (const auto& [room, arrows] : graph) {
        if (closes_ring(room)) return trail;
    }
    return {};
}

}  // namespace architecture
