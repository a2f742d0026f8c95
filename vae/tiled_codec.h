#pragma once

// An autoencoder that takes a picture tile by tile, so that its memory does not grow with the picture.
// Tiles overlap; in the overlap one fades into the next, and the outermost quarter of it, where a tile
// knows too little of its surroundings, does not count. Networks that normalise over the whole map
// (GroupNorm) see each tile's own statistics: their results differ a little from those in one piece.

#include "vae/latent_codec.h"

namespace vae {

class TiledCodec : public LatentCodec {
public:
    /// tile: latent pixels of a side, at least 4; a quarter of it overlaps, and no less than 8 of them
    /// unless that were more than half.
    TiledCodec(std::shared_ptr<LatentCodec> whole, int64_t tile);

    const LatentSpace& space() const override { return whole_->space(); }
    Moments encode(const torch::Tensor& pixels) override;
    torch::Tensor decode(const torch::Tensor& latent) override;
    torch::Tensor preview(const torch::Tensor& latent) override { return whole_->preview(latent); }

    /// The same tiles of another autoencoder.
    std::shared_ptr<TiledCodec> around(std::shared_ptr<LatentCodec> other) const;

private:
    std::shared_ptr<LatentCodec> whole_;
    int64_t tile_;
};

/// One side cut into tiles: where each begins, and how much each of its positions counts; the weights
/// of all tiles at one position have the sum 1.
struct TileRow {
    std::vector<int64_t> begins;
    std::vector<torch::Tensor> weights;  ///< [tile], float32
    int64_t tile = 0;
};

/// size and tile in latent pixels; scale: positions of a latent pixel that the weights are for.
TileRow tile_row(int64_t size, int64_t tile, int64_t scale);

}  // namespace vae
