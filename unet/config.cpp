#include "unet/config.h"

namespace unet {

UNetConfig UNetConfig::sd1() { return {}; }

UNetConfig UNetConfig::sd2() {
    UNetConfig config;
    config.heads = {5, 10, 20, 20};
    config.cross_attention_dim = 1024;
    config.linear_projection = true;
    return config;
}

UNetConfig UNetConfig::sdxl() {
    UNetConfig config;
    config.block_out_channels = {320, 640, 1280};
    config.down_depth = {{0, 0}, {2, 2}, {10, 10}};
    config.up_depth = {{0, 0, 0}, {2, 2, 2}, {10, 10, 10}};
    config.mid_depth = 10;
    config.heads = {5, 10, 20};
    config.cross_attention_dim = 2048;
    config.linear_projection = true;
    config.add_time_dim = 256;
    config.add_input_dim = 2816;
    return config;
}

UNetConfig UNetConfig::sdxl_refiner() {
    UNetConfig config;
    config.block_out_channels = {384, 768, 1536, 1536};
    config.down_depth = {{0, 0}, {4, 4}, {4, 4}, {0, 0}};
    config.up_depth = {{0, 0, 0}, {4, 4, 4}, {4, 4, 4}, {0, 0, 0}};
    config.mid_depth = 4;
    config.heads = {6, 12, 24, 24};
    config.cross_attention_dim = 1280;
    config.linear_projection = true;
    config.add_time_dim = 256;
    config.add_input_dim = 2560;
    return config;
}

UNetConfig UNetConfig::with_in_channels(std::int64_t channels) const {
    UNetConfig config = *this;
    config.in_channels = channels;
    return config;
}

ControlNetConfig ControlNetConfig::sd1() {
    ControlNetConfig config;
    config.unet = UNetConfig::sd1();
    config.unet.up_depth.clear();
    return config;
}

ControlNetConfig ControlNetConfig::sdxl() {
    ControlNetConfig config;
    config.unet = UNetConfig::sdxl();
    config.unet.up_depth.clear();
    return config;
}

}  // namespace unet
