#include "app/codec/request_check.h"

#include "tests/app/support/requests.h"

#include <gtest/gtest.h>
#include <limits>

namespace codec {
namespace {

std::string faultOf(const diffusion::GenerationRequest& request) {
    const auto fault = findFault(request);
    return fault ? fault->what() : "";
}

TEST(RequestCheck, defaults_and_edges_of_ranges_pass) {
    EXPECT_EQ(faultOf({}), "");
    EXPECT_EQ(faultOf(test_support::unusual_request()), "");
    EXPECT_EQ(faultOf({.width = 8192, .height = 8, .steps = 1}), "");
}

TEST(RequestCheck, the_sentence_names_field_expected_and_found) {
    EXPECT_EQ(faultOf({.steps = 0}), "steps: expected a number from 1 to 1000, found 0.");
    EXPECT_EQ(faultOf({.width = 100000}),
              "width: expected a number from 8 to 8192 (or 0 to have it chosen), found 100000.");
    EXPECT_EQ(faultOf({.guidance_rescale = 1.5}),
              "guidance_rescale: expected a number from 0 to 1, found 1.5.");
}

TEST(RequestCheck, no_number_at_all_is_refused) {
    EXPECT_EQ(faultOf({.guidance_scale = std::numeric_limits<double>::quiet_NaN()}),
              "guidance_scale: expected a number from 0 to 100, found nan.");
}

TEST(RequestCheck, a_zero_byte_in_a_prompt_is_refused) {
    diffusion::GenerationRequest request;
    request.prompt = std::string("a\0b", 3);
    EXPECT_EQ(faultOf(request), "prompt: expected text, found a zero byte in it.");
}

TEST(RequestCheck, numbers_are_written_as_a_person_would) {
    EXPECT_EQ(numberText(7), "7");
    EXPECT_EQ(numberText(0.1), "0.1");
    EXPECT_EQ(numberText(9007199254740991), "9007199254740991");
}

}  // namespace
}  // namespace codec
