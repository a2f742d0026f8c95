#!/usr/bin/env python3
"""Whether diffusers and peft read a LoRA that `atelier train lora` wrote, and compute the same with it.

    python tests/tools/check_lora.py MODEL_FOLDER LORA.safetensors

MODEL_FOLDER is the diffusers folder of SD 1 or SD 2 that the LoRA was trained on. The UNet and the text
encoder are run with the LoRA as diffusers loads it (through peft), and with alpha / rank * up @ down added
to the weights by hand; the largest differences are printed. Needs torch, diffusers, transformers and peft;
run by hand.
"""
import sys

import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file


def by_hand(module, prefix, lora):
    """adds the deltas of the file to the module's weights; how many layers"""
    count = 0
    for name, layer in module.named_modules():
        full = name if prefix == "lora_unet_" or name.startswith("text_model.") else "text_model." + name
        key = prefix + full.replace(".", "_")
        if key + ".lora_down.weight" not in lora:
            continue
        down, up = (lora[f"{key}.lora_{side}.weight"].float() for side in ("down", "up"))
        scale = lora[key + ".alpha"].item() / down.shape[0]
        layer.weight.data += scale * (up.flatten(1) @ down.flatten(1)).view(layer.weight.shape)
        count += 1
    return count


def outputs(pipe):
    generator = torch.Generator().manual_seed(1)
    sample = torch.randn(1, pipe.unet.config.in_channels, 16, 16, generator=generator)
    context = torch.randn(1, 77, pipe.unet.config.cross_attention_dim, generator=generator)
    ids = torch.randint(0, 1000, (1, 77), generator=generator)
    with torch.no_grad():
        return pipe.unet(sample, 500, context).sample, pipe.text_encoder(ids).last_hidden_state


def main(folder, file):
    options = dict(torch_dtype=torch.float32, safety_checker=None, feature_extractor=None, tokenizer=None)
    lora = load_file(file)
    plain = StableDiffusionPipeline.from_pretrained(folder, **options)
    before = outputs(plain)
    count = by_hand(plain.unet, "lora_unet_", lora) + by_hand(plain.text_encoder, "lora_te_", lora)
    expected = outputs(plain)
    del plain
    loaded = StableDiffusionPipeline.from_pretrained(folder, **options)
    loaded.load_lora_weights(file)
    found = outputs(loaded)
    total = sum(key.endswith(".alpha") for key in lora)
    print(f"{count} of {total} layers found")
    for name, a, b, c in zip(("UNet", "text encoder"), found, expected, before):
        print(f"{name}: changed by {(b - c).abs().max():.3g}, diffusers differs by {(a - b).abs().max():.3g}")


if __name__ == "__main__":
    main(*sys.argv[1:])
