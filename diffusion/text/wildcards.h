#pragma once

// Lists of words that prompts draw from: one value a line in .txt, nested lists in .json and .yaml.
// Standard library only.

#include <filesystem>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace diffusion {

struct WildcardValue {
    std::string text;
    double weight = 1.0;
    auto operator<=>(const WildcardValue&) const = default;
};

/// Lists by name; sub-folders and nested keys join by "/".
class WildcardLibrary {
public:
    /// Every .txt, .json, .yaml and .yml below the folder; files that can't be read are named in
    /// problems(). A folder that is not there gives an empty library.
    static WildcardLibrary from_folder(const std::filesystem::path& folder);

    /// One value a line; blank lines and lines that begin with "#" are left out.
    void add_text(const std::string& name, std::istream& in);

    /// Lists below `prefix` ("" or "folder/"), values as "0.5::text" or {"text", "weight"}; a plain
    /// list gets the file's name. Throws std::runtime_error.
    void add_json(const std::string& prefix, const std::string& name, std::istream& in);
    void add_yaml(const std::string& prefix, const std::string& name, std::istream& in);

    /// Values of all lists whose name matches; * and ? match any characters, "/" too. When nothing
    /// matches, in any sub-folder. Without doubles, sorted.
    std::vector<WildcardValue> values(std::string_view pattern) const;

    /// Names of all lists, for completion.
    std::set<std::string> names() const;

    const std::vector<std::string>& problems() const { return problems_; }

private:
    void add_file(const std::filesystem::path& file, const std::string& folder);

    std::map<std::string, std::vector<WildcardValue>> lists_;
    std::vector<std::string> problems_;
};

}  // namespace diffusion
