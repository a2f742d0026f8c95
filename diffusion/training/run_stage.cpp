#include "diffusion/training/run_stage.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "diffusion/checkpoint/safetensors.h"
#include "diffusion/error.h"
#include "diffusion/training/loss_log.h"
#include "diffusion/training/sample_sheet.h"

namespace diffusion::training {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// True once in every `minutes`; never for 0.
class Interval {
public:
    explicit Interval(double minutes) : seconds_(minutes * 60) {}
    bool is_due() {
        if (seconds_ <= 0 || seconds_since(last_) < seconds_) return false;
        last_ = Clock::now();
        return true;
    }

private:
    double seconds_;
    Clock::time_point last_ = Clock::now();
};

std::filesystem::path losses_file(const TrainRequest& request, const std::string& name) {
    return std::filesystem::path(request.work_folder) / (name + "-losses.csv");
}

std::filesystem::path curve_file(const TrainRequest& request, const std::string& name) {
    return std::filesystem::path(request.work_folder) / (name + "-losses.png");
}

/// The running stage: what the loop knows between steps.
class Run {
public:
    Run(const TrainRequest& request, const StageWork& work, Trainee& trainee,
        const TrainProgressCallback& report)
        : request_(request), work_(work), trainee_(trainee), report_(report),
          to_save_(request.minutes_per_save), to_show_(request.minutes_per_sheet),
          to_report_(5.0 / 60), first_step_(trainee.step_count()),
          losses_(losses_file(request, work.name), trainee.step_count()) {
        // As if it had not been stopped.
        for (const auto& point : losses_.points()) smooth(point.loss);
    }

    void step() {
        auto loss = work_.loss(trainee_.step_count());
        if (loss.requires_grad()) loss.backward();
        const auto place = trainee_.step_count() - work_.first_steps;
        const auto& rates = place < 0 ? work_.first_rates : work_.rates;
        trainee_.step(rates, place < 0 ? trainee_.step_count() : place);
        pictures_ += rates.batch;
        const double value = loss.item<double>();
        if (!std::isfinite(value)) {
            if (++bad_steps_ >= 20) {
                throw Error(ErrorKind::internal, "Training has broken down: the loss was not a number for "
                                                 "20 steps. Lower the learning rate.");
            }
            return;
        }
        bad_steps_ = 0;
        losses_.add(trainee_.step_count() - 1, value);
        smooth(value);
    }

    bool is_over() const {
        if (request_.steps > 0 && trainee_.step_count() >= request_.steps) return true;
        return request_.minutes > 0 && seconds_since(start_) >= request_.minutes * 60;
    }

    void do_what_is_due() {
        const bool shows_by_steps = is_multiple_of(request_.steps_per_sheet);
        if (to_save_.is_due()) save();
        if (to_show_.is_due() || shows_by_steps) show();
        if (work_.copy && is_multiple_of(request_.steps_per_copy)) copy();
        if (to_report_.is_due()) report("");
    }

    void save() {
        checkpoint::write_safetensors(state_file(request_, work_.name), trainee_.save());
        saved_step_ = trainee_.step_count();
        report("saved the state");
        losses_.write();
        write_png(curve_file(request_, work_.name), loss_curve(losses_.points()));
    }

    /// Keeps what can be kept after this could not be written, and says what that is.
    [[noreturn]] void end_for(const Error& error) {
        try {
            if (saved_step_ < trainee_.step_count()) save();
        } catch (const Error&) {  // error is what ended the run
        }
        throw Error(error.kind(), error.what() + std::string(" ") +
                                      words_of_what_stays(request_, work_.name, saved_step_));
    }

    void copy() {
        const Trainee::Averaged averaged(trainee_);
        report("wrote " + work_.copy(trainee_.step_count()).string());
    }

    void show() {
        if ((!work_.held_out_loss && !work_.sheet) || shown_at_ == trainee_.step_count()) return;
        shown_at_ = trainee_.step_count();
        const Trainee::Averaged averaged(trainee_);
        if (work_.held_out_loss) held_out_ = work_.held_out_loss();
        if (!work_.sheet) return report("measured");
        char name[64];
        std::snprintf(name, sizeof(name), "%s-%07lld.png", work_.name.c_str(),
                      static_cast<long long>(trainee_.step_count()));
        const auto file = std::filesystem::path(request_.work_folder) / "sheets" / name;
        write_png(file, work_.sheet());
        report("wrote " + file.string());
    }

    double held_out() const { return held_out_; }

private:
    /// The mean of the first fifty losses, then one that forgets over fifty.
    void smooth(double loss) {
        ++smoothed_;
        loss_ = smoothed_ == 1 ? loss : loss_ + std::max(0.02, 1.0 / double(smoothed_)) * (loss - loss_);
    }

    bool is_multiple_of(std::int64_t steps) const { return steps > 0 && trainee_.step_count() % steps == 0; }

    void report(const std::string& message) {
        if (!report_) return;
        TrainProgress progress;
        progress.stage = request_.stage;
        progress.step = trainee_.step_count();
        progress.loss = loss_;
        progress.held_out_loss = held_out_;
        progress.seconds = seconds_since(start_);
        const auto steps = double(trainee_.step_count() - first_step_);
        progress.pictures_per_second =
            progress.seconds > 0 ? double(pictures_) / progress.seconds : 0;
        progress.seconds_left = seconds_left(steps, progress.seconds);
        progress.message = message;
        report_(progress);
    }

    double seconds_left(double steps, double seconds) const {
        double left = request_.minutes > 0 ? request_.minutes * 60 - seconds : -1;
        if (request_.steps > 0 && steps > 0) {
            const double by_steps = double(request_.steps - trainee_.step_count()) * seconds / steps;
            left = left < 0 ? by_steps : std::min(left, by_steps);
        }
        return left;
    }

    const TrainRequest& request_;
    const StageWork& work_;
    Trainee& trainee_;
    const TrainProgressCallback& report_;
    Clock::time_point start_ = Clock::now();
    Interval to_save_, to_show_, to_report_;
    std::int64_t first_step_;
    std::int64_t saved_step_ = first_step_;
    std::int64_t pictures_ = 0;  ///< of this run
    LossLog losses_;
    double loss_ = -1;
    std::int64_t smoothed_ = 0;  ///< losses in loss_
    double held_out_ = -1;
    std::int64_t shown_at_ = -1;
    int bad_steps_ = 0;
};

}  // namespace

void tell(const TrainRequest& request, const TrainProgressCallback& report, const std::string& message) {
    if (!report || message.empty()) return;
    TrainProgress progress;
    progress.stage = request.stage;
    progress.message = message;
    report(progress);
}

std::string words_of_what_stays(const TrainRequest& request, const std::string& name, std::int64_t step) {
    if (step == 0) return "Nothing was saved before.";
    return "All up to step " + std::to_string(step) + " is kept in " + state_file(request, name).string() +
           ": start again with the same work folder to go on from there.";
}

std::filesystem::path state_file(const TrainRequest& request, const std::string& name) {
    return std::filesystem::path(request.work_folder) / (name + "-state.safetensors");
}

double run_stage(const TrainRequest& request, const StageWork& work, Trainee& trainee,
                 const TrainProgressCallback& report, std::stop_token stop) {
    Run run(request, work, trainee, report);
    try {
        while (!run.is_over() && !stop.stop_requested()) {
            run.step();
            run.do_what_is_due();
        }
        run.save();
        // Who stops it wants it to end: a sheet can take minutes.
        if (!stop.stop_requested()) run.show();
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::cannot_write) run.end_for(error);
        throw;
    }
    return run.held_out();
}

}  // namespace diffusion::training
