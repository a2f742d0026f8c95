// A file of any kind as far as its headers go: what it is, its keys renamed, the sizes of its networks.

#include "diffusion/checkpoint/infer_config.h"
#include "diffusion/checkpoint/key_map.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/checkpoint/other_families.h"
#include "diffusion/checkpoint/scaled_weights.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace diffusion::checkpoint;

void infer_parts(MappedFileTensors& mapped, ModelFamily family) {
    const OpenOptions options;
    const auto attempt = [&](Part part, auto&& infer) {
        if (!mapped[part].tensors.empty()) fuzz::expect_errors_only([&] { infer(mapped[part]); });
    };
    attempt(Part::unet, [&](const auto& table) { infer_unet_config(table, family, options, "fuzz"); });
    attempt(Part::vae, [&](const auto& table) {
        factor_of(infer_codec_config(table, family, options, "fuzz"));
    });
    attempt(Part::text_encoder, [&](const auto& table) {
        infer_text_config(table, family == ModelFamily::sd2, {}, "fuzz");
    });
    attempt(Part::text_encoder_2,
            [&](const auto& table) { infer_text_config(table, true, {}, "fuzz"); });
    attempt(Part::control, [&](const auto& table) {
        infer_control_config(table, family, options, "fuzz");
    });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::expect_errors_only([&] {
        auto table = read_table(fuzz::file_of(data, size));
        join_scales(table, "fuzz");
        other_kind(table);
        auto mapped = map_keys(table);
        for (const auto& part : mapped.parts) fuzz::touch(part);
        auto family = ModelFamily::sd1;
        fuzz::expect_errors_only([&] {
            family = infer_family(mapped[Part::unet], mapped[Part::text_encoder],
                                  mapped[Part::text_encoder_2], "fuzz");
        });
        infer_parts(mapped, family);
    });
    return 0;
}
