#include "app/cli/memory_flags.h"

#include "diffusion/error.h"

#include <cctype>
#include <charconv>
#include <cstdio>

namespace cli {
namespace {

/// Bytes of one K, M, G or T (with iB or B behind it, or alone); 0 for anything else.
double unitOf(std::string unit) {
    for (auto& c : unit) c = char(std::tolower(static_cast<unsigned char>(c)));
    if (unit.empty() || unit == "b") return 1;
    const auto power = std::string("kmgt").find(unit.front());
    const auto rest = unit.substr(1);
    if (power == std::string::npos || (!rest.empty() && rest != "b" && rest != "ib")) return 0;
    return double(std::int64_t{1} << (10 * (power + 1)));
}

}  // namespace

std::int64_t bytesOf(const std::string& text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    std::string unit(read.ptr, text.data() + text.size());
    while (!unit.empty() && unit.front() == ' ') unit.erase(0, 1);
    const auto bytes = read.ec == std::errc() ? number * unitOf(unit) : 0;
    if (!(bytes >= 1) || bytes > 1e18)
        throw diffusion::Error(diffusion::ErrorKind::bad_request,
                               "memory-limit: expected a size like 3G or 800M, found \"" + text + "\".");
    return std::int64_t(bytes);
}

std::string sizeText(std::int64_t bytes) {
    char text[32];
    const auto mebibytes = double(bytes) / (1 << 20);
    if (mebibytes < 1024)
        std::snprintf(text, sizeof text, "%.0f MiB", mebibytes);
    else
        std::snprintf(text, sizeof text, "%.1f GiB", mebibytes / 1024);
    return text;
}

MemoryFlags::MemoryFlags(CLI::App& parser) {
    parser.add_option("--memory", memory_, "auto, fast, or saving: weights stay in the file's type")
        ->type_name("MODE");
    parser.add_option("--memory-limit", limit_, "most that the program may take, for example 3G")
        ->type_name("SIZE");
    parser.add_option("--precision", precision_,
                      "auto, fp32, bf16 or fp16, or by part: unet=bf16,text=fp32,vae=fp32")
        ->type_name("LIST");
}

void MemoryFlags::apply(diffusion::EngineOptions& options) const {
    if (!memory_.empty()) options.memory = memory_;
    if (!limit_.empty()) options.memory_limit = bytesOf(limit_);
    if (!precision_.empty()) options.precision = precision_;
}

}  // namespace cli
