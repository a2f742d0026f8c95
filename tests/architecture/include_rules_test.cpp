#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace architecture {

namespace {

std::string lines(const std::vector<std::string>& sentences) {
    std::string text;
    for (const auto& sentence : sentences) text += "\n  " + sentence;
    return text;
}

const Sources& repository() {
    static const Sources sources = read_sources(ATELIER_SOURCE_DIR);
    return sources;
}

/// One source that includes `include` (with its brackets), beside a header at each of `headers`.
Sources source(const std::string& path, const std::string& include,
               const std::vector<std::string>& headers = {}) {
    Sources sources = {{path, "#pragma once\n#include " + include + "\n"}};
    for (const auto& header : headers) sources[header] = "#pragma once\n";
    return sources;
}

bool is_forbidden(const std::string& path, const std::string& include,
                  const std::vector<std::string>& headers = {}) {
    return !broken_arrows(source(path, include, headers), rooms()).empty();
}

}  // namespace

TEST(IncludeRules, HoldForEverySourceOfTheRepository) {
    ASSERT_FALSE(repository().empty());
    const auto broken = broken_arrows(repository(), rooms());
    EXPECT_TRUE(broken.empty()) << lines(broken);
}

TEST(IncludeRules, KeepQtAndTorchApartInEveryTranslationUnit) {
    const auto broken = broken_walls(repository());
    EXPECT_TRUE(broken.empty()) << lines(broken);
}

TEST(IncludeRules, FindNoRingOfRoomsInTheRepository) {
    const auto ring = find_cycle(repository(), rooms());
    EXPECT_TRUE(ring.empty()) << lines(ring);
}

TEST(IncludeRules, NameOnlyRoomsAndHeadersThatAreInTheTable) {
    for (const auto& room : rooms()) {
        for (const auto& neighbour : room.may_include) {
            const bool is_room = std::ranges::any_of(
                rooms(), [&](const Room& other) { return other.name == neighbour; });
            EXPECT_TRUE(is_room || neighbour.ends_with(".h")) << room.name << " -> " << neighbour;
        }
    }
}

TEST(IncludeRules, GiveAFileToTheRoomWithTheLongestPrefix) {
    EXPECT_EQ(room_of("unet/ops/geglu.cpp", rooms())->name, "unet/ops");
    EXPECT_EQ(room_of("unet/unet.h", rooms())->name, "unet");
    EXPECT_EQ(room_of("clip/tokenizer.h", rooms())->name, "clip text");
    EXPECT_EQ(room_of("diffusion/engine.h", rooms())->name, "door");
    EXPECT_EQ(room_of("diffusion/engine.cpp", rooms())->name, "engine");
    EXPECT_EQ(room_of("elsewhere/file.h", rooms()), nullptr);
}

