#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "diffusion/error.h"
#include "diffusion/sampling/sampler.h"
#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {
namespace {

std::string lower(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

template <class Rows>
void expect_unique(const Rows& rows) {
    std::set<std::string> seen;
    for (const auto& row : rows) {
        EXPECT_TRUE(seen.insert(lower(row.name)).second) << row.name;
        for (const auto& alias : row.aliases)
            EXPECT_TRUE(seen.insert(lower(alias)).second) << row.name << ": " << alias;
    }
}

template <class Function>
std::string message_of(const Function& function) {
    try {
        function();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        return error.what();
    }
    ADD_FAILURE() << "no error";
    return "";
}

TEST(Names, OfSamplersAndSchedulesAreUniqueWithTheirAliases) {
    expect_unique(samplers());
    expect_unique(schedules());
}

TEST(Names, OfOtherProgramsAreFound) {
    EXPECT_EQ(find_sampler("euler_ancestral").name, "Euler a");
    EXPECT_EQ(find_sampler("k_dpmpp_2m").name, "DPM++ 2M");
    EXPECT_EQ(find_sampler("dpm++ 2m sde").name, "DPM++ 2M SDE");
    EXPECT_EQ(find_sampler("uni_pc_bh2").name, "UniPC bh2");
    EXPECT_EQ(find_sampler("DDIMScheduler").name, "DDIM");
    EXPECT_EQ(find_schedule("sgm_uniform").name, "SGM Uniform");
    EXPECT_EQ(find_schedule("ddim_uniform").name, "DDIM");
}

TEST(Names, OfOldInfotextsSplitIntoSamplerAndSchedule) {
    EXPECT_EQ(split_legacy_name("DPM++ 2M Karras").sampler, "DPM++ 2M");
    EXPECT_EQ(split_legacy_name("DPM++ 2M Karras").schedule, "Karras");
    EXPECT_EQ(split_legacy_name("DPM++ 2M SDE Exponential").sampler, "DPM++ 2M SDE");
    EXPECT_EQ(split_legacy_name("k_dpmpp_2m_ka").schedule, "Karras");
    EXPECT_EQ(split_legacy_name("Euler a").schedule, "");
    EXPECT_EQ(split_legacy_name("nonsense Karras").sampler, "nonsense Karras");
}

TEST(Names, ThatAreUnknownAreAnsweredWithTheNearest) {
    const auto sampler = message_of([] { find_sampler("Eulr a"); });
    EXPECT_NE(sampler.find("sampler: \"Eulr a\""), std::string::npos) << sampler;
    EXPECT_NE(sampler.find("Euler a"), std::string::npos) << sampler;
    const auto schedule = message_of([] { find_schedule("karas"); });
    EXPECT_NE(schedule.find("schedule: \"karas\""), std::string::npos) << schedule;
    EXPECT_NE(schedule.find("Karras"), std::string::npos) << schedule;
}

TEST(Names, OfAnyLengthAreRefusedShortly) {
    const auto message = message_of([] { find_sampler(std::string(1 << 20, 'x')); });
    EXPECT_LT(message.size(), 300u);
}

TEST(Names, AutomaticIsTheSamplersOwnSchedule) {
    EXPECT_EQ(schedule_for(find_sampler("DPM++ 2M"), "Automatic").name, "Karras");
    EXPECT_EQ(schedule_for(find_sampler("Euler"), "automatic").name, "Uniform");
    EXPECT_EQ(schedule_for(find_sampler("Euler"), "Beta").name, "Beta");
}

}  // namespace
}  // namespace diffusion::sampling
