#include <algorithm>
#include <cmath>

#include "diffusion/sampling/schedule_formulas.h"

// Sigmas published with "Align Your Steps" (Sabour et al. 2024) and with GITS (Chen et al. 2024) for
// a fixed number of steps; other numbers interpolate their logarithm.

namespace diffusion::sampling {

namespace {

const std::vector<double> ays_sd = {14.615, 6.475, 3.861, 2.697, 1.886, 1.396,
                                    0.963,  0.652, 0.399, 0.152, 0.029};
const std::vector<double> ays_sdxl = {14.615, 6.315, 3.771, 2.181, 1.342, 0.862,
                                      0.555,  0.380, 0.234, 0.113, 0.029};
const std::vector<double> gits_sd = {14.615, 4.617, 2.507, 1.236, 0.702, 0.402,
                                     0.240,  0.156, 0.104, 0.094, 0.029};
const std::vector<double> gits_sdxl = {14.615, 4.734, 2.567, 1.529, 0.987, 0.652,
                                       0.418,  0.268, 0.179, 0.127, 0.029};
const std::vector<double> ays_32_sd = {
    14.615,     11.23951352, 8.64363081, 6.64729424, 5.57250862, 4.71648546, 3.99196065, 3.5195609,
    3.13490466, 2.79228788,  2.48773628, 2.21663865, 1.97508351, 1.7793172,  1.61475335, 1.46540953,
    1.314849,   1.16642497,  1.03475547, 0.91573744, 0.80748169, 0.71202361, 0.621739,   0.53065202,
    0.4529096,  0.37491455,  0.27461819, 0.2011529,  0.14105873, 0.06682881, 0.03166121, 0.015};
const std::vector<double> ays_32_sdxl = {
    14.615,     11.1491618, 8.50522127, 6.48827151, 5.43707402, 4.60398619, 3.89854704, 3.27407457,
    2.74396527, 2.29968659, 1.95448514, 1.67108715, 1.42878152, 1.23181009, 1.06789649, 0.92579443,
    0.80290886, 0.69660121, 0.60436903, 0.52852552, 0.46773344, 0.41393379, 0.36258186, 0.31008517,
    0.26518925, 0.22326461, 0.17653877, 0.13959192, 0.10587381, 0.05519369, 0.02877334, 0.015};

std::vector<double> fitted(const std::vector<double>& list, int steps) {
    auto sigmas = list;
    const int last = static_cast<int>(list.size()) - 1;
    if (steps != last + 1) {
        // As the reference: counted from the low end, so that a single step is the lowest sigma.
        sigmas = linspace(0, 1, steps);
        for (double& sigma : sigmas) {
            const double at = sigma * last;
            const int low = std::min(static_cast<int>(at), last - 1);
            sigma = std::exp(std::lerp(std::log(list[last - low]), std::log(list[last - low - 1]),
                                       at - low));
        }
        std::ranges::reverse(sigmas);
    }
    sigmas.push_back(0.0);
    return sigmas;
}

}  // namespace

std::vector<double> align_your_steps_schedule(int steps, const NoiseSchedule&,
                                              const ScheduleOptions& options) {
    return fitted(options.is_sdxl ? ays_sdxl : ays_sd, steps);
}

std::vector<double> align_your_steps_32_schedule(int steps, const NoiseSchedule&,
                                                 const ScheduleOptions& options) {
    return fitted(options.is_sdxl ? ays_32_sdxl : ays_32_sd, steps);
}

std::vector<double> align_your_steps_gits_schedule(int steps, const NoiseSchedule&,
                                                   const ScheduleOptions& options) {
    return fitted(options.is_sdxl ? gits_sdxl : gits_sd, steps);
}

}  // namespace diffusion::sampling
