#include "diffusion/checkpoint/weight_copy_impl.h"

#include <ATen/Parallel.h>
#include <sys/mman.h>
#include <torch/utils.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "diffusion/checkpoint/state_dict.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::int64_t alignment = 64;
constexpr std::int64_t chunk_bytes = 512 << 10;  // of the result: both sides stay in the second cache
constexpr std::uintptr_t huge_page = std::uintptr_t{2} << 20;

std::int64_t bytes_of(const WeightCopy& copy) {
    return c10::multiply_integers(copy.sizes) *
           static_cast<std::int64_t>(torch::elementSize(copy.dtype));
}

std::int64_t aligned(std::int64_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// Memory for all copies, on small pages: in a virtual machine that gives free memory back to its host
/// large pages are those that the host has taken, and cost four times the whole load to get again.
torch::Tensor make_block(std::int64_t bytes) {
    auto block = torch::empty({bytes}, torch::kUInt8);
    const auto begin = reinterpret_cast<std::uintptr_t>(block.data_ptr());
    const auto first = (begin + huge_page - 1) / huge_page * huge_page;
    const auto last = (begin + static_cast<std::uintptr_t>(bytes)) / huge_page * huge_page;
    if (last > first) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_NOHUGEPAGE);
    return block;
}

void place(std::vector<WeightCopy>& copies) {
    std::int64_t total = 0;
    for (const auto& copy : copies) total += aligned(bytes_of(copy));
    const auto block = make_block(total);
    auto* at = block.data_ptr<std::uint8_t>();
    for (auto& copy : copies) {
        const auto options = torch::TensorOptions().dtype(copy.dtype);
        const auto& s = copy.sizes;
        const auto strides = copy.is_channels_last
                                 ? std::vector<int64_t>{s[1] * s[2] * s[3], 1, s[3] * s[1], s[1]}
                                 : contiguous_strides(s);
        copy.to = torch::from_blob(at, s, strides, [block](void*) {}, options);
        at += aligned(bytes_of(copy));
    }
}

/// Rows (of the first dimension) of one copy.
struct Piece {
    std::size_t copy;
    std::int64_t first;
    std::int64_t count;  ///< 0: all of it at once
};

/// Quantised blocks and scaled values are made as a whole: their rows are no runs of bytes.
bool is_plain(const WeightCopy& copy) {
    return !is_quantised(copy.from->type) && copy.from->scale == 1 && !copy.sizes.empty() &&
           copy.sizes.front() > 0;
}

std::vector<Piece> pieces_of(const std::vector<WeightCopy>& copies) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        if (!is_plain(copies[i])) {
            pieces.push_back({i, 0, 0});
            continue;
        }
        const auto rows = copies[i].sizes.front();
        const auto row = std::max<std::int64_t>(1, bytes_of(copies[i]) / rows);
        const auto count = std::max<std::int64_t>(1, chunk_bytes / row);
        for (std::int64_t first = 0; first < rows; first += count) {
            pieces.push_back({i, first, std::min(count, rows - first)});
        }
    }
    return pieces;
}

/// [rows, channels, positions] to [rows, positions, channels]: one stream in, as many out as there are
/// positions. A kernel's nine are a constant that the compiler knows.
template <typename Element, int Positions>
void turn(const Element* from, Element* to, std::int64_t rows, std::int64_t channels,
          std::int64_t positions) {
    const auto count = Positions > 0 ? Positions : positions;
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t channel = 0; channel < channels; ++channel) {
            for (std::int64_t k = 0; k < count; ++k) to[k * channels + channel] = from[k];
            from += count;
        }
        to += channels * count;
    }
}

template <typename Element>
void turn(const torch::Tensor& from, const torch::Tensor& to) {
    const auto positions = from.size(2) * from.size(3);
    const auto* in = static_cast<const Element*>(from.data_ptr());
    auto* out = static_cast<Element*>(to.data_ptr());
    const auto run = positions == 9 ? turn<Element, 9> : turn<Element, 0>;
    run(in, out, from.size(0), from.size(1), positions);
}

void copy_rows(const torch::Tensor& from, const torch::Tensor& to, bool is_channels_last) {
    if (!is_channels_last) {
        to.copy_(from);
        return;
    }
    const auto same_type = from.to(to.scalar_type()).contiguous();
    switch (to.element_size()) {
        case 4: return turn<std::uint32_t>(same_type, to);
        case 2: return turn<std::uint16_t>(same_type, to);
        default: to.copy_(same_type);
    }
}

/// The bytes behind these rows, where they are one run of a file.
std::span<const std::byte> bytes_behind(const WeightCopy& copy, const Piece& piece) {
    const auto& entry = *copy.from;
    if (!entry.file || piece.count == 0 || !entry.is_contiguous()) return {};
    const auto item = static_cast<std::size_t>(block_of(entry.type).bytes);
    const auto row = static_cast<std::size_t>(entry.element_count() / copy.sizes.front()) * item;
    const auto begin = static_cast<std::size_t>(entry.first) * item +
                       static_cast<std::size_t>(piece.first) * row;
    return entry.bytes.subspan(begin, static_cast<std::size_t>(piece.count) * row);
}

void make(WeightCopy& copy, const Piece& piece) {
    auto from = to_tensor(*copy.from).reshape(copy.sizes);
    if (piece.count == 0) {
        copy_rows(from, copy.to, copy.is_channels_last);
        if (copy.from->file) copy.from->file->drop(copy.from->bytes);
        return;
    }
    copy_rows(from.narrow(0, piece.first, piece.count), copy.to.narrow(0, piece.first, piece.count),
              copy.is_channels_last);
    const bool is_last = piece.first + piece.count == copy.sizes.front();
    if (is_last && copy.from->file) copy.from->file->drop(copy.from->bytes);
}

}  // namespace

void copy_weights(std::vector<WeightCopy>& copies) {
    if (copies.empty()) return;
    place(copies);
    const auto pieces = pieces_of(copies);
    std::atomic<std::size_t> next{0};
    // Each thread takes the next piece, so that the file is read from front to end.
    at::parallel_for(0, at::get_num_threads(), 1, [&](std::int64_t, std::int64_t) {
        const torch::NoGradGuard no_grad;
        for (auto i = next++; i < pieces.size(); i = next++) {
            constexpr std::size_t ahead = 32;
            if (i + ahead < pieces.size()) {
                const auto& later = pieces[i + ahead];
                const auto& entry = *copies[later.copy].from;
                const auto bytes = bytes_behind(copies[later.copy], later);
                if (entry.file) entry.file->prefetch(bytes.empty() ? entry.bytes : bytes);
            }
            make(copies[pieces[i].copy], pieces[i]);
        }
    });
}

}  // namespace diffusion::checkpoint
