#include "diffusion/checkpoint/weight_copy.h"

#include <ATen/Parallel.h>
#include <sys/mman.h>
#include <torch/utils.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "diffusion/checkpoint/state_dict.h"

namespace diffusion::checkpoint {

namespace {

constexpr std::int64_t chunk_bytes = 512 << 10;  // of the result: both sides stay in the second cache
constexpr std::int64_t own_pages = 64 << 10;     // smaller weights share pages

/// Small pages: in a virtual machine that gives free memory back to its host large ones are those that
/// the host has taken, and cost four times the whole load to get again.
torch::Tensor map_pages(std::int64_t bytes) {
    const auto size = static_cast<std::size_t>(bytes);
    void* const pages = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    TORCH_CHECK_WITH(OutOfMemoryError, pages != MAP_FAILED, "a weight needs ", size, " bytes");
    ::madvise(pages, size, MADV_NOHUGEPAGE);
    return torch::from_blob(pages, {bytes}, [size](void* data) { ::munmap(data, size); }, torch::kUInt8);
}

std::int64_t bytes_of(const torch::Tensor& tensor) { return static_cast<std::int64_t>(tensor.nbytes()); }

bool is_channels_last(const WeightCopy& copy) {
    return copy.to.dim() == 4 && !copy.to.is_contiguous() &&
           copy.to.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

/// Rows (of the first dimension) of one copy.
struct Piece {
    std::size_t copy;
    std::int64_t first;
    std::int64_t count;  ///< 0: all of it at once
};

/// A row's elements and bytes in the file; false where rows are no runs of whole blocks there.
bool has_rows(const WeightCopy& copy) {
    const auto& entry = *copy.from;
    if (copy.to.dim() == 0 || copy.to.numel() == 0) return false;
    if (!is_quantised(entry.type)) return true;
    return entry.is_contiguous() && copy.to.numel() / copy.to.size(0) % block_of(entry.type).elements == 0;
}

std::vector<Piece> pieces_of(const std::vector<WeightCopy>& copies) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < copies.size(); ++i) {
        if (!has_rows(copies[i])) {
            pieces.push_back({i, 0, 0});
            continue;
        }
        const auto rows = copies[i].to.size(0);
        const auto row = std::max<std::int64_t>(1, bytes_of(copies[i].to) / rows);
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
    if (piece.count == 0 || !entry.is_contiguous()) return {};
    const auto block = block_of(entry.type);
    const auto bytes_for = [&](std::int64_t elements) {
        return static_cast<std::size_t>(elements / block.elements * block.bytes);
    };
    const auto row = copy.to.numel() / copy.to.size(0);
    return entry.bytes.subspan(bytes_for(entry.first + piece.first * row), bytes_for(piece.count * row));
}

/// Some rows of the entry, as they have to be copied.
torch::Tensor rows_of(const WeightCopy& copy, const Piece& piece) {
    auto sizes = copy.to.sizes().vec();
    if (piece.count == 0) return to_tensor(*copy.from).reshape(sizes);
    sizes[0] = piece.count;
    if (!copy.from->is_contiguous())
        return to_tensor(*copy.from).reshape(copy.to.sizes()).narrow(0, piece.first, piece.count);
    auto rows = *copy.from;
    rows.bytes = bytes_behind(copy, piece);
    rows.first = 0;
    rows.shape = sizes;
    rows.strides = contiguous_strides(sizes);
    return to_tensor(rows);
}

void make(const WeightCopy& copy, const Piece& piece) {
    const auto to = piece.count == 0 ? copy.to : copy.to.narrow(0, piece.first, piece.count);
    copy_rows(rows_of(copy, piece), to, is_channels_last(copy));
    const bool is_last = piece.count == 0 || piece.first + piece.count == copy.to.size(0);
    if (is_last && copy.drops_pages && copy.from->file) copy.from->file->drop(copy.from->bytes);
}

}  // namespace

void copy_weights(const std::vector<WeightCopy>& copies) {
    const auto pieces = pieces_of(copies);
    if (pieces.empty()) return;
    std::atomic<std::size_t> next{0};
    // Each thread takes the next piece, so that the file is read from front to end.
    at::parallel_for(0, std::min<std::int64_t>(at::get_num_threads(), std::ssize(pieces)), 1,
                     [&](std::int64_t, std::int64_t) {
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

torch::Tensor new_weight(const std::vector<std::int64_t>& sizes, torch::Dtype dtype, bool is_channels_last) {
    const auto s = sizes;
    const auto strides = is_channels_last
                             ? std::vector<std::int64_t>{s[1] * s[2] * s[3], 1, s[3] * s[1], s[1]}
                             : contiguous_strides(s);
    const auto options = torch::TensorOptions().dtype(dtype);
    const auto bytes = c10::multiply_integers(sizes) * static_cast<std::int64_t>(torch::elementSize(dtype));
    if (bytes < own_pages) return torch::empty_strided(sizes, strides, options);
    const auto pages = map_pages(bytes);
    return torch::from_blob(pages.data_ptr(), sizes, strides, [pages](void*) {}, options);
}

}  // namespace diffusion::checkpoint
