"""What classifier.py and measure_model.py have in common: captions, pictures, and the network."""
import json
import os
import re

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

SIDE = 128  # pixels of a picture as the classifier sees it; things are told at half of that

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


def centred(x):
    return (x * 4 - 2).contiguous(memory_format=torch.channels_last)


class Classifier(nn.Module):
    """[N, 3, 128, 128] of 0..1 -> logits of things and of styles, by a network of its own each."""

    def __init__(self, things, styles):
        super().__init__()
        self.things, self.styles = list(things), list(styles)
        widths = (32, 80, 160, 320)
        layers = [unit(3, widths[0], 2)]
        for i, o in zip(widths, widths[1:]):
            layers += [unit(i, o, 2), Residual(o)]
        self.body = nn.Sequential(*layers)
        self.thing = nn.Linear(widths[-1], len(self.things))
        self.rough_style = nn.Linear(widths[-1], len(self.styles))  # learns beside the things, for their sake
        self.style_body = nn.Sequential(unit(3, 24, 2), unit(24, 48, 2), unit(48, 64, 2), Residual(64),
                                        unit(64, 128, 2))
        self.first_style = nn.Linear(128, len(self.styles))  # what style_body learns by
        numbers = 2 * (sum(widths) + sum(widths[1:]) + 24 + 48 + 64 + 64 + 128)
        self.style = nn.Sequential(nn.BatchNorm1d(numbers, affine=False), nn.Dropout(0.2), nn.Linear(numbers, 256),
                                   nn.ReLU(), nn.Dropout(0.3), nn.Linear(256, len(self.styles)))

    def things_of(self, small):
        """of pictures of half the size (or less): logits of things and, roughly, of styles"""
        features = self.body(centred(small)).mean((2, 3))
        return self.thing(features), self.rough_style(features)

    def first_styles_of(self, x):
        return self.first_style(self.style_body(centred(x)).mean((2, 3)))

    def statistics(self, x):
        """mean and spread of every channel in both bodies: a style shows in all of them"""
        numbers = []
        for body, h in ((self.style_body, centred(x)), (self.body, centred(F.avg_pool2d(x, 2)))):
            for layer in body:
                h = layer(h)
                numbers += [h.mean((2, 3)).float(), h.float().std((2, 3))]
        return torch.cat(numbers, 1)

    def forward(self, x):
        return self.things_of(F.avg_pool2d(x, 2))[0], self.style(self.statistics(x))

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
        """for each picture: place of its thing among the guesses, 0 first; the style that is the best guess"""
        places, styles = [], []
        for begin in range(0, len(captions), 128):
            things, style = self(pictures[begin:begin + 128])
            for i, caption in enumerate(captions[begin:begin + 128]):
                places.append(int((things[i] > things[i, self.things.index(caption["en"])]).sum()))
                styles.append(self.styles[int(style[i].argmax())])
        return np.array(places), styles


ALIKE = {"3d", "glossy"}  # one artist's drawings with shading, which people can hardly tell apart


def style_shares(found, captions):
    """share of right styles; and of those that are right, or one of the two that look alike for the other"""
    right = [f == c["style_en"] for f, c in zip(found, captions)]
    alike = [f == c["style_en"] or {f, c["style_en"]} == ALIKE for f, c in zip(found, captions)]
    return {"style": round(float(np.mean(right)), 4), "style_of_five": round(float(np.mean(alike)), 4)}
