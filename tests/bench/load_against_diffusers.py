#!/usr/bin/env python3
"""Times loading one model in float32 in diffusers and in Atelier, in turn, the files in the page cache.

    python3 tests/bench/load_against_diffusers.py CHECKPOINT --bench build/release/bin/atelier_bench \
        --resources build/release/share/atelier [--rounds 7] [--threads 2]

CHECKPOINT is a diffusers folder, for example one that `atelier_bench make-checkpoint` wrote. Needs
torch, diffusers and transformers from the Python package index. Each load is a process of its own;
imports are not counted on either side. diffusers loads UNet, VAE and text encoder one after the other
with from_pretrained(torch_dtype=float32); Atelier loads the same and its tokenizer. Its layers make
their float32 weights of the mapped file at their first use, so that loading leaves that to the first
picture; the second figure has all of it done at once, in the order of memory that it computes with.
Prints every round and the ratios of the medians; below 1 Atelier is faster.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time


def read_all(folder):
    """Puts the files into the page cache."""
    for file in pathlib.Path(folder).rglob("*"):
        if file.is_file():
            with open(file, "rb") as stream:
                while stream.read(1 << 24):
                    pass


def diffusers_load(folder, threads):
    """Child process: seconds until all parts hold their weights, printed."""
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel
    from transformers import CLIPTextModel

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    parts = {"unet": UNet2DConditionModel, "vae": AutoencoderKL, "text_encoder": CLIPTextModel}
    begin = time.perf_counter()
    loaded = [kind.from_pretrained(folder, subfolder=name, torch_dtype=torch.float32)
              for name, kind in parts.items()]
    seconds = time.perf_counter() - begin
    assert all(p.dtype == torch.float32 for part in loaded for p in part.parameters())
    print(seconds)


def atelier_load(arguments):
    command = [arguments.bench, "--model", arguments.checkpoint, "--resources", arguments.resources,
               "--threads", str(arguments.threads), "--device", "cpu", "--only", "load"]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found["load_seconds"], found["load_and_read_seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--bench", required=True)
    parser.add_argument("--resources", required=True)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        diffusers_load(arguments.checkpoint, arguments.threads)
        return
    peers, ours, read = [], [], []
    for i in range(arguments.rounds):
        read_all(arguments.checkpoint)
        child = subprocess.run([sys.executable, *sys.argv, "--child"], check=True, capture_output=True, text=True)
        peers.append(float(child.stdout))
        read_all(arguments.checkpoint)
        loaded, with_reading = atelier_load(arguments)
        ours.append(loaded)
        read.append(with_reading)
        print(f"round {i + 1}: diffusers {peers[-1]:.2f} s, atelier {loaded:.2f} s, ratio {loaded / peers[-1]:.3f}; "
              f"all weights read {with_reading:.2f} s, ratio {with_reading / peers[-1]:.3f}", flush=True)
    peer = statistics.median(peers)
    for name, seconds in (("loaded", statistics.median(ours)), ("all weights read", statistics.median(read))):
        print(f"median: diffusers {peer:.2f} s, atelier {name} {seconds:.2f} s, ratio of medians {seconds / peer:.3f}")


if __name__ == "__main__":
    main()
