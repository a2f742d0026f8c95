#include "diffusion/training/held_out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace diffusion::training {
namespace {

/// 200 things in 1 to 6 styles.
std::vector<Caption> things() {
    std::vector<Caption> captions;
    for (int thing = 0; thing < 200; ++thing)
        for (int style = 0; style <= thing % 6; ++style) {
            Caption caption;
            caption.hex = std::to_string(thing);
            caption.style = std::string(1, static_cast<char>('a' + style));
            caption.file = caption.hex + caption.style;
            captions.push_back(caption);
        }
    return captions;
}

std::set<std::string> files_kept(const std::vector<Caption>& captions, double share, std::uint64_t seed) {
    const auto kept = held_out(captions, share, seed);
    std::set<std::string> files;
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (kept[i]) files.insert(captions[i].file);
    return files;
}

TEST(HeldOut, IsTheShareOfThePicturesThatWasAskedFor) {
    const auto captions = things();
    for (const double share : {0.02, 0.05, 0.2})
        EXPECT_EQ(files_kept(captions, share, 1).size(), std::size_t(std::lround(share * double(captions.size()))));
}

TEST(HeldOut, LeavesEveryThingInAnotherStyle) {
    const auto captions = things();
    const auto kept = held_out(captions, 0.5, 1);  // more than there are
    std::map<std::string, int> left;
    for (std::size_t i = 0; i < kept.size(); ++i) left[captions[i].hex] += kept[i] ? 0 : 1;
    EXPECT_EQ(left.size(), 200U);
    for (const auto& [thing, styles] : left) EXPECT_GE(styles, 1) << thing;
}

TEST(HeldOut, DependsOnTheSeedAndNotOnTheOrder) {
    auto captions = things();
    const auto kept = files_kept(captions, 0.05, 1);
    EXPECT_NE(kept, files_kept(captions, 0.05, 2));
    std::ranges::reverse(captions);
    EXPECT_EQ(kept, files_kept(captions, 0.05, 1));
}

TEST(HeldOut, KeepsAllPicturesOfAPair) {
    auto captions = things();
    for (auto& caption : things()) {
        caption.file += " again";
        captions.push_back(caption);
    }
    for (const auto& file : files_kept(captions, 0.05, 1)) {
        const bool is_second = file.ends_with(" again");
        const auto other = is_second ? file.substr(0, file.size() - 6) : file + " again";
        EXPECT_TRUE(files_kept(captions, 0.05, 1).contains(other)) << file;
    }
}

TEST(HeldOut, TakesFilesWhereNoThingHasTwoStyles) {
    std::vector<Caption> captions(20);
    for (std::size_t i = 0; i < captions.size(); ++i) captions[i].file = captions[i].en = std::to_string(i);
    EXPECT_EQ(files_kept(captions, 0.1, 1).size(), 2U);
    EXPECT_EQ(files_kept(captions, 0.001, 1).size(), 1U);
    captions.resize(1);
    EXPECT_TRUE(files_kept(captions, 0.5, 1).empty());
}

}  // namespace
}  // namespace diffusion::training
