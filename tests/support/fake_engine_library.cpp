// The fake engine behind the same symbol as the real one, for tests that run the real program.

#include "tests/support/fake_engine.h"

extern "C" diffusion::Engine* atelier_create_engine(const diffusion::EngineOptions&) {
    return new test_support::FakeEngine(test_support::script_from_environment());
}
