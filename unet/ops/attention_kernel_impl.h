#pragma once

// Flash attention (Dao et al. 2022) on one core: blocks of keys under a running maximum.
//
// Queries lie along the vector lanes. Scores are kept as [key][query] and sums as [channel][query], so
// maximum, exponential, sum and rescaling never cross lanes, and keys and values are read number by
// number as they lie. Both products are the same tile: five rows by as many vectors as fit.

#include <algorithm>
#include <cstdint>
#include <limits>

#include "unet/ops/vector_math_impl.h"

// Inlined into one function per instruction set, and so compiled for that set.
#define ATELIER_INLINE [[gnu::always_inline]] static inline

namespace unet::ops {

/// A tensor [B, length, heads * d]: strides in numbers, channels side by side.
struct AttentionRows {
    const float* data;
    int64_t batch, row;
};

struct AttentionProblem {
    AttentionRows q, k, v;
    float* out;  ///< [B, queries, heads * d], contiguous
    int64_t heads, queries, keys, d;
    int64_t task_queries;  ///< most queries of a task, a multiple of query_block
    float scale;           ///< log2(e) / sqrt(d): weights are powers of two
};

/// Attention of the queries from `query` on.
struct AttentionTask {
    int64_t batch, head, query;
};

constexpr int64_t query_block = 64;
constexpr int64_t key_block = 120;
constexpr int64_t tile_rows = 5;  // divides 40, 80, 160 and key_block; 5 x 4 sums fit in 32 registers
constexpr int64_t longest_chain = 40;  // of float sums; halves the error at 80 channels, costs 2 %

constexpr int64_t round_up(int64_t n, int64_t unit) { return (n + unit - 1) / unit * unit; }

/// Where a thread keeps its blocks, each on a cache line. `wide` is d rounded up to whole tiles.
struct AttentionScratch {
    float* queries;  ///< per query block [d][query_block], scaled
    float* sums;     ///< per query block [wide][query_block]: values times weights
    float* maximum;  ///< [task_queries] of the scores so far
    float* total;    ///< [task_queries] of the weights so far
    float* scores;   ///< [key_block][query_block], then the weights
    float* keys;     ///< [key_block][d]
    float* values;   ///< [key_block][wide]
    float* factor;   ///< [max(query_block, d)]

    static int64_t size(const AttentionProblem& problem) {
        AttentionScratch layout;
        return layout.lay_out(problem, nullptr);
    }

    AttentionScratch(const AttentionProblem& problem, float* room) { lay_out(problem, room); }

private:
    AttentionScratch() = default;

    int64_t lay_out(const AttentionProblem& problem, float* room) {
        int64_t used = 0;
        const auto take = [&used, room](int64_t count) {
            const auto at = used;
            used += round_up(count, 16);
            return room ? room + at : nullptr;
        };
        const auto wide = round_up(problem.d, tile_rows);
        queries = take(problem.task_queries * problem.d);
        sums = take(problem.task_queries * wide);
        maximum = take(problem.task_queries);
        total = take(problem.task_queries);
        scores = take(key_block * query_block);
        keys = take(key_block * problem.d);
        values = take(key_block * wide);
        factor = take(std::max(query_block, problem.d));
        return used;
    }
};

/// One instruction set: numbers in a vector, and how many vectors wide a tile is.
template <int Lanes, int Columns>
struct AttentionKernel {
    using Vector = typename Vectors<Lanes>::Floats;
    using Four = Vectors<4>::Floats;

    static constexpr int64_t tile_width = Lanes * Columns;

    struct Tile {
        Vector sum[tile_rows][Columns];
    };

    /// Rows of numbers, `row` apart.
    struct From {
        const float* data;
        int64_t row;
    };
    struct To {
        float* data;
        int64_t row;
    };

    /// What score, weigh and gather work on: keys of a key block by queries of a query block.
    struct Extent {
        int64_t keys, queries, d, wide;
    };

    ATELIER_INLINE Vector& at(float* x) { return *reinterpret_cast<Vector*>(x); }
    ATELIER_INLINE const Vector& at(const float* x) { return *reinterpret_cast<const Vector*>(x); }

    /// Four rows of four: to[column][row] = from[row][column] * factor[column].
    ATELIER_INLINE void transpose_four(const From& from, const float* factor, const To& to) {
        const auto row = [&from](int64_t i) -> const Four& {
            return *reinterpret_cast<const Four*>(from.data + i * from.row);
        };
        const auto column = [&to](int64_t i) -> Four& { return *reinterpret_cast<Four*>(to.data + i * to.row); };
        const Four& f = *reinterpret_cast<const Four*>(factor);
        const Four a = row(0) * f, b = row(1) * f, c = row(2) * f, d = row(3) * f;
        const Four ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
        const Four ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
        const Four cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
        const Four cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
        column(0) = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
        column(1) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
        column(2) = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
        column(3) = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
    }

