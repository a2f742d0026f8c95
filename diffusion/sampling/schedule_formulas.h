#pragma once

// The formulas behind the rows of schedules(). Internal to the room: others call make_schedule.

#include "diffusion/sampling/schedule.h"

namespace diffusion::sampling {

using ScheduleFormula = std::vector<double>(int steps, const NoiseSchedule& noise,
                                            const ScheduleOptions& options);

/// count numbers from first to last; one number is first.
std::vector<double> linspace(double first, double last, int count);

/// Karras et al. 2022, eq. 5, without a trailing 0.
std::vector<double> karras_sigmas(int count, double sigma_min, double sigma_max, double rho = 7.0);

/// Equal steps of the logarithm, without a trailing 0.
std::vector<double> exponential_sigmas(int count, double sigma_min, double sigma_max);

ScheduleFormula uniform_schedule;
ScheduleFormula karras_schedule;
ScheduleFormula exponential_schedule;
ScheduleFormula polyexponential_schedule;
ScheduleFormula sgm_uniform_schedule;
ScheduleFormula kl_optimal_schedule;               // Sabour et al. 2024, appendix
ScheduleFormula align_your_steps_schedule;         // Sabour et al. 2024, published lists
ScheduleFormula align_your_steps_32_schedule;
ScheduleFormula align_your_steps_gits_schedule;    // Chen et al. 2024
ScheduleFormula simple_schedule;
ScheduleFormula normal_schedule;
ScheduleFormula ddim_schedule;
ScheduleFormula beta_schedule;                     // Lee et al. 2024
ScheduleFormula turbo_schedule;
ScheduleFormula linear_quadratic_schedule;         // Movie Gen, Polyak et al. 2024
ScheduleFormula vp_schedule;                       // Song et al. 2021, continuous VP

}  // namespace diffusion::sampling
