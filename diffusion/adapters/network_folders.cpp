#include "diffusion/adapters/network_folders.h"

#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/sha256.h"
#include "diffusion/error.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <set>
#include <system_error>

namespace diffusion::adapters {

namespace fs = std::filesystem;

namespace {

std::string lower(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

bool is_of_kind(const fs::path& file, NetworkKind kind) {
    const auto suffix = lower(file.extension().string());
    if (suffix == ".safetensors" || suffix == ".pt") return true;
    if (kind == NetworkKind::lora) return suffix == ".ckpt";
    // A1111 keeps pictures of embeddings beside them.
    return suffix == ".bin" && !file.stem().string().ends_with(".preview");
}

class Search {
public:
    explicit Search(NetworkKind kind) : kind_(kind) {}

    void look_into(const fs::path& folder, const fs::path& root) {
        std::error_code error;
        if (!visited_.insert(fs::weakly_canonical(folder, error).string()).second) return;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            std::error_code ignored;
            if (entry->is_directory(ignored)) {
                look_into(entry->path(), root);
            } else if (is_of_kind(entry->path(), kind_)) {
                auto relative = entry->path().lexically_relative(root);
                found.push_back({entry->path().stem().string(), entry->path(),
                                 relative.replace_extension().generic_string()});
            }
        }
    }

    std::vector<NetworkFile> found;

private:
    NetworkKind kind_;
    std::set<std::string> visited_;
};

/// What the trainer called it; empty for files without metadata and for what can't be read.
std::string alias_of(const fs::path& file) {
    if (lower(file.extension().string()) != ".safetensors") return {};
    try {
        const auto table = checkpoint::open_table(file);
        const auto found = table.metadata.find("ss_output_name");
        return found == table.metadata.end() ? std::string() : found->second;
    } catch (const Error&) {
        // A damaged file is no reason not to find another.
        return {};
    }
}

/// Changes of one letter that make one text the other (Levenshtein 1966).
std::size_t distance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

/// How far a name is from the wanted one; nullopt: too far to be meant.
std::optional<std::size_t> unlikeness(const std::string& name, const std::string& wanted) {
    const auto a = lower(name).substr(0, 200);
    const auto b = lower(wanted).substr(0, 200);
    const auto changes = distance(a, b);
    const bool holds = a.find(b) != a.npos || (a.size() > 2 && b.find(a) != b.npos);
    if (holds || changes <= std::max<std::size_t>(2, b.size() / 3)) return changes;
    return std::nullopt;
}

}  // namespace

std::vector<NetworkFile> network_files(const std::vector<fs::path>& folders, NetworkKind kind) {
    Search search(kind);
    for (const auto& folder : folders) search.look_into(folder, folder);
    std::sort(search.found.begin(), search.found.end(),
              [](const NetworkFile& a, const NetworkFile& b) { return a.path < b.path; });
    return std::move(search.found);
}

std::vector<fs::path> folders_beside(const fs::path& model, NetworkKind kind) {
    // models/Stable-diffusion/sub/file: models is two above, and A1111's embeddings beside it.
    constexpr int levels = 4;
    const std::vector<const char*> names =
        kind == NetworkKind::lora ? std::vector<const char*>{"Lora", "LyCORIS", "loras", "lora"}
                                  : std::vector<const char*>{"embeddings"};
    std::vector<fs::path> found;
    std::error_code error;
    auto folder = fs::absolute(model, error).lexically_normal().parent_path();
    for (int level = 0; level < levels && folder != folder.root_path(); ++level) {
        for (const char* name : names) {
            if (fs::is_directory(folder / name, error)) found.push_back(folder / name);
        }
        folder = folder.parent_path();
    }
    return found;
}

std::optional<fs::path> find_lora(const std::vector<NetworkFile>& files, const std::string& name) {
    const auto last = [&](auto&& matches) -> std::optional<fs::path> {
        const auto found = std::find_if(files.rbegin(), files.rend(), matches);
        return found == files.rend() ? std::nullopt : std::optional(found->path);
    };
    if (auto file = last([&](const NetworkFile& f) { return f.name == name; })) return file;
    if (auto file = last([&](const NetworkFile& f) { return f.relative == name; })) return file;
    std::optional<fs::path> found;
    for (const auto& file : files) {
        if (alias_of(file.path) != name || name.empty()) continue;
        if (found) return std::nullopt;
        found = file.path;
    }
    return found;
}

std::vector<std::string> similar_names(const std::vector<NetworkFile>& files,
                                       const std::string& name, std::size_t most) {
    std::set<std::pair<std::size_t, std::string>> ranked;
    for (const auto& file : files) {
        if (const auto far = unlikeness(file.name, name)) ranked.emplace(*far, file.name);
    }
    std::vector<std::string> names;
    for (const auto& [far, similar] : ranked) {
        if (names.size() < most) names.push_back(similar);
    }
    return names;
}

std::string network_hash(const fs::path& file, NetworkKind kind) {
    const auto mapped = checkpoint::MappedFile::open(file);
    auto bytes = mapped->bytes();
    const bool has_header =
        kind == NetworkKind::lora && checkpoint::file_kind_of(checkpoint::FileBytes::of(mapped)) ==
                                         checkpoint::FileKind::safetensors;
    if (has_header) {
        const auto table = checkpoint::open_table(file);
        const auto stated = table.metadata.find("sshs_model_hash");
        if (stated != table.metadata.end() && stated->second.size() >= 12) return stated->second;
        // open_table checked that the header lies within the file.
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), sizeof(length));
        bytes = bytes.subspan(sizeof(length) + length);
    }
    checkpoint::Sha256 sum;
    sum.add(bytes);
    return sum.finish();
}

}  // namespace diffusion::adapters
