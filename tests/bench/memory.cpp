#include "tests/bench/memory.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <utility>

#include "diffusion/error.h"
#include "diffusion/pipeline/machine_memory.h"

namespace bench {

namespace {

using diffusion::Phase;
using nlohmann::json;

const char* name_of(Phase phase) {
    switch (phase) {
        case Phase::loading: return "loading";
        case Phase::encoding: return "encoding";
        case Phase::sampling: return "sampling";
        case Phase::decoding: return "decoding";
        case Phase::finished: break;
    }
    return "finished";
}

/// Peak and seconds of each phase, from the reports of a run.
class PhaseMeter {
public:
    PhaseMeter() { restart(); }

    void hear(Phase phase) {
        if (phase == phase_) return;
        end();
        phase_ = phase;
        restart();
    }

    void end() {
        using namespace std::chrono;
        peaks_[phase_] = std::max(peaks_[phase_], diffusion::pipeline::peak_memory());
        seconds_[phase_] += duration<double>(steady_clock::now() - begin_).count();
    }

    std::int64_t peak(Phase phase) const { return peaks_.contains(phase) ? peaks_.at(phase) : 0; }
    double seconds(Phase phase) const { return seconds_.contains(phase) ? seconds_.at(phase) : 0; }

private:
    void restart() {
        begin_ = std::chrono::steady_clock::now();
        diffusion::pipeline::restart_peak();
    }

    Phase phase_ = Phase::loading;
    std::chrono::steady_clock::time_point begin_;
    std::map<Phase, std::int64_t> peaks_;
    std::map<Phase, double> seconds_;
};

double mebibytes(std::int64_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

}  // namespace

void set_size(diffusion::GenerationRequest& request, const std::string& size) {
    if (std::sscanf(size.c_str(), "%dx%d", &request.width, &request.height) == 2) return;
    throw diffusion::Error(diffusion::ErrorKind::bad_request, "size: expected WxH, found \"" + size + "\".");
}

json measure_memory(const diffusion::EngineOptions& options, const diffusion::GenerationRequest& request) {
    const std::unique_ptr<diffusion::Engine> engine(atelier_create_engine(options));
    const auto plan = engine->plan(request);
    json out{{"planned_mib", mebibytes(plan.peak_bytes)},
             {"limit_mib", mebibytes(plan.limit_bytes)},
             {"planned_seconds", plan.seconds},
             {"obstacle", plan.obstacle},
             {"tile", plan.tile},
             {"pictures_at_once", plan.pictures_at_once}};
    for (const auto fallback : plan.fallbacks) out["fallbacks"].push_back(diffusion::name_of(fallback));
    if (!plan.obstacle.empty()) return out;
    PhaseMeter meter;
    engine->generate(request, [&](const diffusion::Progress& p) { meter.hear(p.phase); }, {}, {});
    std::int64_t peak = 0;
    for (const auto& phase : plan.phases) {
        const auto measured = meter.peak(phase.phase);
        peak = std::max(peak, measured);
        out["phases"][name_of(phase.phase)] = {{"planned_mib", mebibytes(phase.peak_bytes)},
                                               {"measured_mib", mebibytes(measured)},
                                               {"planned_seconds", phase.seconds},
                                               {"measured_seconds", meter.seconds(phase.phase)}};
    }
    out["measured_mib"] = mebibytes(peak);
    out["planned_over_measured"] = static_cast<double>(plan.peak_bytes) / static_cast<double>(peak);
    return out;
}

json soak(const diffusion::EngineOptions& options, const diffusion::GenerationRequest& request,
          const std::vector<std::string>& models, const std::vector<std::string>& sizes, int pictures) {
    const std::unique_ptr<diffusion::Engine> engine(atelier_create_engine(options));
    json out{{"pictures", pictures}, {"peak_mib", json::array()}};
    // Peaks of the pictures that have a model and a size in common.
    std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>> alike;
    std::vector<std::int64_t> peaks;
    for (int i = 0; i < pictures; ++i) {
        auto own = request;
        const auto index = static_cast<std::size_t>(i);
        own.model = models[index % models.size()];
        const auto& size = sizes[index / models.size() % sizes.size()];
        set_size(own, size);
        own.seed = i;
        diffusion::pipeline::restart_peak();
        engine->generate(own, {}, {}, {});
        peaks.push_back(diffusion::pipeline::peak_memory());
        alike[{own.model, size}].push_back(peaks.back());
        out["peak_mib"].push_back(mebibytes(peaks.back()));
    }
    double most = 0;
    for (const auto& [what, own] : alike)
        if (own.size() > 2) most = std::max(most, static_cast<double>(own.back()) / static_cast<double>(own[1]));
    out["last_over_second_of_its_kind"] = most;
    const auto round = models.size() * sizes.size();
    // Where they are alike: three models in four sizes make the fiftieth like the second.
    if (peaks.size() > round && (peaks.size() - 2) % round == 0)
        out["last_over_second"] = static_cast<double>(peaks.back()) / static_cast<double>(peaks[1]);
    const auto most_of = [&](std::size_t first) {
        const auto begin = peaks.begin() + static_cast<std::ptrdiff_t>(std::min(first, peaks.size() - 1));
        return static_cast<double>(*std::max_element(begin, begin + std::min<std::ptrdiff_t>(
                                       static_cast<std::ptrdiff_t>(round), peaks.end() - begin)));
    };
    if (peaks.size() >= 3 * round) out["last_round_over_second"] = most_of(peaks.size() - round) / most_of(round);
    return out;
}

}  // namespace bench
