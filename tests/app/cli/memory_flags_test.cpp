#include "app/cli/memory_flags.h"

#include "app/studio/memory_settings.h"
#include "diffusion/error.h"

#include <gtest/gtest.h>

namespace cli {
namespace {

TEST(MemoryFlags, sizes_are_read_as_people_write_them) {
    EXPECT_EQ(bytesOf("1000"), 1000);
    EXPECT_EQ(bytesOf("800M"), std::int64_t{800} << 20);
    EXPECT_EQ(bytesOf("3g"), std::int64_t{3} << 30);
    EXPECT_EQ(bytesOf("2.5 GiB"), std::int64_t{5} << 29);
    EXPECT_EQ(bytesOf("64 kB"), 65536);
}

TEST(MemoryFlags, what_is_no_size_is_a_bad_request) {
    for (const char* text : {"", "G", "3X", "-2G", "0", "3GG", "nan", "1e40T"}) {
        try {
            bytesOf(text);
            ADD_FAILURE() << text;
        } catch (const diffusion::Error& error) {
            EXPECT_EQ(error.kind(), diffusion::ErrorKind::bad_request);
        }
    }
}

TEST(MemoryFlags, sizes_are_short) {
    EXPECT_EQ(sizeText(std::int64_t{310} << 20), "310 MiB");
    EXPECT_EQ(sizeText(std::int64_t{5} << 29), "2.5 GiB");
}

TEST(MemoryFlags, what_is_left_out_stays_as_the_settings_have_it) {
    settings::Values values;
    values.memory = QStringLiteral("saving");
    values.memoryLimit = 2000;
    values.precision = QStringLiteral("bf16");
    diffusion::EngineOptions options;
    studio::addMemorySettings(options, values);
    EXPECT_EQ(options.memory_limit, std::int64_t{2000} << 20);
    CLI::App parser;
    MemoryFlags flags(parser);
    parser.parse("--memory-limit 3G");
    flags.apply(options);
    EXPECT_EQ(options.memory, "saving");
    EXPECT_EQ(options.memory_limit, std::int64_t{3} << 30);
    EXPECT_EQ(options.precision, "bf16");
}

}  // namespace
}  // namespace cli