    ATELIER_INLINE void transpose_strip(const From& from, int64_t rows, int64_t columns, const float* factor,
                                        const To& to) {
        for (int64_t r = 0; r < rows; r += 4) {
            for (int64_t c = 0; c < columns; c += 4) {
                const From in{from.data + r * from.row + c, from.row};
                const To out{to.data + c * to.row + r, to.row};
                const auto high = std::min<int64_t>(4, rows - r), across = std::min<int64_t>(4, columns - c);
                if (high == 4 && across == 4) {
                    transpose_four(in, factor + c, out);
                    continue;
                }
                for (int64_t i = 0; i < high; ++i) {
                    for (int64_t j = 0; j < across; ++j) {
                        out.data[j * to.row + i] = in.data[i * from.row + j] * factor[c + j];
                    }
                }
            }
        }
    }

    ATELIER_INLINE void transpose(const From& from, int64_t rows, int64_t columns, const float* factor,
                                  const To& to) {
        constexpr int64_t strip = 16;  // so few that the lines written stay in the nearest cache
        for (int64_t c = 0; c < columns; c += strip) {
            transpose_strip({from.data + c, from.row}, rows, std::min(strip, columns - c), factor + c,
                            {to.data + c * to.row, to.row});
        }
    }

    /// tile[m] = sum over i < depth of a[m * a.row + i * a_step] * b[i], rows of b query_block long.
    ATELIER_INLINE void multiply(const From& a, int64_t a_step, const float* b, int64_t depth, Tile& tile) {
        Vector sum[tile_rows][Columns] = {};
        for (int64_t i = 0; i < depth; ++i) {
            Vector column[Columns];
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) column[n] = at(b + i * query_block + n * Lanes);
#pragma GCC unroll 8
            for (int m = 0; m < tile_rows; ++m) {
                const float x = a.data[m * a.row + i * a_step];
#pragma GCC unroll 8
                for (int n = 0; n < Columns; ++n) sum[m][n] += x * column[n];
            }
        }
#pragma GCC unroll 8
        for (int m = 0; m < tile_rows; ++m) {
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) tile.sum[m][n] = sum[m][n];
        }
    }

    /// to = to * factor + tile
    ATELIER_INLINE void add(const Tile& tile, const float* factor, float* to) {
#pragma GCC unroll 8
        for (int m = 0; m < tile_rows; ++m) {
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) {
                Vector& x = at(to + m * query_block + n * Lanes);
                x = (factor ? x * at(factor + n * Lanes) : x) + tile.sum[m][n];
            }
        }
    }

    ATELIER_INLINE void put(const Tile& tile, float* to) {
#pragma GCC unroll 8
        for (int m = 0; m < tile_rows; ++m) {
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) at(to + m * query_block + n * Lanes) = tile.sum[m][n];
        }
    }

    /// scores = keys queries. Long dot products are added up in parts: one chain of 512 float sums has
    /// twice the error of LibTorch's blocked products.
    ATELIER_INLINE void score(const Extent& extent, const float* keys, const float* queries, float* scores) {
        const auto d = extent.d;
        for (int64_t s = 0; s < extent.keys; s += tile_rows) {
            for (int64_t t = 0; t < extent.queries; t += tile_width) {
                float* to = scores + s * query_block + t;
                for (int64_t c = 0; c < d; c += longest_chain) {
                    Tile tile;
                    multiply({keys + s * d + c, d}, 1, queries + c * query_block + t, std::min(longest_chain, d - c),
                             tile);
                    c == 0 ? put(tile, to) : add(tile, nullptr, to);
                }
            }
        }
    }

    /// Scores of a tile's width become weights 2^(score - maximum). factor is by how much what was
    /// summed under the former maximum is to shrink.
    ATELIER_INLINE void weigh(int64_t keys, float* scores, float* maximum, float* total, float* factor) {
        Vector top[Columns], sum[Columns] = {};
        for (int n = 0; n < Columns; ++n) top[n] = at(maximum + n * Lanes);
        for (int64_t s = 0; s < keys; ++s) {
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) {
                const Vector& x = at(scores + s * query_block + n * Lanes);
                top[n] = x > top[n] ? x : top[n];
            }
        }
        for (int64_t s = 0; s < keys; ++s) {
#pragma GCC unroll 8
            for (int n = 0; n < Columns; ++n) {
                Vector weight = at(scores + s * query_block + n * Lanes) - top[n];
                fast_exp2<Lanes>(weight);
                at(scores + s * query_block + n * Lanes) = weight;
                sum[n] += weight;
            }
        }
        for (int n = 0; n < Columns; ++n) {
            Vector shrink = at(maximum + n * Lanes) - top[n];
            fast_exp2<Lanes>(shrink);
            at(factor + n * Lanes) = shrink;
            at(maximum + n * Lanes) = top[n];
            at(total + n * Lanes) = at(total + n * Lanes) * shrink + sum[n];
        }
    }

    /// sums = sums * factor + values^T weights
    ATELIER_INLINE void gather(const Extent& extent, const float* values, const float* weights, const float* factor,
                               float* sums) {
        for (int64_t c = 0; c < extent.wide; c += tile_rows) {
            for (int64_t t = 0; t < extent.queries; t += tile_width) {
                Tile tile;
                multiply({values + c, 1}, extent.wide, weights + t, extent.keys, tile);
                add(tile, factor + t, sums + c * query_block + t);
            }
        }
    }

    /// Copies rows of d side by side; what a tile reads beyond them is zero.
    ATELIER_INLINE void pack(const From& from, int64_t rows, int64_t d, const To& to) {
        for (int64_t r = 0; r < rows; ++r) {
            std::copy_n(from.data + r * from.row, d, to.data + r * to.row);
            std::fill_n(to.data + r * to.row + d, to.row - d, 0.0f);
        }
        std::fill_n(to.data + rows * to.row, (round_up(rows, tile_rows) - rows) * to.row, 0.0f);
    }

    ATELIER_INLINE void start(const AttentionProblem& p, const AttentionTask& task, int64_t count,
                              const AttentionScratch& own) {
        const auto room = round_up(count, query_block);
        std::fill_n(own.queries, room * p.d, 0.0f);
        std::fill_n(own.sums, room * round_up(p.d, tile_rows), 0.0f);
        std::fill_n(own.maximum, room, -std::numeric_limits<float>::infinity());
        std::fill_n(own.total, room, 0.0f);
        std::fill_n(own.factor, p.d, p.scale);
        const float* q = p.q.data + task.batch * p.q.batch + task.query * p.q.row + task.head * p.d;
        for (int64_t t = 0; t < count; t += query_block) {
            transpose({q + t * p.q.row, p.q.row}, std::min(query_block, count - t), p.d, own.factor,
                      {own.queries + t * p.d, query_block});
        }
    }

    ATELIER_INLINE void finish(const AttentionProblem& p, const AttentionTask& task, int64_t count,
                               const AttentionScratch& own) {
        const auto width = p.heads * p.d, wide = round_up(p.d, tile_rows);
        float* out = p.out + (task.batch * p.queries + task.query) * width + task.head * p.d;
        for (int64_t t = 0; t < count; t += query_block) {
            const auto queries = std::min(query_block, count - t);
            for (int64_t j = 0; j < queries; ++j) own.factor[j] = 1.0f / own.total[t + j];
            transpose({own.sums + t * wide, query_block}, p.d, queries, own.factor, {out + t * width, width});
        }
    }

    ATELIER_INLINE void run(const AttentionProblem& p, const AttentionTask& task, const AttentionScratch& own) {
        const auto d = p.d, wide = round_up(d, tile_rows);
        const auto count = std::min(p.task_queries, p.queries - task.query);
        const float* k = p.k.data + task.batch * p.k.batch + task.head * d;
        const float* v = p.v.data + task.batch * p.v.batch + task.head * d;
        start(p, task, count, own);
        for (int64_t s = 0; s < p.keys; s += key_block) {
            const auto keys = std::min(key_block, p.keys - s);
            pack({k + s * p.k.row, p.k.row}, keys, d, {own.keys, d});
            pack({v + s * p.v.row, p.v.row}, keys, d, {own.values, wide});
            for (int64_t t = 0; t < count; t += query_block) {
                const Extent extent{keys, std::min(query_block, count - t), d, wide};
                score(extent, own.keys, own.queries + t * d, own.scores);
                for (int64_t j = 0; j < extent.queries; j += tile_width) {
                    weigh(keys, own.scores + j, own.maximum + t + j, own.total + t + j, own.factor + j);
                }
                gather(extent, own.values, own.scores, own.factor, own.sums + t * wide);
            }
        }
        finish(p, task, count, own);
    }
};

}  // namespace unet::ops

#undef ATELIER_INLINE
