#pragma once

#include <nlohmann/json.hpp>

#include <QString>

namespace codec::foreign {

struct LoraTags {
    QString tags;          ///< "<lora:ink:1:0.8><lora:wash:0.5>"
    bool isWhole = false;  ///< every entry became one
};

/// A list of {"name", "weight"} or {"name", "model", "clip"} as the tags of a prompt. Names lose their
/// folder and suffix, as A1111 knows them.
LoraTags loraTags(const nlohmann::json& loras);

}  // namespace codec::foreign
