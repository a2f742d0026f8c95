#include "vae/tiled_codec.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace vae {

namespace {

/// 0 ... 1 over an overlap of `length` positions; flat in the first and the last quarter.
torch::Tensor fade(int64_t length) {
    const auto middle = (torch::arange(length, torch::kFloat32) + 0.5) / static_cast<double>(length);
    return ((middle - 0.25) * 2).clamp(0, 1);
}

/// A quarter of a large tile; of a small one more, because what a position depends on is as wide as ever.
int64_t overlap_of(int64_t tile) { return std::max(tile / 4, std::min<int64_t>(tile / 2, 8)); }

using Work = std::function<torch::Tensor(int64_t top, int64_t left)>;

/// Adds the tiles up; work gives the one that begins there, in latent pixels, with `scale` positions for
/// each of them.
torch::Tensor blended(const TileRow& rows, const TileRow& columns, int64_t scale, const Work& work) {
    torch::Tensor sum;
    for (size_t i = 0; i < rows.begins.size(); ++i) {
        for (size_t j = 0; j < columns.begins.size(); ++j) {
            const auto tile = work(rows.begins[i], columns.begins[j]);
            if (!sum.defined()) {
                sum = torch::zeros({tile.size(0), tile.size(1), (rows.begins.back() + rows.tile) * scale,
                                    (columns.begins.back() + columns.tile) * scale},
                                   tile.options());
            }
            const auto weight = (rows.weights[i].unsqueeze(1) * columns.weights[j]).to(tile.options());
            const auto top = rows.begins[i] * scale, left = columns.begins[j] * scale;
            sum.slice(2, top, top + tile.size(2)).slice(3, left, left + tile.size(3)).addcmul_(tile, weight);
        }
    }
    return sum;
}

}  // namespace

TileRow tile_row(int64_t size, int64_t tile, int64_t scale) {
    TileRow row;
    row.tile = std::min(size, tile);
    const auto step = std::max<int64_t>(tile - overlap_of(tile), 1);
    const auto count = size <= tile ? 1 : (size - tile + step - 1) / step + 1;
    for (int64_t i = 0; i < count; ++i)
        row.begins.push_back(count == 1 ? 0 : i * (size - row.tile) / (count - 1));
    for (int64_t i = 0; i < count; ++i)
        row.weights.push_back(torch::ones({row.tile * scale}));
    for (size_t i = 1; i < row.begins.size(); ++i) {
        const auto overlap = (row.begins[i - 1] + row.tile - row.begins[i]) * scale;
        const auto rising = fade(overlap);
        row.weights[i].slice(0, 0, overlap).mul_(rising);
        row.weights[i - 1].slice(0, row.tile * scale - overlap).mul_(1 - rising);
    }
    // Where the overlaps are wide, three tiles may meet.
    auto sum = torch::zeros({size * scale});
    for (size_t i = 0; i < row.begins.size(); ++i)
        sum.slice(0, row.begins[i] * scale, (row.begins[i] + row.tile) * scale).add_(row.weights[i]);
    for (size_t i = 0; i < row.begins.size(); ++i)
        row.weights[i].div_(sum.slice(0, row.begins[i] * scale, (row.begins[i] + row.tile) * scale));
    return row;
}

TiledCodec::TiledCodec(std::shared_ptr<LatentCodec> whole, int64_t tile)
    : whole_(register_module("whole", std::move(whole))), tile_(tile) {
    TORCH_CHECK(tile >= 4, "TiledCodec: tiles of ", tile, " latent pixels");
}

torch::Tensor TiledCodec::decode(const torch::Tensor& latent) {
    const auto height = latent.size(2), width = latent.size(3);
    if (height <= tile_ && width <= tile_) return whole_->decode(latent);
    const auto scale = space().factor;
    const auto rows = tile_row(height, tile_, scale);
    const auto columns = tile_row(width, tile_, scale);
    return blended(rows, columns, scale, [&](int64_t top, int64_t left) {
        return whole_->decode(
            latent.slice(2, top, top + rows.tile).slice(3, left, left + columns.tile).contiguous());
    });
}

Moments TiledCodec::encode(const torch::Tensor& pixels) {
    const auto scale = space().factor;
    const auto height = pixels.size(2) / scale, width = pixels.size(3) / scale;
    if (height <= tile_ && width <= tile_) return whole_->encode(pixels);
    const auto rows = tile_row(height, tile_, 1);
    const auto columns = tile_row(width, tile_, 1);
    const auto both = blended(rows, columns, 1, [&](int64_t top, int64_t left) {
        const auto moments = whole_->encode(pixels.slice(2, top * scale, (top + rows.tile) * scale)
                                                .slice(3, left * scale, (left + columns.tile) * scale)
                                                .contiguous());
        return torch::cat({moments.mean, moments.logvar}, 1);
    });
    const auto halves = both.chunk(2, 1);
    return {halves[0], halves[1]};
}

std::shared_ptr<TiledCodec> TiledCodec::around(std::shared_ptr<LatentCodec> other) const {
    return std::make_shared<TiledCodec>(std::move(other), tile_);
}

}  // namespace vae
