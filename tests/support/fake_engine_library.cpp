// The fake engine behind the same symbol as the real one, for tests that run the real program.

#include "tests/support/fake_engine.h"

extern "C" diffusion::Engine* atelier_create_engine(const diffusion::EngineOptions& options) {
    auto script = test_support::script_from_environment();
    script.memory_limit = options.memory_limit;
    return new test_support::FakeEngine(script);
}
