#!/usr/bin/env python3
"""Shows that diffusers loads an embedding of `atelier train embedding`, and that A1111's rules find it.

    python tests/tools/check_embedding.py MODEL_FOLDER FILE.safetensors [NAME]

MODEL_FOLDER is the diffusers folder of the model that it was taught on. Needs torch, diffusers,
transformers and safetensors; run by hand.
"""
import sys
from pathlib import Path

import torch
from diffusers.loaders import TextualInversionLoaderMixin
from safetensors.torch import load_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer


class Texts(TextualInversionLoaderMixin):
    """What of a pipeline the loader touches."""

    def __init__(self, tokenizer, text_encoder):
        self.tokenizer, self.text_encoder = tokenizer, text_encoder
        self.components, self.hf_device_map = {}, None


def check(folder, number, kind, source, vectors, name):
    """source: what diffusers is given, the file or one of its tensors"""
    tokenizer = CLIPTokenizer.from_pretrained(folder / f"tokenizer{number}")
    encoder = kind.from_pretrained(folder / f"text_encoder{number}", torch_dtype=torch.float32)
    texts = Texts(tokenizer, encoder)
    texts.load_textual_inversion(source, token=name)
    prompt = texts.maybe_convert_prompt(f"a {name}, red", tokenizer)
    ids = tokenizer(prompt, return_tensors="pt").input_ids
    rows = encoder.get_input_embeddings()(ids)[0]
    found = (rows[:, None] - vectors[None].to(rows.dtype)).abs().amax(-1).amin(0)
    assert found.max() < 1e-6, f"{name}: the encoder does not read the file's vectors ({found.max():.3g})"
    print(f"text_encoder{number}: {len(vectors)} vectors of {vectors.shape[1]} stand in \"{prompt}\"")


def main(folder, file, name):
    tensors = load_file(file)
    if set(tensors) == {"clip_l", "clip_g"}:
        check(folder, "", CLIPTextModel, tensors["clip_l"], tensors["clip_l"], name)
        check(folder, "_2", CLIPTextModelWithProjection, tensors["clip_g"], tensors["clip_g"], name)
        return
    # A1111: a file of one tensor, whatever it is called, of one or two dimensions.
    assert len(tensors) == 1, sorted(tensors)
    check(folder, "", CLIPTextModel, file, next(iter(tensors.values())), name)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else Path(sys.argv[2]).stem)
