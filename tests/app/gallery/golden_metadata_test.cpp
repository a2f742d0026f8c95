// A1111's text block, names of files and pictures of all programs against what these programs write and
// read themselves (tests/data/metadata). The cases are computed as the probe computes them.

#include "tests/probe/options.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace {

std::map<std::string, nlohmann::ordered_json> written;

}  // namespace

namespace probe {

nlohmann::ordered_json read_json(const Options& options, const std::string& relative) {
    std::ifstream file(options.in / relative);
    return nlohmann::ordered_json::parse(file);
}

void write_json(const Options&, const std::string& relative, const nlohmann::ordered_json& document) {
    written[relative] = document;
}

}  // namespace probe

namespace {

using Json = nlohmann::ordered_json;

class GoldenMetadata : public testing::Test {
protected:
    static void SetUpTestSuite() {
        options().in = ATELIER_TEST_DATA;
        probe::run_metadata(options());
    }

    static probe::Options& options() {
        static probe::Options made;
        return made;
    }

    /// Calls compare(expected, found) for every row and gives their number.
    template <typename Compare>
    static int compare_rows(const std::string& file, const char* rows, Compare compare) {
        const auto path = "metadata/" + file + ".json";
        const auto golden = probe::read_json(options(), path);
        const auto& found = written.at(path);
        EXPECT_EQ(golden.at(rows).size(), found.at(rows).size());
        for (std::size_t i = 0; i < golden.at(rows).size(); ++i) {
            SCOPED_TRACE(file + " " + std::to_string(i) + ": " + golden.at(rows)[i].dump().substr(0, 200));
            compare(golden.at(rows)[i], found.at(rows)[i]);
        }
        return static_cast<int>(golden.at(rows).size());
    }

    /// Whatever could be read of it is right; that it was read at all is the test.
    static bool is_damaged(const Json& golden) {
        return golden.at("where").get<std::string>().starts_with("damaged");
    }

    /// What A1111 repairs it keeps as a number.
    static std::string as_text(const Json& value) {
        return value.is_string() ? value.get<std::string>() : value.dump();
    }

    /// Whether A1111 has another value than the text says; what the text does not say gets defaults there.
    static bool is_repaired(const Json& golden, const std::string& key, const Json& value) {
        for (const auto& pair : golden.at("pairs_in_last_line")) {
            if (pair.at(0) != key) continue;
            const auto text = pair.at(1).get<std::string>();
            const bool is_quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
            const auto parsed = is_quoted ? Json::parse(text, nullptr, false) : Json();
            return as_text(value) != (parsed.is_string() ? parsed.get<std::string>() : text);
        }
        return false;
    }

    static auto same(const char* field) {
        return [field](const Json& golden, const Json& found) {
            if (golden.contains(field)) {
                EXPECT_EQ(found.at(field), golden.at(field));
            }
        };
    }
};

TEST_F(GoldenMetadata, BlocksAreReadAsA1111ReadsThem) {
    EXPECT_GT(compare_rows("infotext_parse", "cases", same("pairs_in_last_line")), 60);
    compare_rows("infotext_parse", "cases", [](const Json& golden, const Json& found) {
        const auto& fields = found.at("forge");
        for (const auto& [key, value] : golden.at("forge").items()) {
            if (!fields.contains(key) || is_repaired(golden, key, value)) continue;
            EXPECT_EQ(as_text(fields.at(key)), as_text(value)) << key;
        }
        for (const char* key : {"Prompt", "Negative prompt"}) EXPECT_TRUE(fields.contains(key)) << key;
    });
}

TEST_F(GoldenMetadata, BlocksAreWrittenAsA1111WritesThem) {
    EXPECT_GT(compare_rows("infotext_write", "cases", same("text")), 30);
}

TEST_F(GoldenMetadata, QuotingIsA1111s) {
    for (const char* field : {"quoted", "back", "unquoted"}) compare_rows("quote", "cases", same(field));
    EXPECT_GT(compare_rows("quote", "cases", [](const Json&, const Json&) {}), 10);
}

TEST_F(GoldenMetadata, FilesAreNamedAsA1111NamesThem) {
    EXPECT_GT(compare_rows("file_names", "cases", same("results")), 3);
    EXPECT_GT(compare_rows("file_names", "sanitize", same("result")), 3);
}

TEST_F(GoldenMetadata, PicturesOfEveryProgramSayTheirSettings) {
    int said = 0;
    EXPECT_GT(compare_rows("pictures", "files", [&](const Json& golden, const Json& found) {
        if (!golden.contains("expected") || is_damaged(golden)) return;
        if (golden.at("expected").is_null()) {
            EXPECT_TRUE(found.at("expected").is_null());
            return;
        }
        ++said;
        ASSERT_TRUE(found.at("expected").is_object());
        for (const auto& [key, value] : golden.at("expected").items()) {
            ASSERT_TRUE(found.at("expected").contains(key)) << key;
            // The order of keys means nothing.
            EXPECT_EQ(nlohmann::json(found.at("expected").at(key)), nlohmann::json(value)) << key;
        }
    }), 50);
    EXPECT_GT(said, 40);
}

}  // namespace
