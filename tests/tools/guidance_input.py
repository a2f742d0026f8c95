#!/usr/bin/env python3
"""Makes tests/data/tiny/lcm: a tiny UNet with a guidance input, as latent consistency models have it,
and what diffusers makes of it.

    python3 tests/tools/guidance_input.py tests/data/tiny/lcm

Needs torch, diffusers and safetensors from the Python package index. Weights are drawn with seed 7.
"""
import pathlib
import sys

import torch
from diffusers import LatentConsistencyModelPipeline, UNet2DConditionModel
from safetensors.torch import save_file


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(7)
    unet = UNet2DConditionModel(sample_size=8, block_out_channels=(8, 16), layers_per_block=1, norm_num_groups=4,
                                cross_attention_dim=16, attention_head_dim=2, time_cond_proj_dim=12,
                                down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
                                up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"))
    for parameter in unet.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    unet.save_pretrained(folder)
    latent, text = torch.randn(2, 4, 8, 8), torch.randn(2, 5, 16)
    vectors = {"latent": latent, "text": text}
    embed = LatentConsistencyModelPipeline.get_guidance_scale_embedding
    with torch.no_grad():
        for scale in (1.0, 1.5, 8.0):
            condition = embed(None, torch.tensor([scale - 1]), embedding_dim=12)
            vectors[f"embedding_{scale}"] = condition
            vectors[f"out_{scale}"] = unet(latent, 499, text, timestep_cond=condition).sample
        vectors["out_none"] = unet(latent, 499, text).sample
    save_file({name: value.contiguous() for name, value in vectors.items()}, folder / "vectors.safetensors")


if __name__ == "__main__":
    main()
