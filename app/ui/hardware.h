#pragma once

// What this computer has to make pictures with, as far as the system tells without asking anybody.

#include <QString>

#include <cstdint>

namespace ui {

struct Hardware {
    int cores = 0;
    std::int64_t memory = 0;  ///< bytes
    QString gpu;              ///< "NVIDIA GeForce RTX 4060"; empty: none that the driver knows
};

Hardware readHardware();

/// "8 cores · 16 GB of memory · no NVIDIA GPU".
QString wordsOf(const Hardware& hardware);

}  // namespace ui
