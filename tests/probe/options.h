#pragma once

// What every kind of the probe knows, those that know Qt included: free of torch.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace probe {

struct Options {
    std::filesystem::path in;
    std::filesystem::path out;
    std::string case_name;  ///< empty: all
    int threads = 0;
    std::string device = "cpu";

    bool wants(const std::string& name) const { return case_name.empty() || case_name == name; }
};

struct Counts {
    int computed = 0;
    int unsupported = 0;
    int failed = 0;
};

/// in/relative; throws diffusion::Error if it is not there.
nlohmann::ordered_json read_json(const Options& options, const std::string& relative);
/// out/relative, folders made; numbers with 17 digits, non-finite ones as "nan", "inf", "-inf".
void write_json(const Options& options, const std::string& relative,
                const nlohmann::ordered_json& document);
/// "nan", "inf", "-inf" or the number.
nlohmann::ordered_json number(double value);
/// {"kind": ..., "message": ...} of the exception being handled. Call inside catch (...).
nlohmann::ordered_json current_error();

Counts run_metadata(const Options&);

}  // namespace probe
