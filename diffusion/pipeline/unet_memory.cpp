#include <algorithm>
#include <utility>
#include <vector>

#include "diffusion/pipeline/layer_memory_impl.h"

namespace diffusion::pipeline {

namespace {

struct Grid {
    std::int64_t height = 0;
    std::int64_t width = 0;
    std::int64_t positions() const { return height * width; }
};

/// The way of unet::UNetImpl::forward.
class UNetWalk {
public:
    UNetWalk(const unet::UNetConfig& config, const Workload& work) : config_(config), layers_(work) {
        grids_.push_back({work.height, work.width});
        while (grids_.size() < config.block_out_channels.size())
            grids_.push_back({(grids_.back().height + 1) / 2, (grids_.back().width + 1) / 2});
    }

    std::int64_t peak() {
        const auto base = config_.block_out_channels.front();
        const auto positions = grids_.front().positions();
        skips_.push_back(layers_.layer(config_.in_channels, base, 3, positions));
        for (size_t i = 0; i < grids_.size(); ++i) way_down(i);
        auto x = middle();
        for (size_t i = grids_.size(); i-- > 0;) {
            // The first map of a level is held until its last is there.
            auto next = way_up(i);
            x = std::move(next);
        }
        const auto normed = layers_.tensor(base, positions);
        layers_.layer(base, config_.out_channels, 3, positions);
        return layers_.tally().peak();
    }

private:
    void way_down(size_t level) {
        const auto out = config_.block_out_channels[level];
        auto in = level == 0 ? out : config_.block_out_channels[level - 1];
        for (const auto depth : config_.down_depth[level]) {
            skips_.push_back(blocks(in, level, depth));
            in = out;
        }
        if (level + 1 < grids_.size())
            skips_.push_back(layers_.layer(out, out, 3, grids_[level + 1].positions()));
    }

    Held middle() {
        const auto level = grids_.size() - 1;
        const auto channels = config_.block_out_channels.back();
        auto x = blocks(channels, level, std::max<std::int64_t>(config_.mid_depth, 0));
        if (config_.mid_depth < 0) return x;
        return layers_.resnet(channels, channels, grids_[level].positions());
    }

    Held way_up(size_t level) {
        const auto& channels = config_.block_out_channels;
        const auto out = channels[level];
        auto in = level + 1 < channels.size() ? channels[level + 1] : out;
        Held x;
        for (size_t i = 0; i < config_.up_depth[level].size(); ++i) {
            const bool is_last = i + 1 == config_.up_depth[level].size();
            const auto skip = is_last ? channels[level == 0 ? 0 : level - 1] : out;
            const auto joined = layers_.tensor(in + skip, grids_[level].positions());
            x = blocks(in + skip, level, config_.up_depth[level][i]);
            skips_.pop_back();
            in = out;
        }
        if (level == 0) return x;
        const auto positions = grids_[level - 1].positions();
        const auto enlarged = layers_.tensor(out, positions);
        return layers_.layer(out, out, 3, positions);
    }

    /// A residual block and the transformer behind it.
    Held blocks(std::int64_t in, size_t level, std::int64_t depth) {
        auto h = layers_.resnet(in, config_.block_out_channels[level], grids_[level].positions());
        return depth > 0 ? transformer(level, depth) : std::move(h);
    }

    /// The caller holds what the residual block made.
    Held transformer(size_t level, std::int64_t depth) {
        const auto width = config_.block_out_channels[level];
        const auto positions = grids_[level].positions();
        const auto normed = layers_.tensor(width, positions);
        auto tokens = layers_.layer(width, width, 1, positions);
        for (std::int64_t i = 0; i < depth; ++i) tokens = block(width, positions);
        const auto projected = layers_.layer(width, width, 1, positions);
        return layers_.tensor(width, positions);
    }

    /// unet::TransformerBlock; the caller holds its tokens.
    Held block(std::int64_t width, std::int64_t positions) {
        const auto slice = layers_.work().slice;
        const bool is_sliced = slice > 0 && slice < positions;
        const auto rows = is_sliced ? slice : positions;
        auto normed = layers_.tensor(width, positions);
        auto x = self_attention(width, positions, rows, is_sliced);
        if (is_sliced) normed.release();
        x = cross_attention(width, positions, rows, is_sliced);
        const auto normed_x = layers_.tensor(width, rows);
        auto result = is_sliced ? layers_.tensor(width, positions) : Held();
        {
            auto gate = layers_.layer(width, 4 * width, 1, rows);
            const auto gated = layers_.layer(width, 4 * width, 1, rows);
            gate.release();
            auto sum = layers_.layer(4 * width, width, 1, rows);
            if (!is_sliced) result = std::move(sum);
        }
        return result;
    }

    Held self_attention(std::int64_t width, std::int64_t positions, std::int64_t rows, bool is_sliced) {
        auto k = layers_.layer(width, width, 1, positions);
        auto v = layers_.layer(width, width, 1, positions);
        auto result = is_sliced ? layers_.tensor(width, positions) : Held();
        auto q = layers_.layer(width, width, 1, rows);
        const auto attended = layers_.tensor(width, rows);
        if (!is_sliced) {
            q.release();
            k.release();
            v.release();
        }
        auto out = layers_.layer(width, width, 1, rows);
        return is_sliced ? std::move(result) : std::move(out);
    }

    Held cross_attention(std::int64_t width, std::int64_t positions, std::int64_t rows, bool is_sliced) {
        const auto normed = layers_.tensor(width, positions);
        auto k = layers_.layer(config_.cross_attention_dim, width, 1, layers_.work().tokens);
        auto v = layers_.layer(config_.cross_attention_dim, width, 1, layers_.work().tokens);
        auto result = is_sliced ? layers_.tensor(width, positions) : Held();
        auto q = layers_.layer(width, width, 1, rows);
        const auto attended = layers_.tensor(width, rows);
        if (!is_sliced) q.release();
        auto out = layers_.layer(width, width, 1, rows);
        return is_sliced ? std::move(result) : std::move(out);
    }

    const unet::UNetConfig& config_;
    LayerMemory layers_;
    std::vector<Grid> grids_;
    std::vector<Held> skips_;
};

}  // namespace

std::int64_t unet_memory(const unet::UNetConfig& config, const Workload& work) {
    return UNetWalk(config, work).peak();
}

}  // namespace diffusion::pipeline
