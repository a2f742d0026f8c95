#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// The arrows between the rooms of this program, as data, and the reader that holds sources against
/// them. A room is a set of files; it may include itself, the rooms its row names, single headers
/// that its row names, and the third-party libraries its row names. The standard and the system's
/// headers are free.
namespace architecture {

/// Third-party code that only some rooms may know.
enum class Library {
    torch,
    cuda,
    qt,
    qt_widgets,
    opencv,
    fmt,
    json,
    cli11,
    stb,
    zlib,
    gtest,
    other
};

struct Room {
    std::string name;
    /// Path prefixes from the repository's root; of all rooms the longest prefix takes a file.
    std::vector<std::string> holds;
    /// Names of rooms, and single headers (they end in .h) of rooms that are closed otherwise.
    std::vector<std::string> may_include;
    std::set<Library> libraries;
};

struct Include {
    int line = 0;
    std::string path;
    /// "..." rather than <...>
    bool is_quoted = false;
};

/// path from the repository's root -> text
using Sources = std::map<std::string, std::string>;

/// The table, lowest room first.
const std::vector<Room>& rooms();

/// The room that a file belongs to; nullptr where no row claims it.
const Room* room_of(const std::string& path, const std::vector<Room>& table);

/// The library of an angled include; nothing for the standard library and the system's headers.
std::optional<Library> library_of(std::string_view header);

std::vector<Include> includes_of(std::string_view text);

/// Every .h, .cpp, .cu and .cuh of the repository's source folders.
Sources read_sources(const std::filesystem::path& root);

/// One sentence for each include that its room's row does not allow.
std::vector<std::string> broken_arrows(const Sources& sources, const std::vector<Room>& table);

/// One sentence for each file from which both Qt and torch can be reached, and for each file of
/// app/ (its trainer excepted) from which torch can be.
std::vector<std::string> broken_walls(const Sources& sources);

/// The rooms of one ring of includes, in order; empty where the arrows form none.
std::vector<std::string> find_cycle(const Sources& sources, const std::vector<Room>& table);

}  // namespace architecture
