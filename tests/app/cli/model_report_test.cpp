#include "app/cli/model_report.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

diffusion::ModelReport incompleteModel() {
    diffusion::ModelReport report;
    report.info = {.path = "/m/a.safetensors", .name = "a", .family = "sd1", .prediction = "v",
                   .native_width = 512, .native_height = 768, .parameter_count = 859520964,
                   .precision = "F16", .absent = "VAE"};
    report.format = "safetensors";
    report.bytes = 1'720'000'000;
    report.parts = {{"unet", 859520964, "F16", {"conv_in.bias"}, {}, {"x is [1], expected [2]"}}};
    report.metadata = {{"modelspec.title", "A"}, {"modelspec.license", "CC0-1.0"}};
    return report;
}

TEST(ModelReport, tells_people_what_is_amiss) {
    const auto text = reportText(incompleteModel(), std::string(64, 'c'));
    for (const char* line : {"title       A\n", "licence     CC0-1.0\n",
                             "format      safetensors, 1.7 GB\n", "size        512x768, multiples of 8\n",
                             "parameters  859,520,964\n", "hash        cccccccccc\n",
                             "  missing   1: conv_in.bias\n", "  misshapen 1: x is [1], expected [2]\n",
                             "lacks       VAE\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    EXPECT_EQ(text.find("unexpected"), std::string::npos) << "what is not there is not said";
}

TEST(ModelReport, tells_programs_the_same) {
    const auto json = reportJson(incompleteModel(), std::string(64, 'c'));
    EXPECT_EQ(json["hash"], "cccccccccc");
    EXPECT_EQ(json["license"], "CC0-1.0");
    EXPECT_EQ(json["parts"][0]["missing"], Json::array({"conv_in.bias"}));
    EXPECT_EQ(json["lacks"], "VAE");
}

TEST(ModelReport, sizes_and_counts_are_for_people) {
    EXPECT_EQ(sizeText(0), "0 B");
    EXPECT_EQ(sizeText(999), "999 B");
    EXPECT_EQ(sizeText(4'265'380'512), "4.3 GB");
    EXPECT_EQ(sizeText(334'000'000), "334 MB");
    EXPECT_EQ(countText(7), "7");
    EXPECT_EQ(countText(123456), "123,456");
    EXPECT_EQ(countText(1234567), "1,234,567");
}

}  // namespace
}  // namespace cli
