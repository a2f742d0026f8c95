#!/usr/bin/env python3
"""Gradients of a LoRA's loss on a tiny model, by PyTorch, diffusers and transformers.

    python tests/tools/lora_gradients.py tests/data/tiny/sd1/diffusers tests/data/training/lora_gradients.safetensors

Writes latents, noise, timesteps and token ids, the loss, and for every layer that kohya's trainer would
teach (convolutions included) both factors and their gradients. The test of diffusion/training compares
its own with them. Needs torch, diffusers, transformers and safetensors; run by hand.
"""
import sys

import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel

RANK, ALPHA, SNR_LIMIT = 2, 1.0, 5.0


def load_text(folder):
    model = CLIPTextModel(CLIPTextConfig.from_pretrained(folder))
    weights = {k: v.float() for k, v in load_file(folder + "/model.fp16.safetensors").items()}
    own = set(model.state_dict())
    if not any(k.startswith("text_model.") for k in own):  # newer transformers drop the prefix
        weights = {k.removeprefix("text_model."): v for k, v in weights.items()}
    missing = [k for k in model.load_state_dict(weights, strict=False).missing_keys if "position_ids" not in k]
    assert not missing, missing
    return model.float().eval()


def learns_unet(name):
    return any(part in name for part in ("attentions.", "resnets.", "downsamplers.", "upsamplers."))


def learns_text(name):
    return ".self_attn." in name or ".mlp." in name


def low_rank(module, prefix, learns, generator):
    """weights of the module with additions, and the factors by kohya's keys"""
    factors, weights = {}, {}
    for name, layer in module.named_modules():
        if not isinstance(layer, (torch.nn.Linear, torch.nn.Conv2d)) or not learns(name):
            continue
        shape = list(layer.weight.shape)
        down = torch.randn([RANK] + shape[1:], generator=generator) * 0.1
        up = torch.randn([shape[0], RANK] + [1] * (len(shape) - 2), generator=generator) * 0.1
        down.requires_grad_()
        up.requires_grad_()
        full = name if name.startswith("text_model.") or prefix == "lora_unet_" else "text_model." + name
        key = prefix + full.replace(".", "_")
        factors[key + ".lora_down.weight"] = down
        factors[key + ".lora_up.weight"] = up
        delta = ALPHA / RANK * (up.flatten(1) @ down.flatten(1)).view(shape)
        weights[name + ".weight"] = layer.weight.detach() + delta
    return factors, weights


def main(model_folder, output):
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(20)
    unet = UNet2DConditionModel.from_pretrained(model_folder + "/unet").float().eval()
    text = load_text(model_folder + "/text_encoder")
    factors, unet_weights = low_rank(unet, "lora_unet_", learns_unet, generator)
    text_factors, text_weights = low_rank(text, "lora_te_", learns_text, generator)
    factors.update(text_factors)

    latents = torch.randn(2, 4, 8, 12, generator=generator)
    noise = torch.randn(2, 4, 8, 12, generator=generator)
    timesteps = torch.tensor([37, 812])
    ids = torch.randint(0, 998, (2, 77), generator=generator)
    ids[:, 0], ids[:, 30:] = 998, 999
    betas = torch.linspace(0.00085 ** 0.5, 0.012 ** 0.5, 1000, dtype=torch.float64) ** 2
    alpha = torch.cumprod(1 - betas, 0)[timesteps].float().view(-1, 1, 1, 1)
    noisy = alpha.sqrt() * latents + (1 - alpha).sqrt() * noise
    snr = (alpha / (1 - alpha)).flatten()

    context = torch.func.functional_call(text, text_weights, (ids,)).last_hidden_state
    prediction = torch.func.functional_call(unet, unet_weights, (noisy, timesteps, context)).sample
    errors = (prediction - noise).square().flatten(1).mean(1)
    loss = (errors * snr.clamp(max=SNR_LIMIT) / snr).mean()
    loss.backward()

    out = {"latents": latents, "noise": noise, "timesteps": timesteps, "ids": ids, "loss": loss.detach()}
    for key, value in factors.items():
        out["factor." + key] = value.detach()
        out["gradient." + key] = value.grad
    save_file({k: v.contiguous() for k, v in out.items()}, output)
    print(len(factors), "factors, loss", loss.item(), "largest gradient",
          max(v.grad.abs().max().item() for v in factors.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
