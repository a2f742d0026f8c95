#!/usr/bin/env python3
"""Times one CFG step of the same UNet in diffusers (float32, eager) and in Atelier, in turn.

    python3 tests/bench/against_diffusers.py CHECKPOINT --bench build/release/bin/atelier_bench \
        --resources build/release/share/atelier [--size 512x512] [--rounds 7] [--threads 2]

CHECKPOINT is a diffusers folder, for example one that `atelier_bench make-checkpoint` wrote. Needs
torch and diffusers from the Python package index. Prints every round and the ratio of the medians;
below 1 Atelier is faster. Each side is a process of its own that loads, warms up once and is timed
once a round, so that a machine whose speed drifts slows both alike.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time


def diffusers_step(folder, width, height, threads):
    """Child process: seconds of one batched CFG step, printed."""
    import torch
    from diffusers import UNet2DConditionModel

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    unet = UNet2DConditionModel.from_pretrained(folder, subfolder="unet", torch_dtype=torch.float32).eval()
    x = torch.randn(2, unet.config.in_channels, height // 8, width // 8)
    context = torch.randn(2, 77, unet.config.cross_attention_dim)
    unet(x, 500, context)
    begin = time.perf_counter()
    unet(x, 500, context)
    print(time.perf_counter() - begin)


def atelier_step(arguments):
    command = [arguments.bench, "--model", arguments.checkpoint, "--resources", arguments.resources,
               "--size", arguments.size, "--rounds", "1", "--threads", str(arguments.threads),
               "--device", "cpu", "--only", "step"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--bench", required=True)
    parser.add_argument("--resources", required=True)
    parser.add_argument("--size", default="512x512")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    if arguments.child:
        diffusers_step(arguments.checkpoint, width, height, arguments.threads)
        return
    peers, ours = [], []
    for i in range(arguments.rounds):
        child = subprocess.run([sys.executable, *sys.argv, "--child"], check=True, capture_output=True, text=True)
        peers.append(float(child.stdout))
        measured = atelier_step(arguments)
        ours.append(measured["cfg_step_seconds"]["median"])
        print(f"round {i + 1}: diffusers {peers[-1]:.3f} s, atelier {ours[-1]:.3f} s, "
              f"ratio {ours[-1] / peers[-1]:.3f}, fraction of ceiling {measured['cfg_step_fraction']:.2f}", flush=True)
    ratios = sorted(o / p for o, p in zip(ours, peers))
    print(f"median: diffusers {statistics.median(peers):.3f} s, atelier {statistics.median(ours):.3f} s, "
          f"ratio of pairs {statistics.median(ratios):.3f} ({ratios[0]:.3f}-{ratios[-1]:.3f})")


if __name__ == "__main__":
    main()
