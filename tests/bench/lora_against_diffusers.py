#!/usr/bin/env python3
"""Times one training step of the same LoRA in diffusers with peft (float32, eager) and in Atelier, in turn.

    python3 tests/bench/lora_against_diffusers.py CHECKPOINT --bench build/release/bin/atelier_lora_step \
        --resources build/release/share/atelier [--size 512] [--rank 16] [--rounds 5] [--threads 2] [--recomputes]

CHECKPOINT is a diffusers folder of Stable Diffusion 1, for example one that `atelier_bench make-checkpoint` wrote.
Both teach the layers that kohya's trainer does: all projections of the UNet's transformers, proj_in and proj_out
and the feed-forward ones included. A step is noise, the UNet forward and backward for one latent with a given
text, the gradient's limit and AdamW; --recomputes with gradient checkpointing on both sides. Each side is a
process of its own that loads, does one step uncounted and one that is timed, so that a machine whose speed drifts
slows both alike; memory is the most that is resident during the timed step. Needs torch, diffusers and peft;
below 1 Atelier is faster, or smaller. Run by hand.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time

LAYERS = ["to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2", "proj_in", "proj_out"]


def peak_since():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))


def peer_step(a):
    """Child process: seconds and memory of one step, printed."""
    import torch
    from diffusers import DDPMScheduler, UNet2DConditionModel
    from peft import LoraConfig

    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    unet = UNet2DConditionModel.from_pretrained(a.checkpoint, subfolder="unet", torch_dtype=torch.float32)
    unet.requires_grad_(False)
    unet.add_adapter(LoraConfig(r=a.rank, lora_alpha=a.rank, init_lora_weights="gaussian", target_modules=LAYERS))
    if a.recomputes:
        unet.enable_gradient_checkpointing()
    unet.train()
    learning = [p for p in unet.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=1e-4, fused=True)
    schedule = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear")
    clean = torch.randn(1, unet.config.in_channels, a.size // 8, a.size // 8)
    text = torch.randn(1, 77, unet.config.cross_attention_dim)

    def step():
        noise, times = torch.randn_like(clean), torch.randint(0, 1000, (1,))
        predicted = unet(schedule.add_noise(clean, noise, times), times, text).sample
        loss = torch.nn.functional.mse_loss(predicted, noise)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        return loss.item()

    step()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
        file.write("5")
    begin = time.perf_counter()
    loss = step()
    seconds = time.perf_counter() - begin
    layers = sum("lora_A" in name for name, p in unet.named_parameters())
    print(json.dumps({"step_seconds": seconds, "peak_bytes": peak_since(), "loss": loss, "layers": layers,
                      "learning": sum(p.numel() for p in learning)}))


def our_step(a):
    return [a.bench, "--model", a.checkpoint, "--resources", a.resources, "--size", str(a.size), "--rank",
            str(a.rank), "--threads", str(a.threads), "--recomputes", "yes" if a.recomputes else "no"]


def measured(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint")
    parser.add_argument("--bench", required=True)
    parser.add_argument("--resources", required=True)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--recomputes", action="store_true")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    a = parser.parse_args()
    if a.child:
        return peer_step(a)
    peers, ours = [], []
    for i in range(a.rounds):
        peers.append(measured([sys.executable, *sys.argv, "--child"]))
        ours.append(measured(our_step(a)))
        if i == 0:
            print(f"layers: {peers[0]['layers']} and {ours[0]['layers']}, learning {peers[0]['learning']} and "
                  f"{ours[0]['learning']} numbers")
        p, o = peers[-1], ours[-1]
        print(f"round {i + 1}: diffusers {p['step_seconds']:.2f} s, {p['peak_bytes'] / 2**20:.0f} MiB; atelier "
              f"{o['step_seconds']:.2f} s, {o['peak_bytes'] / 2**20:.0f} MiB; "
              f"ratio {o['step_seconds'] / p['step_seconds']:.3f}", flush=True)
    for key, unit, factor in (("step_seconds", "s", 1), ("peak_bytes", "MiB", 2**-20)):
        peer, own = (statistics.median(x[key] for x in side) * factor for side in (peers, ours))
        print(f"median {key}: diffusers {peer:.2f} {unit}, atelier {own:.2f} {unit}, ratio {own / peer:.3f}")


if __name__ == "__main__":
    main()