TEST(IncludeRules, ReadIncludesWithTheirLineAndBrackets) {
    const auto found =
        includes_of("#include <map>\n\n  #  include \"unet/unet.h\"  // net\nint a;\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].path, "map");
    EXPECT_FALSE(found[0].is_quoted);
    EXPECT_EQ(found[1].path, "unet/unet.h");
    EXPECT_EQ(found[1].line, 3);
    EXPECT_TRUE(found[1].is_quoted);
}

TEST(IncludeRules, TellLibrariesFromTheStandardAndTheSystem) {
    EXPECT_EQ(library_of("torch/torch.h"), Library::torch);
    EXPECT_EQ(library_of("ATen/ops/add.h"), Library::torch);
    EXPECT_EQ(library_of("QString"), Library::qt);
    EXPECT_EQ(library_of("QStringList"), Library::qt);
    EXPECT_EQ(library_of("QtCore/QObject"), Library::qt);
    EXPECT_EQ(library_of("QSpinBox"), Library::qt_widgets);
    EXPECT_EQ(library_of("QMainWindow"), Library::qt_widgets);
    EXPECT_EQ(library_of("opencv2/core.hpp"), Library::opencv);
    EXPECT_EQ(library_of("vector"), std::nullopt);
    EXPECT_EQ(library_of("sys/mman.h"), std::nullopt);
}

TEST(IncludeRules, CatchAnArrowThatPointsBack) {
    EXPECT_TRUE(is_forbidden("unet/unet.cpp", "\"diffusion/error.h\"", {"diffusion/error.h"}));
    EXPECT_TRUE(
        is_forbidden("diffusion/request.h", "\"app/studio/studio.h\"", {"app/studio/studio.h"}));
    EXPECT_TRUE(is_forbidden("diffusion/sampling/euler.cpp", "\"unet/unet.h\"", {"unet/unet.h"}));
    EXPECT_TRUE(is_forbidden("diffusion/pipeline/generate.cpp", "\"diffusion/training/loss.h\"",
                             {"diffusion/training/loss.h"}));
    EXPECT_TRUE(is_forbidden("app/gallery/png.cpp", "\"app/jobs/job.h\"", {"app/jobs/job.h"}));
    EXPECT_TRUE(is_forbidden("app/cli/commands.cpp", "\"app/ui/binding.h\"", {"app/ui/binding.h"}));
    EXPECT_TRUE(
        is_forbidden("app/cli/commands.cpp", "\"clip/text_encoder.h\"", {"clip/text_encoder.h"}));
}

TEST(IncludeRules, LetSidewaysArrowsPassForTheNamedHeadersOnly) {
    EXPECT_FALSE(is_forbidden("vae/decoder.h", "\"unet/resnet_block.h\"", {"unet/resnet_block.h"}));
    EXPECT_FALSE(is_forbidden("vae/decoder.h", "\"unet/ops/silu.h\"", {"unet/ops/silu.h"}));
    EXPECT_TRUE(is_forbidden("vae/decoder.h", "\"unet/blocks.h\"", {"unet/blocks.h"}));
    EXPECT_FALSE(is_forbidden("app/cli/a.cpp", "\"clip/tokenizer.h\"", {"clip/tokenizer.h"}));
}

TEST(IncludeRules, CatchALibraryInTheWrongRoom) {
    EXPECT_TRUE(is_forbidden("app/ui/preview.cpp", "<torch/torch.h>"));
    EXPECT_TRUE(is_forbidden("diffusion/engine.h", "<torch/torch.h>"));
    EXPECT_TRUE(is_forbidden("clip/tokenizer.cpp", "<torch/torch.h>"));
    EXPECT_TRUE(is_forbidden("diffusion/pipeline/generate.cpp", "<QImage>"));
    EXPECT_TRUE(is_forbidden("vae/tiling.cpp", "<opencv2/imgproc.hpp>"));
    EXPECT_TRUE(is_forbidden("unet/unet.cpp", "<fmt/format.h>"));
    EXPECT_TRUE(is_forbidden("app/studio/studio.cpp", "<QDialog>"));
    EXPECT_FALSE(is_forbidden("diffusion/imaging/resize.cpp", "<opencv2/imgproc.hpp>"));
    EXPECT_FALSE(is_forbidden("app/ui/preview.cpp", "<QDialog>"));
}

TEST(IncludeRules, CatchAnIncludeThatIsNotWrittenFromTheRoot) {
    EXPECT_TRUE(is_forbidden("unet/unet.cpp", "\"attention.h\"", {"unet/attention.h"}));
    EXPECT_FALSE(is_forbidden("unet/unet.cpp", "\"unet/attention.h\"", {"unet/attention.h"}));
}

TEST(IncludeRules, KeepAnImplHeaderInItsFolder) {
    EXPECT_TRUE(
        is_forbidden("app/ui/a.cpp", "\"app/ui/theme/a_impl.h\"", {"app/ui/theme/a_impl.h"}));
    EXPECT_FALSE(is_forbidden("app/ui/a.cpp", "\"app/ui/a_impl.h\"", {"app/ui/a_impl.h"}));
}

TEST(IncludeRules, CatchAFileThatLiesInNoRoom) {
    EXPECT_EQ(broken_arrows({{"app/oddments/a.h", ""}}, rooms()).size(), 1U);
}

TEST(IncludeRules, CatchQtAndTorchThatMeetThroughHeaders) {
    const Sources sources = {
        {"tests/probe/case.cpp", "#include \"unet/unet.h\"\n#include <QImage>\n"},
        {"unet/unet.h", "#include <torch/torch.h>\n"}};
    const auto broken = broken_walls(sources);
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0], "tests/probe/case.cpp reaches both Qt and LibTorch");
}

TEST(IncludeRules, CatchFmtBesideTorch) {
    const auto broken =
        broken_walls({{"unet/a.h", "#include <torch/torch.h>\n#include <fmt/core.h>\n"}});
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0], "unet/a.h reaches both fmt and LibTorch, which carries another fmt");
}

TEST(IncludeRules, CatchTorchThatReachesTheFacesThroughHeaders) {
    const Sources sources = {{"app/cli/a.cpp", "#include \"clip/tokenizer.h\"\n"},
                             {"app/train/b.cpp", "#include \"clip/tokenizer.h\"\n"},
                             {"clip/tokenizer.h", "#include <torch/torch.h>\n"}};
    const auto broken = broken_walls(sources);
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0], "app/cli/a.cpp of app/ reaches LibTorch");
}

TEST(IncludeRules, FindARingOfRooms) {
    const Sources sources = {{"unet/unet.h", "#include \"vae/decoder.h\"\n"},
                             {"vae/decoder.h", "#include \"clip/config.h\"\n"},
                             {"clip/config.h", "#include \"unet/unet.h\"\n"}};
    EXPECT_EQ(find_cycle(sources, rooms()).size(), 3U);
    EXPECT_TRUE(find_cycle({{"vae/decoder.h", "#include \"unet/unet.h\"\n"}}, rooms()).empty());
}

}  // namespace architecture
