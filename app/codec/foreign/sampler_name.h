#pragma once

#include "app/codec/foreign/translation.h"

#include <QString>

#include <optional>

namespace codec::foreign {

struct SamplerName {
    QString sampler;
    QString schedule;  ///< empty: the name says nothing of it
};

/// By name or alias, whatever its case, with what other programs hang on their names: "DPM++ 2M
/// Karras", "dpmpp_2m_k", "euler_a".
std::optional<SamplerName> findSampler(const QString& name, const Vocabulary& vocabulary);

std::optional<QString> findSchedule(const QString& name, const Vocabulary& vocabulary);

}  // namespace codec::foreign
