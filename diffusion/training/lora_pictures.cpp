#include "diffusion/training/lora_pictures.h"

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/pipeline/latents.h"
#include "diffusion/pipeline/model_cache.h"
#include "diffusion/training/captions.h"
#include "diffusion/training/seeds.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace diffusion::training {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using LeftOut = std::function<void(const std::string&)>;

const std::set<std::string> picture_suffixes{".png", ".jpg", ".jpeg", ".webp", ".bmp", ".avif"};

std::string text_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// What stands in the .txt beside the picture.
std::string text_beside(fs::path picture) { return text_of(picture.replace_extension(".txt")); }

std::string text_field(const json& line, const char* name) {
    const auto found = line.find(name);
    return found != line.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Throws Error (corrupt_file) where the line says no file, or neither it nor a text beside the picture
/// has words.
CaptionedFile read_line(const fs::path& folder, const std::string& text) {
    const auto line = json::parse(text, nullptr, false);
    if (!line.is_object()) throw Error(ErrorKind::corrupt_file, "it is no JSON object");
    auto file = text_field(line, "file");
    if (file.empty()) file = text_field(line, "file_name");
    const fs::path relative(file);
    const bool leaves =
        relative.is_absolute() || std::ranges::find(relative, "..") != relative.end();
    if (file.empty() || leaves) {
        throw Error(ErrorKind::corrupt_file, "the file \"" + file + "\" doesn't lie in the folder");
    }
    auto caption = text_beside(folder / relative);
    if (caption.empty()) caption = text_field(line, "caption");
    if (caption.empty()) caption = text_field(line, "text");
    if (caption.empty()) caption = full_prompt(read_caption(text), false);
    return {folder / relative, caption};
}

std::vector<CaptionedFile> listed_files(const fs::path& folder, const LeftOut& left_out) {
    std::vector<CaptionedFile> files;
    std::ifstream stream(folder / "captions.jsonl");
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty()) continue;
        try {
            files.push_back(read_line(folder, line));
        } catch (const Error& error) {
            left_out("captions.jsonl, line " + std::to_string(number) + ": " + error.what());
        }
    }
    return files;
}

std::vector<CaptionedFile> neighbours(const fs::path& folder, const LeftOut& left_out) {
    std::vector<CaptionedFile> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        auto suffix = entry->path().extension().string();
        std::ranges::transform(suffix, suffix.begin(),
                               [](unsigned char c) { return std::tolower(c); });
        if (!picture_suffixes.contains(suffix)) continue;
        const auto caption = text_beside(entry->path());
        if (caption.empty()) {
            left_out(entry->path().filename().string() + " has no caption in " +
                     entry->path().stem().string() + ".txt");
        } else {
            files.push_back({entry->path(), caption});
        }
    }
    std::ranges::sort(files, {}, &CaptionedFile::file);
    return files;
}

/// Names, sizes and times of all that latents depend on.
std::string mark_of(const LessonOptions& options, const std::vector<CaptionedFile>& files,
                    const pipeline::Models& models, std::int64_t extent) {
    std::string mark = pipeline::identity_of(models.description.path) + "\nextent " +
                       std::to_string(extent) + "\nin " + options.folder;
    for (const auto& file : files) mark += "\n" + pipeline::identity_of(file.file);
    return mark;
}

/// The picture in its bucket; latent not yet made.
LoraPicture placed(const CaptionedFile& file, const Image& image, std::int64_t extent,
                   std::int64_t factor) {
    const auto step = std::max(factor, std::min<std::int64_t>(64, extent / 8) / factor * factor);
    LoraPicture picture;
    picture.caption = file.caption;
    picture.original_width = image.width;
    picture.original_height = image.height;
    picture.bucket = bucket_of(image.width, image.height, extent, step);
    const auto scale = std::max(double(picture.bucket.width) / image.width,
                                double(picture.bucket.height) / image.height);
    picture.crop_left = std::llround((image.width * scale - double(picture.bucket.width)) / 2);
    picture.crop_top = std::llround((image.height * scale - double(picture.bucket.height)) / 2);
    return picture;
}

torch::Tensor encoded(const Image& image, const Bucket& bucket, pipeline::Models& models) {
    const auto& space = models.vae->space();
    const pipeline::Extent extent{static_cast<int>(bucket.width), static_cast<int>(bucket.height),
                                  bucket.width / space.factor, bucket.height / space.factor};
    const auto pixels =
        pipeline::pixels_of(image, extent, space.factor).to(models.placement.device);
    const auto moments = pipeline::encode_pixels(*models.vae, pixels);
    return (moments.mean * space.scaling_factor).to(torch::kCPU, torch::kFloat32);
}

