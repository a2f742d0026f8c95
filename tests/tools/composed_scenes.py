"""Scenes of several things or on a colour for measure_model.py: prompts, and where in the picture each thing is."""
import os
import re

import numpy as np
import torch
from PIL import Image
from sticker_pictures import covering
from torch.nn import functional as F

# diffusion/training/captions.cpp has all eleven
COLOURS = {"red": ("빨간", (226, 58, 52)), "yellow": ("노란", (252, 216, 64)), "green": ("초록", (74, 168, 84)),
           "blue": ("파란", (58, 120, 216)), "pink": ("분홍", (246, 158, 192)), "black": ("검은", (24, 24, 24))}
COUNTS = {2: ("two", "두", [(0, 64), (128, 64)]), 3: ("three", "세", [(64, 0), (0, 128), (128, 128)]),
          4: ("four", "네", [(0, 0), (128, 0), (0, 128), (128, 128)])}
COUNTED = {"food & drink", "objects", "travel & places", "activities"}


def and_after(korean):
    """와 behind a vowel, 과 behind a consonant"""
    point = ord(korean[-1]) - 0xAC00
    return "과" if 0 <= point < 11172 and point % 28 else "와"


def has_plain_plural(caption):
    return caption["group"] in COUNTED and re.fullmatch("[a-z]+( [a-z]+)?[bdgklmnprtw]", caption["en"])


def scenes(captions, count, draw):
    """`count` pairs, as many counts and as many lone things on a colour: dicts of kind, en, ko, things
    [(caption, left, top, side)] and colour"""
    made = []
    by_style = {}
    for caption in captions:
        by_style.setdefault(caption["style_en"], []).append(caption)
    for left in draw.sample(captions, count):
        right = draw.choice(by_style[left["style_en"]])
        made.append({"kind": "pairs", "en": f"{left['en']} and {right['en']}, {left['style_en']}",
                     "ko": f"{left['ko']}{and_after(left['ko'])} {right['ko']}, {left['style_ko']}",
                     "things": [(left, 0, 64, 128), (right, 128, 64, 128)], "colour": None})
    for i, one in enumerate(draw.sample([c for c in captions if has_plain_plural(c)], count)):
        english, korean, places = COUNTS[2 + i % 3]
        made.append({"kind": "counts", "en": f"{english} {one['en']}s, {one['style_en']}",
                     "ko": f"{one['ko']} {korean} 개, {one['style_ko']}",
                     "things": [(one, *place, 128) for place in places], "colour": None})
    for i, one in enumerate(draw.sample(captions, count)):
        colour = list(COLOURS)[i % len(COLOURS)]
        made.append({"kind": "backgrounds", "en": f"{one['en']} on a {colour} background, {one['style_en']}",
                     "ko": f"{one['ko']}, {COLOURS[colour][0]} 배경, {one['style_ko']}",
                     "things": [(one, 0, 0, 256)], "colour": colour})
    return made


def drawn_from_real(scene, folder):
    """[3, 256, 256] of 0..1: the scene of the real pictures"""
    ground = COLOURS[scene["colour"]][1] if scene["colour"] else (255, 255, 255)
    picture = torch.tensor(ground).view(3, 1, 1).repeat(1, 256, 256) / 255
    for caption, left, top, side in scene["things"]:
        planes = torch.from_numpy(covering(os.path.join(folder, caption["file"]), side)).float() / 255
        part = picture[:, top:top + side, left:left + side]
        part.copy_(planes[:3] + (1 - planes[3:]) * part)
    return picture


def pixels_of(file):
    with Image.open(file) as picture:
        return torch.from_numpy(np.array(picture.convert("RGB"))).permute(2, 0, 1) / 255


def things_in(scene, picture):
    """each thing's square as the judge sees it, [n, 3, 128, 128], and the captions"""
    squares = [picture[:, top:top + side, left:left + side] for _, left, top, side in scene["things"]]
    return torch.stack([F.interpolate(s[None], size=128, mode="area")[0] for s in squares]), [t[0] for t in scene["things"]]


def has_the_colour(scene, picture):
    """whether the four corners' mean is nearest to the colour that the prompt names, among six and white"""
    corners = torch.stack([picture[:, y, x] for y in (slice(0, 8), slice(-8, None)) for x in (slice(0, 8), slice(-8, None))])
    mean = corners.mean((0, 2, 3)) * 255
    known = {name: torch.tensor(rgb, dtype=torch.float32) for name, (_, rgb) in COLOURS.items()}
    known[None] = torch.full((3,), 255.0)
    return min(known, key=lambda name: float((known[name] - mean).norm())) == scene["colour"]
