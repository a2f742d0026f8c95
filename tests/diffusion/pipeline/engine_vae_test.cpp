// The request's choice of an autoencoder, through the door.

#include <gtest/gtest.h>

#include <memory>

#include "diffusion/engine.h"
#include "diffusion/error.h"

namespace diffusion {
namespace {

const std::string resources = std::string(ATELIER_BINARY_DIR) + "/share/atelier";

std::unique_ptr<Engine> make_engine() {
    EngineOptions options;
    options.resource_folder = resources;
    options.threads = 1;
    options.device = "cpu";
    return std::unique_ptr<Engine>(atelier_create_engine(options));
}

GenerationRequest request() {
    GenerationRequest r;
    r.prompt = "red apple";
    r.seed = 5;
    r.steps = 1;
    r.sampler = "Euler";
    return r;
}

TEST(EngineVae, TheModelsOwnChosenByNameMakesTheSamePicture) {
    const auto engine = make_engine();
    const auto own = engine->generate(request(), {}, {}, {}).images.at(0);
    auto named = request();
    named.vae = resources + "/model/vae";
    const auto same = engine->generate(named, {}, {}, {}).images.at(0);
    EXPECT_EQ(own.image, same.image);
    EXPECT_EQ(same.request.vae, named.vae) << "the picture knows what it was decoded by";
}

TEST(EngineVae, WhatDoesNotFitIsABadRequestThatNamesTheField) {
    const auto engine = make_engine();
    auto wrong = request();
    wrong.vae = std::string(ATELIER_TEST_DATA) + "/decoders/taesd_decoder.safetensors";
    try {
        engine->generate(wrong, {}, {}, {});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_request);
        EXPECT_EQ(std::string(error.what()).rfind("vae: ", 0), 0u) << error.what();
    }
}

}  // namespace
}  // namespace diffusion
