#include "app/studio/memory_settings.h"

#include "app/codec/text.h"

#include <algorithm>

namespace studio {

void addMemorySettings(diffusion::EngineOptions& options, const settings::Values& values) {
    options.memory = codec::toUtf8(values.memory);
    options.precision = codec::toUtf8(values.precision);
    options.memory_limit = std::int64_t{std::max(values.memoryLimit, 0)} << 20;
}

}  // namespace studio
