#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t mib = 1024 * 1024;
constexpr std::uintmax_t test_data_limit = 40 * 1000 * 1000;
constexpr std::uintmax_t file_limit = 16 * mib;

/// Paths of all files in git's index, from the root; empty outside a git checkout.
std::vector<std::string> tracked_files() {
    const std::string command = "git -C '" ATELIER_SOURCE_DIR "' ls-files -z 2>/dev/null";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string listing;
    std::array<char, 4096> block{};
    while (const size_t count = pipe ? fread(block.data(), 1, block.size(), pipe.get()) : 0) {
        listing.append(block.data(), count);
    }
    std::vector<std::string> paths;
    for (size_t begin = 0; begin < listing.size();) {
        const size_t end = listing.find('\0', begin);
        paths.push_back(listing.substr(begin, end - begin));
        begin = end + 1;
    }
    return paths;
}

}  // namespace

TEST(RepositorySize, KeepsTheTestDataUnderFortyMegabytes) {
    std::uintmax_t total = 0;
    for (const auto& entry : fs::recursive_directory_iterator(ATELIER_TEST_DATA)) {
        if (entry.is_regular_file()) total += entry.file_size();
    }
    EXPECT_LT(total, test_data_limit);
}

TEST(RepositorySize, TracksNoFileOverSixteenMebibytes) {
    const auto paths = tracked_files();
    if (paths.empty()) GTEST_SKIP() << "not a git checkout";
    for (const auto& path : paths) {
        const auto full = fs::path(ATELIER_SOURCE_DIR) / path;
        if (!fs::exists(full)) continue;
        EXPECT_LE(fs::file_size(full), file_limit) << path;
    }
}
