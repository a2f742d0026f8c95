#pragma once

// The frame of atelier_probe: one function per kind runs the product's own code on the cases of a
// tree without answers and writes the numbers.

#include <torch/types.h>

#include <map>
#include <string>

#include "tests/probe/options.h"

namespace probe {

using Tensors = std::map<std::string, torch::Tensor>;

Tensors read_tensors(const Options& options, const std::string& relative);
/// Adds to what the file already holds when one case is run.
void write_tensors(const Options& options, const std::string& relative, const Tensors& tensors);

Counts run_networks(const Options&);
Counts run_pipelines(const Options&);
/// ControlNets of the folder pipelines.
Counts run_controlnets(const Options&);
Counts run_adapters(const Options&);
Counts run_decoders(const Options&);
Counts run_formats(const Options&);
Counts run_hostile(const Options&);
Counts run_keys(const Options&);
Counts run_samplers(const Options&);
Counts run_schedules(const Options&);
Counts run_rng(const Options&);
Counts run_tokenizer(const Options&);
Counts run_prompts(const Options&);

}  // namespace probe
