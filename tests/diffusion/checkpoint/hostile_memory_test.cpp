// Every allocation of this program is counted: a file that claims to be large gets no more memory than
// its bytes can justify.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include "diffusion/checkpoint/dequantise.h"
#include "diffusion/checkpoint/open_table.h"
#include "diffusion/error.h"

namespace {

// Sizes lie in front of what is handed out.
constexpr std::size_t front = alignof(std::max_align_t);
std::atomic<std::size_t> held{0};
std::atomic<std::size_t> most{0};

void* take(std::size_t bytes) {
    auto* block = static_cast<std::byte*>(std::malloc(bytes + front));
    if (block == nullptr) throw std::bad_alloc();
    *reinterpret_cast<std::size_t*>(block) = bytes;
    const auto now = held += bytes;
    auto before = most.load();
    while (before < now && !most.compare_exchange_weak(before, now)) {
    }
    return block + front;
}

void give_back(void* memory) {
    if (memory == nullptr) return;
    auto* block = static_cast<std::byte*>(memory) - front;
    held -= *reinterpret_cast<std::size_t*>(block);
    std::free(block);
}

}  // namespace

void* operator new(std::size_t bytes) { return take(bytes); }
void* operator new[](std::size_t bytes) { return take(bytes); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { give_back(memory); }

namespace {

namespace fs = std::filesystem;
using namespace diffusion::checkpoint;

/// Most bytes that were held at once beyond those held before.
template <typename Work>
std::size_t peak_of(Work&& work) {
    const auto before = held.load();
    most = before;
    work();
    return most - before;
}

/// Opens the file and makes numbers of what it holds, as a loader does.
void read(const fs::path& file) {
    try {
        const auto table = open_table(file);
        for (const auto& [name, entry] : table.tensors) {
            if (!is_quantised(entry.type)) continue;
            const auto block = block_of(entry.type);
            std::vector<float> values(entry.bytes.size() / static_cast<std::size_t>(block.bytes) *
                                      static_cast<std::size_t>(block.elements));
            dequantise(entry.type, entry.bytes, values);
        }
    } catch (const diffusion::Error&) {
    }
}

/// A value of a pickle can be one byte there and takes 72 in a list that doubles when it grows; a deflate
/// stream unpacks to 1032 times its bytes.
std::size_t justified(const fs::path& file) {
    const auto size = static_cast<std::size_t>(fs::file_size(file));
    const bool is_packed = file.filename().string().find("deflate") != std::string::npos;
    return (std::size_t{64} << 10) + size * (is_packed ? 1100 : 128);
}

std::vector<fs::path> files_of(const std::string& folder) {
    std::vector<fs::path> files;
    for (const auto& item : fs::directory_iterator(fs::path(ATELIER_TEST_DATA) / folder)) {
        files.push_back(item.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

TEST(HostileMemory, NoFileTakesMoreThanItsSizeJustifies) {
    const auto files = files_of("hostile");
    EXPECT_GE(files.size(), 100u);
    for (const auto& file : files) {
        EXPECT_LE(peak_of([&] { read(file); }), justified(file)) << file.filename();
    }
}

TEST(HostileMemory, NorDoesAGoodOne) {
    for (const auto& file : files_of("formats")) {
        EXPECT_LE(peak_of([&] { read(file); }), justified(file)) << file.filename();
    }
}

TEST(HostileMemory, CutFilesTakeNoMoreThanWholeOnes) {
    const auto cut = fs::temp_directory_path() / "atelier-cut-file";
    for (const char* name : {"formats/mixed.zip.ckpt", "formats/mixed.legacy.pt",
                             "hostile/gguf_good.gguf", "hostile/good.safetensors"}) {
        const auto whole = fs::path(ATELIER_TEST_DATA) / name;
        const auto size = fs::file_size(whole);
        for (int part = 0; part < 40; ++part) {
            fs::copy_file(whole, cut, fs::copy_options::overwrite_existing);
            fs::resize_file(cut, size * static_cast<std::uintmax_t>(part) / 40);
            EXPECT_LE(peak_of([&] { read(cut); }), justified(cut)) << name << " " << part;
        }
    }
    fs::remove(cut);
}

TEST(HostileMemory, IsSeenByTheCounter) {
    EXPECT_GE(peak_of([] { std::vector<char> block(1 << 20, 'x'); }), std::size_t{1} << 20);
}

}  // namespace