/// Places from 0 on in an order that the seed decides (Fisher and Yates).
std::vector<std::size_t> shuffled_order(std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    Chance chance(seed);
    for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[chance.below(i)]);
    return order;
}

}  // namespace

std::vector<CaptionedFile> captioned_files(const fs::path& folder, const LeftOut& left_out) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw Error(ErrorKind::missing_file,
                    folder.string() + ": expected a folder of pictures, found none.");
    }
    const bool has_list = fs::exists(folder / "captions.jsonl", error);
    auto files = has_list ? listed_files(folder, left_out) : neighbours(folder, left_out);
    if (!files.empty()) return files;
    throw Error(ErrorKind::bad_request,
                folder.string() +
                    ": expected pictures with captions (cat.png beside cat.txt, or "
                    "captions.jsonl), found none.");
}

Bucket bucket_of(std::int64_t width, std::int64_t height, std::int64_t extent, std::int64_t step) {
    const double wanted = std::log(double(width) / double(height));
    Bucket best{extent / step * step, extent / step * step};
    double least = std::abs(wanted);
    const auto most = std::max(step, 2 * extent / step * step);
    for (auto w = std::max(step, extent / 2 / step * step); w <= most; w += step) {
        const auto h = std::min(most, extent * extent / w / step * step);
        if (h < step) continue;
        const double far = std::abs(wanted - std::log(double(w) / double(h)));
        const bool is_better =
            far < least - 1e-9 || (far < least + 1e-9 && w * h > best.width * best.height);
        if (is_better) {
            best = {w, h};
            least = far;
        }
    }
    return best;
}

std::vector<LoraPicture> encode_folder(const LessonOptions& options, pipeline::Models& models,
                                       const fs::path& cache, const LeftOut& left_out) {
    const torch::NoGradGuard no_grad;
    const auto files = captioned_files(options.folder, left_out);
    const auto extent = options.extent > 0 ? options.extent : models.description.native_size;
    const auto mark = mark_of(options, files, models, extent);
    checkpoint::StateDict known;
    if (fs::exists(cache)) known = checkpoint::read_safetensors(cache);
    const bool is_known = known.metadata["made_of"] == mark;
    checkpoint::StateDict made{{}, {{"made_of", mark}}};
    std::vector<LoraPicture> pictures;
    for (std::size_t i = 0; i < files.size(); ++i) {
        try {
            const auto image = options.pictures(files[i].file.string());
            if (image.is_empty()) throw Error(ErrorKind::corrupt_file, "it has no pixels");
            auto picture = placed(files[i], image, extent, models.vae->space().factor);
            const auto name = std::to_string(i);
            picture.latent = is_known && known.tensors.contains(name)
                                 ? known.tensors.at(name).clone()
                                 : encoded(image, picture.bucket, models);
            made.tensors[name] = picture.latent;
            pictures.push_back(std::move(picture));
        } catch (const Error& error) {
            left_out(files[i].file.filename().string() + " is left out: " + error.what());
        }
    }
    if (pictures.empty()) {
        throw Error(ErrorKind::bad_request,
                    options.folder + ": no picture of the folder can be read.");
    }
    known = {};
    if (!is_known) checkpoint::write_safetensors(cache, made);
    return pictures;
}

std::vector<std::size_t> bucket_batch(const std::vector<LoraPicture>& pictures, std::int64_t step,
                                      std::int64_t count, std::uint64_t seed) {
    std::map<Bucket, std::vector<std::size_t>> buckets;
    for (std::size_t i = 0; i < pictures.size(); ++i) buckets[pictures[i].bucket].push_back(i);
    const auto size = static_cast<std::size_t>(count);
    std::size_t batches = 0;
    for (const auto& [bucket, members] : buckets) batches += (members.size() + size - 1) / size;
    const auto epoch = static_cast<std::uint64_t>(step) / batches;
    const auto epoch_seed = mix(seed, epoch);
    auto place = shuffled_order(batches, epoch_seed)[static_cast<std::size_t>(step) % batches];
    for (const auto& [bucket, members] : buckets) {
        const auto own = (members.size() + size - 1) / size;
        if (place >= own) {
            place -= own;
            continue;
        }
        const auto order = shuffled_order(members.size(), mix(epoch_seed, 1));
        std::vector<std::size_t> batch;
        for (auto i = place * size; i < std::min(members.size(), (place + 1) * size); ++i) {
            batch.push_back(members[order[i]]);
        }
        return batch;
    }
    return {};
}

}  // namespace diffusion::training
