#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <sys/wait.h>

namespace {

namespace fs = std::filesystem;

struct Outcome {
    int code = -1;
    std::string text;

    int sentences() const { return static_cast<int>(std::count(text.begin(), text.end(), '\n')); }
};

/// packaging/deps with an empty cache folder of its own, and with `pip` in the place of Python's.
class SetUp : public testing::Test {
protected:
    SetUp() {
        std::string name = (fs::temp_directory_path() / "atelier-set-up-XXXXXX").string();
        folder_ = mkdtemp(name.data());
    }

    ~SetUp() override { fs::remove_all(folder_); }

    void pretend_pip(const std::string& script) const {
        fs::create_directories(folder_ / "bin");
        const auto python = folder_ / "bin" / "python3";
        std::ofstream(python) << "#!/bin/bash\n[[ \"$*\" != *--version ]] || exit 0\n" << script;
        fs::permissions(python, fs::perms::owner_all);
    }

    Outcome run(const std::string& arguments, const std::string& environment = "") const {
        const std::string command = "env -u LIBTORCH_ROOT -u CXX XDG_CACHE_HOME='" +
                                    (folder_ / "cache").string() + "' PATH='" +
                                    (folder_ / "bin").string() + "':\"$PATH\" " + environment +
                                    " '" ATELIER_SOURCE_DIR "/packaging/deps' --no-packages " +
                                    arguments + " 2>&1 </dev/null";
        Outcome outcome;
        FILE* pipe = popen(command.c_str(), "r");
        if (pipe == nullptr) return outcome;
        std::array<char, 512> block{};
        while (const size_t count = fread(block.data(), 1, block.size(), pipe)) {
            outcome.text.append(block.data(), count);
        }
        outcome.code = WEXITSTATUS(pclose(pipe));
        return outcome;
    }

    fs::path folder_;
};

}  // namespace

TEST_F(SetUp, RefusesAnArgumentItDoesNotKnow) {
    const auto outcome = run("--cdua");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("'--cdua'"), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.sentences(), 1) << outcome.text;
}

TEST_F(SetUp, NamesTheFolderThatHoldsNoLibTorch) {
    const auto outcome = run("-DLIBTORCH_ROOT=/nowhere/at/all");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("/nowhere/at/all"), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.sentences(), 1) << outcome.text;
}

TEST_F(SetUp, NamesACompilerThatIsNotThere) {
    const auto outcome = run("", "CXX=no-such-compiler");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("'no-such-compiler'"), std::string::npos) << outcome.text;
    EXPECT_EQ(outcome.sentences(), 1) << outcome.text;
}

TEST_F(SetUp, NamesACompilerThatIsTooOld) {
    fs::create_directories(folder_ / "bin");
    std::ofstream(folder_ / "bin" / "g++-9") << "#!/bin/bash\necho 9.4.0\n";
    fs::permissions(folder_ / "bin" / "g++-9", fs::perms::owner_all);
    const auto outcome = run("", "CXX=g++-9");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("g++ 12 or later is needed, 'g++-9' is version 9.4.0"),
              std::string::npos)
        << outcome.text;
}

TEST_F(SetUp, NamesACacheFolderThatCannotBeMade) {
    std::ofstream(folder_ / "cache") << "a file";
    const auto outcome = run("");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find((folder_ / "cache").string()), std::string::npos) << outcome.text;
}

TEST_F(SetUp, SaysThatTheNetworkDidNotAnswer) {
    pretend_pip("echo 'Failed to establish a new connection: name resolution' >&2; exit 1\n");
    const auto outcome = run("");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("the network did not answer"), std::string::npos) << outcome.text;
}

TEST_F(SetUp, DeletesAFileWhoseSumIsNotThePinnedOne) {
    pretend_pip(
        "cd \"$XDG_CACHE_HOME/atelier/wheels\"; echo forged >clip_anytorch-2.6.0-none.whl\n");
    const auto outcome = run("");
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("does not have the sum"), std::string::npos) << outcome.text;
    EXPECT_TRUE(fs::is_empty(folder_ / "cache/atelier/wheels"));
}
