#include "app/codec/request_json.h"

#include "diffusion/error.h"
#include "diffusion/request_fields.h"
#include "tests/app/support/requests.h"

#include <gtest/gtest.h>

namespace codec {
namespace {

std::string refusalOf(const std::string& text) {
    try {
        requestFromText(text);
    } catch (const diffusion::Error& error) {
        EXPECT_EQ(error.kind(), diffusion::ErrorKind::bad_request);
        return error.what();
    }
    return "";
}

TEST(RequestJson, carries_every_field_there_and_back) {
    const auto request = test_support::unusual_request();
    diffusion::visit_request_fields([&](const diffusion::FieldInfo& info, auto member) {
        EXPECT_NE(request.*member, diffusion::GenerationRequest().*member) << info.name;
    });
    EXPECT_EQ(requestFromText(requestToText(request)), request);
}

TEST(RequestJson, keeps_the_largest_seed_exactly) {
    diffusion::GenerationRequest request;
    request.seed = 9007199254740991;
    EXPECT_EQ(requestFromText(requestToText(request)).seed, 9007199254740991);
}

TEST(RequestJson, fields_that_are_left_out_keep_their_defaults) {
    diffusion::GenerationRequest expected;
    expected.steps = 9;
    EXPECT_EQ(requestFromText(R"({"steps": 9.0})"), expected);
}

TEST(RequestJson, refusals_name_the_field_and_what_was_found) {
    EXPECT_EQ(refusalOf(R"({"steps": 2.5})"), "steps: expected a whole number, found 2.5.");
    EXPECT_EQ(refusalOf(R"({"steps": 1e300})"), "steps: expected a whole number, found 1e+300.");
    EXPECT_EQ(refusalOf(R"({"prompt": 3})"), "prompt: expected a text, found 3.");
    EXPECT_EQ(refusalOf(R"({"stepz": 3})"), "stepz: expected a field of a request, found 3.");
    EXPECT_EQ(refusalOf("[1]"), "request: expected a JSON object, found [1].");
    EXPECT_NE(refusalOf("{\"steps\": "), "");
}

TEST(RequestJson, what_another_version_stored_is_read_as_far_as_it_goes) {
    const auto stored =
        nlohmann::ordered_json::parse(R"({"steps": "many", "future": 1, "prompt": "cat"})");
    diffusion::GenerationRequest expected;
    expected.prompt = "cat";
    EXPECT_EQ(readableFields(stored), expected);
    EXPECT_EQ(readableFields(nullptr), diffusion::GenerationRequest());
}

TEST(RequestJson, text_that_is_not_utf8_is_still_written) {
    diffusion::GenerationRequest request;
    request.prompt = "broken \xff byte";
    EXPECT_EQ(requestFromText(requestToText(request)).prompt, "broken \uFFFD byte");
}

}  // namespace
}  // namespace codec
