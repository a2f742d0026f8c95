#pragma once

#include "diffusion/engine.h"
#include "diffusion/request.h"

#include <QString>

#include <functional>

namespace test_support {

/// Every field differs from its default; texts hold commas, colons, quotes and Korean.
diffusion::GenerationRequest unusual_request();

/// A finished picture of the fake engine.
diffusion::Result fake_result(const diffusion::GenerationRequest& request);

/// Runs the event loop until the condition holds; false after ten seconds.
bool wait_until(const std::function<bool()>& condition);

}  // namespace test_support
