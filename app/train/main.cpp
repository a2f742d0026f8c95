// atelier_train: the trainer without Qt, for machines that have LibTorch and a GPU but no desktop.

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <thread>

#include <unistd.h>

#include "diffusion/error.h"
#include "diffusion/training/train.h"

namespace {

constexpr const char* usage =
    "usage: atelier_train autoencoder|model --pack FILE --work FOLDER [options]\n"
    "Trains a model from a pack of captioned pictures (made by `atelier train pack`).\n"
    "Run the stage autoencoder first, then model. Started again, a stage goes on where it stopped.\n\n"
    "  --pack FILE        pictures and captions\n"
    "  --work FOLDER      states, log and sample sheets\n"
    "  --config FILE      JSON with sizes and rates; default: the shipped model's\n"
    "  --export FOLDER    write the model there at the end (stage model)\n"
    "  --minutes N        stop after so long\n"
    "  --steps N          stop at this step\n"
    "  --sheet-minutes N  time between sample sheets; 0: none; default 5\n"
    "  --save-minutes N   time between saved states; default 2\n"
    "  --threads N        default: one per core\n"
    "  --device NAME      auto, cpu or cuda\n"
    "  --json             progress as JSON lines on stdout\n";

volatile std::sig_atomic_t signal_came = 0;

extern "C" void note_signal(int) { signal_came = 1; }

/// Turns the signal into a stop request: a handler itself may do no more than set a flag.
void pass_signal_on(std::stop_token ended, std::stop_source stop) {
    while (!ended.stop_requested()) {
        if (signal_came) stop.request_stop();
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

struct Arguments {
    diffusion::TrainRequest request;
    bool json = false;
};

[[noreturn]] void refuse(const std::string& what) {
    throw diffusion::Error(diffusion::ErrorKind::bad_request, what + " See atelier_train --help.");
}

double number(const std::string& flag, const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !(value >= 0)) {
        refuse(flag + " needs a number that is not negative, not \"" + text + "\".");
    }
    return value;
}

Arguments parse(int count, char** words) {
    Arguments arguments;
    auto& request = arguments.request;
    const std::string stage = words[1];
    if (stage == "model") request.stage = diffusion::TrainingStage::model;
    else if (stage != "autoencoder") refuse("The stage must be autoencoder or model, not \"" + stage + "\".");
    const std::map<std::string, std::function<void(const std::string&)>> flags{
        {"--pack", [&](const auto& text) { request.pack = text; }},
        {"--work", [&](const auto& text) { request.work_folder = text; }},
        {"--config", [&](const auto& text) { request.config = text; }},
        {"--export", [&](const auto& text) { request.export_folder = text; }},
        {"--minutes", [&](const auto& text) { request.minutes = number("--minutes", text); }},
        {"--steps", [&](const auto& text) { request.steps = static_cast<long>(number("--steps", text)); }},
        {"--sheet-minutes",
         [&](const auto& text) { request.minutes_per_sheet = number("--sheet-minutes", text); }},
        {"--save-minutes",
         [&](const auto& text) { request.minutes_per_save = number("--save-minutes", text); }},
        {"--threads", [&](const auto& text) { request.threads = static_cast<int>(number("--threads", text)); }},
        {"--device", [&](const auto& text) { request.device = text; }}};
    for (int i = 2; i < count; ++i) {
        const std::string word = words[i];
        if (word == "--json") {
            arguments.json = true;
            continue;
        }
        const auto flag = flags.find(word);
        if (flag == flags.end()) refuse("The option " + word + " is not known.");
        if (i + 1 == count) refuse("The option " + word + " needs a value.");
        flag->second(words[++i]);
    }
    if (request.pack.empty()) refuse("--pack is missing.");
    if (request.work_folder.empty()) refuse("--work is missing.");
    return arguments;
}

std::string as_json(const diffusion::TrainProgress& progress) {
    char line[256];
    std::snprintf(line, sizeof(line),
                  "{\"stage\":\"%s\",\"step\":%lld,\"loss\":%.6f,\"held_out_loss\":%.6f,"
                  "\"pictures_per_second\":%.2f,\"seconds\":%.1f,\"seconds_left\":%.1f,\"message\":\"",
                  progress.stage == diffusion::TrainingStage::model ? "model" : "autoencoder",
                  static_cast<long long>(progress.step), progress.loss, progress.held_out_loss,
                  progress.pictures_per_second, progress.seconds, progress.seconds_left);
    std::string text = line;
    for (const char c : progress.message) {
        if (c == '"' || c == '\\') text += '\\';
        text += static_cast<unsigned char>(c) < 32 ? ' ' : c;
    }
    return text + "\"}";
}

void show_on_terminal(const diffusion::TrainProgress& progress) {
    std::fprintf(stderr, "\r\033[Kstep %lld  loss %.4f", static_cast<long long>(progress.step), progress.loss);
    if (progress.held_out_loss >= 0) std::fprintf(stderr, "  held out %.4f", progress.held_out_loss);
    std::fprintf(stderr, "  %.1f pictures/s", progress.pictures_per_second);
    if (progress.seconds_left >= 0) std::fprintf(stderr, "  %.0f min left", progress.seconds_left / 60);
    if (!progress.message.empty()) std::fprintf(stderr, "  %s\n", progress.message.c_str());
}

int run(int count, char** words) {
    if (count < 2 || std::string(words[1]) == "--help" || std::string(words[1]) == "-h") {
        std::fputs(usage, count < 2 ? stderr : stdout);
        return count < 2 ? 2 : 0;
    }
    const auto arguments = parse(count, words);
    const bool on_terminal = isatty(STDERR_FILENO) != 0;
    std::ofstream log;
    const auto report = [&](const diffusion::TrainProgress& progress) {
        const auto line = as_json(progress);
        if (!log.is_open()) log.open(arguments.request.work_folder + "/log.jsonl", std::ios::app);
        log << line << std::endl;
        if (arguments.json) std::printf("%s\n", line.c_str()), std::fflush(stdout);
        else if (on_terminal) show_on_terminal(progress);
    };
    std::signal(SIGINT, note_signal);
    std::signal(SIGTERM, note_signal);
    std::stop_source stop;
    const std::jthread watcher(pass_signal_on, stop);
    diffusion::training::train(arguments.request, report, stop.get_token());
    if (on_terminal && !arguments.json) std::fputc('\n', stderr);
    return signal_came ? 130 : 0;
}

int exit_code(diffusion::ErrorKind kind) {
    switch (kind) {
        case diffusion::ErrorKind::bad_request: return 2;
        case diffusion::ErrorKind::missing_file:
        case diffusion::ErrorKind::corrupt_file:
        case diffusion::ErrorKind::unsupported_model: return 3;
        case diffusion::ErrorKind::out_of_memory: return 4;
        default: return 1;
    }
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(count, words);
    } catch (const diffusion::Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return exit_code(error.kind());
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
