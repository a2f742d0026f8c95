#include "diffusion/training/pack_folder.h"

#include <filesystem>
#include <fstream>

#include "diffusion/error.h"
#include "diffusion/training/pack.h"

namespace diffusion::training {

namespace {

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) {
        throw Error(ErrorKind::missing_file,
                    "The folder has no captions: " + file.string() + " can't be opened.");
    }
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

bool leaves_folder(const std::filesystem::path& file) {
    if (file.is_absolute()) return true;
    for (const auto& part : file) {
        if (part == "..") return true;
    }
    return false;
}

void pack_line(const PackRequest& request, const PictureSource& source, const std::string& line,
               PackWriter& writer) {
    const auto caption = read_caption(line);
    if (leaves_folder(caption.file)) {
        throw Error(ErrorKind::corrupt_file, "the file " + caption.file + " lies outside the folder",
                    ErrorReason::unsafe_path);
    }
    const auto picture = source((std::filesystem::path(request.folder) / caption.file).string());
    if (picture.is_empty()) throw Error(ErrorKind::corrupt_file, caption.file + " has no pixels");
    writer.add(picture, caption);
}

}  // namespace

PackOutcome pack_folder(const PackRequest& request, const PictureSource& source,
                        const std::function<void(int done, int total)>& on_picture,
                        std::stop_token stop) {
    const auto lines = lines_of(std::filesystem::path(request.folder) / "captions.jsonl");
    PackWriter writer(request.output, request.extent, request.level_step);
    PackOutcome outcome;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (stop.stop_requested()) {
            outcome.was_cancelled = true;
            return outcome;
        }
        try {
            if (!lines[i].empty()) {
                pack_line(request, source, lines[i], writer);
                ++outcome.packed;
            }
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::cannot_write) throw;
            outcome.skipped += "line " + std::to_string(i + 1) + ": " + error.what() + "\n";
        }
        if (on_picture) on_picture(static_cast<int>(i + 1), static_cast<int>(lines.size()));
    }
    if (outcome.packed == 0) {
        throw Error(ErrorKind::corrupt_file,
                    "No picture of " + request.folder + " could be read.\n" + outcome.skipped);
    }
    writer.finish();
    return outcome;
}

}  // namespace diffusion::training
