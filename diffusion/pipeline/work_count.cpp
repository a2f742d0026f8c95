#include "diffusion/pipeline/work_count.h"

#include <algorithm>
#include <type_traits>

namespace diffusion::pipeline {

namespace {

double conv(std::int64_t in, std::int64_t out, std::int64_t kernel, double positions) {
    return 2.0 * static_cast<double>(in * out * kernel * kernel) * positions;
}

double linear(std::int64_t in, std::int64_t out, double rows) {
    return 2.0 * static_cast<double>(in * out) * rows;
}

/// Both products, for all heads together.
double attention(double queries, double keys, std::int64_t width) {
    return 4.0 * queries * keys * static_cast<double>(width);
}

double resnet(std::int64_t in, std::int64_t out, std::int64_t time, double positions) {
    return conv(in, out, 3, positions) + conv(out, out, 3, positions) + linear(time, out, 1) +
           (in == out ? 0 : conv(in, out, 1, positions));
}

double transformer(const unet::UNetConfig& c, std::int64_t width, std::int64_t depth,
                   double positions, double tokens) {
    const double self = 4 * linear(width, width, positions) + attention(positions, positions, width);
    const double cross = 2 * linear(width, width, positions) +
                         2 * linear(c.cross_attention_dim, width, tokens) +
                         attention(positions, tokens, width);
    const double feed_forward =
        linear(width, 8 * width, positions) + linear(4 * width, width, positions);
    const double projections = depth > 0 ? 2 * linear(width, width, positions) : 0;
    return projections + static_cast<double>(depth) * (self + cross + feed_forward);
}

/// The way down and up of one level, without what joins it to its neighbours.
struct Level {
    std::int64_t height, width;
    double positions() const { return static_cast<double>(height * width); }
};

double way_down(const unet::UNetConfig& c, size_t i, const Level& at, const Level& below,
                double tokens) {
    double sum = 0;
    auto in = i == 0 ? c.block_out_channels[0] : c.block_out_channels[i - 1];
    const auto out = c.block_out_channels[i];
    for (const auto depth : c.down_depth[i]) {
        sum += resnet(in, out, c.time_embed_dim(), at.positions()) +
               transformer(c, out, depth, at.positions(), tokens);
        in = out;
    }
    if (i + 1 < c.block_out_channels.size()) sum += conv(out, out, 3, below.positions());
    return sum;
}

double way_up(const unet::UNetConfig& c, size_t i, const Level& at, const Level& above,
              double tokens) {
    const auto& channels = c.block_out_channels;
    const auto out = channels[i];
    double sum = 0;
    for (size_t j = 0; j < c.up_depth[i].size(); ++j) {
        const auto from = j == 0 && i + 1 < channels.size() ? channels[i + 1] : out;
        const auto skip = j + 1 == c.up_depth[i].size() ? channels[i == 0 ? 0 : i - 1] : out;
        sum += resnet(from + skip, out, c.time_embed_dim(), at.positions()) +
               transformer(c, out, c.up_depth[i][j], at.positions(), tokens);
    }
    if (i > 0) sum += conv(out, out, 3, above.positions());
    return sum;
}

double convolutional_decoder(const vae::AutoencoderConfig& c, std::int64_t height, std::int64_t width) {
    auto positions = static_cast<double>(height * width);
    const auto last = c.block_out_channels.back();
    double sum = conv(c.latent_channels, last, 3, positions) + 2 * resnet(last, last, 0, positions);
    if (c.has_mid_attention) {
        sum += 4 * linear(last, last, positions) + attention(positions, positions, last);
    }
    for (size_t i = c.block_out_channels.size(); i-- > 0;) {
        auto in = i + 1 < c.block_out_channels.size() ? c.block_out_channels[i + 1] : last;
        const auto out = c.block_out_channels[i];
        for (std::int64_t j = 0; j <= c.layers_per_block; ++j) {
            sum += resnet(in, out, 0, positions);
            in = out;
        }
        if (i > 0) {
            positions *= 4;
            sum += conv(out, out, 3, positions);
        }
    }
    return sum + conv(c.block_out_channels.front(), c.out_channels, 3, positions);
}

double convolutional_encoder(const vae::AutoencoderConfig& c, std::int64_t height, std::int64_t width) {
    auto positions = static_cast<double>(height * width * c.factor() * c.factor());
    const auto& channels = c.block_out_channels;
    double sum = conv(c.in_channels, channels.front(), 3, positions);
    for (size_t i = 0; i < channels.size(); ++i) {
        auto in = i == 0 ? channels.front() : channels[i - 1];
        for (std::int64_t j = 0; j < c.layers_per_block; ++j) {
            sum += resnet(in, channels[i], 0, positions);
            in = channels[i];
        }
        if (i + 1 == channels.size()) break;
        positions /= 4;
        sum += conv(in, in, 3, positions);
    }
    const auto last = channels.back();
    sum += 2 * resnet(last, last, 0, positions);
    if (c.has_mid_attention) {
        sum += 4 * linear(last, last, positions) + attention(positions, positions, last);
    }
    return sum + conv(last, 2 * c.latent_channels, 3, positions);
}

/// blocks: per level, from the latent up.
double tiny(const vae::TinyConfig& c, std::int64_t width, std::vector<std::int64_t> blocks,
            std::int64_t latent_positions) {
    auto positions = static_cast<double>(latent_positions);
    double sum = conv(c.latent_channels, width, 3, positions);
    for (const auto count : blocks) {
        sum += static_cast<double>(3 * count + 1) * conv(width, width, 3, positions);
        positions *= 4;
    }
    return sum;
}

double patch(const vae::PatchConfig& c, std::int64_t width, std::int64_t blocks,
             std::int64_t latent_positions) {
    const auto side = c.factor / c.detail_factor;
    const auto code = c.in_channels * c.detail_factor * c.detail_factor;
    const auto positions = static_cast<double>(latent_positions * side * side);
    return linear(c.latent_channels, c.in_channels * c.factor * c.factor,
                  static_cast<double>(latent_positions)) +
           2 * conv(code, width, 3, positions) +
           static_cast<double>(2 * blocks) * conv(width, width, 3, positions);
}

}  // namespace

double unet_work(const unet::UNetConfig& c, std::int64_t height, std::int64_t width,
                  std::int64_t tokens, std::int64_t batch) {
    std::vector<Level> levels{{height, width}};
    for (size_t i = 1; i < c.block_out_channels.size(); ++i) {
        levels.push_back({(levels.back().height + 1) / 2, (levels.back().width + 1) / 2});
    }
    const auto text = static_cast<double>(tokens);
    const auto base = c.block_out_channels.front();
    const auto last = c.block_out_channels.back();
    double sum = conv(c.in_channels, base, 3, levels[0].positions()) +
                 conv(base, c.out_channels, 3, levels[0].positions()) +
                 linear(base, c.time_embed_dim(), 1) +
                 linear(c.time_embed_dim(), c.time_embed_dim(), 1);
    if (c.guidance_dim > 0) sum += linear(c.guidance_dim, base, 1);
    if (c.has_added_conditioning()) {
        sum += linear(c.add_input_dim, c.time_embed_dim(), 1) +
               linear(c.time_embed_dim(), c.time_embed_dim(), 1);
    }
    for (size_t i = 0; i < levels.size(); ++i) {
        sum += way_down(c, i, levels[i], levels[std::min(i + 1, levels.size() - 1)], text);
        sum += way_up(c, i, levels[i], levels[i == 0 ? 0 : i - 1], text);
    }
    const int mid_resnets = c.mid_depth < 0 ? 1 : 2;
    sum += mid_resnets * resnet(last, last, c.time_embed_dim(), levels.back().positions());
    if (c.mid_depth > 0) {
        sum += transformer(c, last, c.mid_depth, levels.back().positions(), text);
    }
    return sum * static_cast<double>(batch);
}

double decoder_work(const checkpoint::VaeConfig& config, std::int64_t height, std::int64_t width) {
    return std::visit(
        [&](const auto& c) {
            using Config = std::remove_cvref_t<decltype(c)>;
            if constexpr (std::is_same_v<Config, vae::AutoencoderConfig>)
                return convolutional_decoder(c, height, width);
            else if constexpr (std::is_same_v<Config, vae::TinyConfig>)
                return tiny(c, c.decoder_width, c.decoder_blocks, height * width);
            else
                return patch(c, c.detail_width, c.detail_blocks, height * width);
        },
        config);
}

double encoder_work(const checkpoint::VaeConfig& config, std::int64_t height, std::int64_t width) {
    return std::visit(
        [&](const auto& c) {
            using Config = std::remove_cvref_t<decltype(c)>;
            if constexpr (std::is_same_v<Config, vae::AutoencoderConfig>)
                return convolutional_encoder(c, height, width);
            else if constexpr (std::is_same_v<Config, vae::TinyConfig>)
                return tiny(c, c.encoder_width, {c.encoder_blocks.rbegin(), c.encoder_blocks.rend()},
                            height * width);
            else
                return patch(c, c.encoder_width, c.encoder_blocks, height * width);
        },
        config);
}

double text_work(const clip::TextEncoderConfig& c, std::int64_t tokens) {
    const auto rows = static_cast<double>(tokens);
    const double layer = 4 * linear(c.width, c.width, rows) + 2 * linear(c.width, c.mlp_width, rows) +
                         attention(rows, rows, c.width);
    return static_cast<double>(c.layers) * layer + linear(c.width, c.projection_dim, 1);
}

}  // namespace diffusion::pipeline
