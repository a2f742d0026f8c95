"""What classifier.py and measure_model.py have in common: captions, pictures, and the network."""
import json
import os
import re

import numpy as np
import torch
from PIL import Image
from torch import nn

SIDE = 64  # pixels of a picture as the classifier sees it

WITH_WRITING = {"flags", "symbols", "time", "books & paper", "mail", "money", "office supplies", "writing",
                "computer", "music", "game", "event", "award-medal", "phone"}
TELLING = {"left", "right", "clock", "sign", "letter", "button", "calendar", "newspaper", "clockwise", "map"}


def read_captions(folder):
    with open(os.path.join(folder, "captions.jsonl"), encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_names(file):
    with open(file, encoding="utf-8") as lines:
        return {line.strip() for line in lines if line.strip()}


def is_mirrorable(caption):
    """as diffusion/training/captions.cpp has it"""
    if caption["group"] in WITH_WRITING or caption["subgroup"] in WITH_WRITING:
        return False
    return not TELLING & set(re.findall("[a-z]+", caption["en"].lower()))


def covering(file, side=SIDE):
    """[4, side, side] of 8 bits: colours times opacity, and opacity"""
    with Image.open(file) as picture:
        pixels = np.asarray(picture.convert("RGBA"), dtype=np.float32)
    pixels[..., :3] *= pixels[..., 3:] / 255
    planes = [Image.fromarray(pixels[..., i]).resize((side, side), Image.BOX) for i in range(4)]
    return np.stack([np.rint(np.asarray(p)) for p in planes]).astype(np.uint8)


def on_white(planes):
    """[N, 4, H, W] of 8 bits -> [N, 3, H, W] of 0..1 on white"""
    planes = planes.float() / 255
    return planes[:, :3] + 1 - planes[:, 3:]


def unit(i, o, stride=1, acts=True):
    layers = [nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, nn.ReLU()) if acts else nn.Sequential(*layers)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first, self.second = unit(width, width), unit(width, width, acts=False)

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


class Classifier(nn.Module):
    """[N, 3, H, W] of 0..1 -> logits of things and of styles; any size from 32 pixels on."""

    def __init__(self, things, styles):
        super().__init__()
        self.things, self.styles = list(things), list(styles)
        widths = (32, 80, 160, 320)
        layers = [unit(3, widths[0], 2)]
        for i, o in zip(widths, widths[1:]):
            layers += [unit(i, o, 2), Residual(o)]
        self.body = nn.Sequential(*layers)
        self.thing = nn.Linear(widths[-1], len(self.things))
        self.style = nn.Linear(widths[-1], len(self.styles))

    def forward(self, x):
        features = self.body((x * 4 - 2).contiguous(memory_format=torch.channels_last)).mean((2, 3))
        return self.thing(features), self.style(features)

    def save(self, file):
        torch.save({"things": self.things, "styles": self.styles, "weights": self.state_dict()}, file)

    @staticmethod
    def load(file):
        saved = torch.load(file, weights_only=True)
        made = Classifier(saved["things"], saved["styles"]).to(memory_format=torch.channels_last)
        made.load_state_dict(saved["weights"])
        return made.eval()

    @torch.no_grad()
    def found(self, pictures, captions):
        """for each picture: place of its thing among the guesses, 0 first; whether its style is the best guess"""
        places, styles = [], []
        for begin in range(0, len(captions), 128):
            things, style = self(pictures[begin:begin + 128])
            for i, caption in enumerate(captions[begin:begin + 128]):
                places.append(int((things[i] > things[i, self.things.index(caption["en"])]).sum()))
                styles.append(self.styles[int(style[i].argmax())] == caption["style_en"])
        return np.array(places), np.array(styles)
