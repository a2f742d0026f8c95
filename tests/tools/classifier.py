#!/usr/bin/env python3
"""An independent judge of what the shipped model draws: which thing and which style a picture shows.

    python tests/tools/classifier.py train --pictures FOLDER --held-out WORK/held-out.txt --out judge.pt \
        [--cache pixels.npy] [--epochs 32] [--style-epochs 10] [--seed 1] [--threads 1] [--part all|things|style|head]
    python tests/tools/classifier.py test --pictures FOLDER --held-out WORK/held-out.txt judge.pt

FOLDER holds captions.jsonl and its pictures; held-out.txt is the list that `atelier train` wrote into its work
folder. Those pictures are left out here too, so the judge has learnt from the model's own training pictures and
nothing else: from each thing in its other styles. A small residual network on 64x64 pixels has one output for each
of the things (distinct English labels), a smaller one on 128x128 pixels learns the six styles, which
are told from the means and spreads of all channels of both. Training
shows pictures moved, scaled to 60-100 %, mirrored where they may be, on white and on colours, a little blurred and
noisy, as generated pictures are; the style's network sees less of that. "test" (and the end of "train") prints how
often it is right on real pictures, held out and not: what a perfect model would reach. "style_of_five" takes 3d and
glossy for one: the same artist's drawings, which differ in fine shading. --part style keeps the things' network that
--out holds, --part head both. Needs torch, numpy and Pillow; run by hand, 17 minutes of one core.
"""
import argparse
import json
import os
import time

import numpy as np
import torch
from sticker_pictures import (Classifier, covering, is_mirrorable, on_white, read_captions, read_names,
                              style_shares)
from torch.nn import functional as F

BATCH, RATE, DECAY = 64, 3e-3, 0.05


def planes_of(folder, captions, cache):
    if cache and os.path.exists(cache):
        planes = np.load(cache)
        if len(planes) == len(captions):
            return torch.from_numpy(planes)
    planes = np.stack([covering(os.path.join(folder, c["file"])) for c in captions])
    if cache:
        np.save(cache, planes)
    return torch.from_numpy(planes)


def uniform(generator, low, high, *shape):
    return low + (high - low) * torch.rand(*shape, generator=generator)


def changed(planes, mirrorable, side, g, least=0.6, wear=1.0):
    """[N, 4, H, W] of 0..255 -> [N, 3, side, side] as a picture may come out of a generator"""
    n = len(planes)
    scale = torch.where(torch.rand(n, generator=g) < 0.6, uniform(g, least, 1.02, n), torch.ones(n))
    turn = torch.where((torch.rand(n, generator=g) < 0.5) & mirrorable, -1.0, 1.0)
    free = (1 - scale).clamp(min=0) + 0.06
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0], theta[:, 1, 1] = turn / scale, 1 / scale
    theta[:, 0, 2] = uniform(g, -1, 1, n) * free / scale
    theta[:, 1, 2] = uniform(g, -1, 1, n) * free / scale
    grid = F.affine_grid(theta, (n, 4, side, side), align_corners=False)
    moved = F.grid_sample(planes.float() / 255, grid, align_corners=False)
    ground = torch.where(torch.rand(n, 1, generator=g) < 0.25, torch.rand(n, 3, generator=g), torch.ones(n, 3))
    pictures = moved[:, :3] + (1 - moved[:, 3:]) * ground[:, :, None, None]
    return worn(pictures, g, wear)


def worn(pictures, g, wear):
    """contrast, brightness, blur and noise, each a little"""
    n = len(pictures)
    tap = uniform(g, 0.05, 0.3, 2).tolist()
    kernel = torch.tensor([tap[0], 1 - 2 * tap[0], tap[0]])
    blurred = F.conv2d(F.pad(pictures, (1, 1, 1, 1), mode="replicate"),
                       torch.outer(kernel, kernel).expand(3, 1, 3, 3), groups=3)
    share = (torch.rand(n, generator=g) < 0.6) * uniform(g, 0, 1.4 * wear, n)
    pictures = pictures + share[:, None, None, None] * (blurred - pictures)
    contrast = 1 + wear * uniform(g, -0.15, 0.1, n, 1, 1, 1)
    pictures = 0.5 + (pictures - 0.5) * contrast + wear * uniform(g, -0.05, 0.05, n, 3, 1, 1)
    noise = wear * uniform(g, 0, 0.04, n, 1, 1, 1) * torch.randn(pictures.shape, generator=g)
    return (pictures + noise).clamp(0, 1)


def rate_at(share):
    """up for a tenth of the way, then half a cosine down"""
    return share / 0.1 if share < 0.1 else 0.5 * (1 + np.cos(np.pi * (share - 0.1) / 0.9))


def teach(parts, loss_of, captions, epochs, seed):
    """moves the parts by the loss of batches: loss_of(chosen, epoch, generator)"""
    g = torch.Generator().manual_seed(seed)
    learning = [p for part in parts for p in part.parameters()]
    optimiser = torch.optim.AdamW(learning, lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98))
    steps = len(captions) // BATCH
    for epoch in range(epochs):
        begin, sums = time.time(), 0
        order = torch.randperm(len(captions), generator=g)
        for step in range(steps):
            for group in optimiser.param_groups:
                group["lr"] = RATE * rate_at((epoch + (step + 1) / steps) / epochs)
            loss = loss_of(order[step * BATCH:(step + 1) * BATCH], epoch, g)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            sums += loss.item()
        print(f"epoch {epoch + 1} of {epochs}: loss {sums / steps:.3f}, {time.time() - begin:.0f} s", flush=True)


def teach_things(judge, planes, captions, epochs, seed):
    things = torch.tensor([judge.things.index(c["en"]) for c in captions])
    styles = torch.tensor([judge.styles.index(c["style_en"]) for c in captions])
    mirrorable = torch.tensor([is_mirrorable(c) for c in captions])

    def loss_of(chosen, epoch, g):
        side = 48 if epoch < 0.6 * epochs else 64  # coarse pictures first: they cost half
        pictures = changed(F.avg_pool2d(planes[chosen].float(), 2), mirrorable[chosen], side, g)
        with torch.autocast("cpu", torch.bfloat16):
            thing, style = judge.things_of(pictures)
        return (F.cross_entropy(thing.float(), things[chosen], label_smoothing=0.1)
                + 0.5 * F.cross_entropy(style.float(), styles[chosen], label_smoothing=0.05))

    teach((judge.body, judge.thing, judge.rough_style), loss_of, captions, epochs, seed)


def teach_styles(judge, planes, captions, epochs, seed):
    styles = torch.tensor([judge.styles.index(c["style_en"]) for c in captions])
    mirrorable = torch.tensor([is_mirrorable(c) for c in captions])

    def loss_of(chosen, _, g):
        pictures = changed(planes[chosen].float(), mirrorable[chosen], planes.shape[-1], g, 0.8, 0.4)
        with torch.autocast("cpu", torch.bfloat16):
            style = judge.first_styles_of(pictures)
        return F.cross_entropy(style.float(), styles[chosen], label_smoothing=0.05)

    teach((judge.style_body, judge.first_style), loss_of, captions, epochs, seed)


def teach_head(judge, planes, captions, seed):
    """by each picture as it is and once changed, while both bodies stay as they are"""
    styles = torch.tensor([judge.styles.index(c["style_en"]) for c in captions])
    mirrorable = torch.tensor([is_mirrorable(c) for c in captions])
    g, numbers = torch.Generator().manual_seed(seed), []
    judge.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for chosen in torch.arange(len(captions)).split(128):
            worn_ones = changed(planes[chosen].float(), mirrorable[chosen], planes.shape[-1], g, 0.8, 0.4)
            numbers.append(torch.stack([judge.statistics(p) for p in (on_white(planes[chosen]), worn_ones)]))
    numbers = torch.cat(numbers, 1)
    judge.style.train()

    def loss_of(chosen, epoch, _):
        return F.cross_entropy(judge.style(numbers[epoch % 2, chosen]), styles[chosen], label_smoothing=0.05)

    teach((judge.style,), loss_of, captions, 30, seed)


def shares(judge, planes, captions):
    places, styles = judge.found(on_white(planes), captions)
    return {"pictures": len(captions), "top_1": round(float((places < 1).mean()), 4),
            "top_5": round(float((places < 5).mean()), 4), **style_shares(styles, captions)}


def test(judge, planes, captions, kept):
    training = [i for i in range(len(captions)) if not kept[i]][::9]
    held_out = [i for i in range(len(captions)) if kept[i]]
    for name, chosen in (("training", training), ("held out", held_out)):
        print(name, json.dumps(shares(judge, planes[chosen], [captions[i] for i in chosen])))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("train", "test"))
    parser.add_argument("judge", nargs="?", help="test: what train wrote")
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--held-out", required=True)
    parser.add_argument("--out")
    parser.add_argument("--cache", help="file for the decoded pictures")
    parser.add_argument("--epochs", type=int, default=32)
    parser.add_argument("--style-epochs", type=int, default=10)
    parser.add_argument("--part", choices=("all", "things", "style", "head"), default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    if not (arguments.out if arguments.command == "train" else arguments.judge):
        parser.error("train needs --out FILE, test needs the file that train wrote")
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    captions = read_captions(arguments.pictures)
    names = read_names(arguments.held_out)
    kept = [c["file"] in names for c in captions]
    if sum(kept) != len(names):
        parser.error(f"{len(names) - sum(kept)} names of {arguments.held_out} are in no line of captions.jsonl")
    planes = planes_of(arguments.pictures, captions, arguments.cache)
    if arguments.command == "test":
        return test(Classifier.load(arguments.judge), planes, captions, kept)
    chosen = [i for i in range(len(captions)) if not kept[i]]
    captions_of_training = [captions[i] for i in chosen]
    if arguments.part in ("style", "head"):
        judge = Classifier.load(arguments.out)
    else:
        judge = Classifier(sorted({c["en"] for c in captions}), sorted({c["style_en"] for c in captions}))
        judge = judge.to(memory_format=torch.channels_last)
        teach_things(judge.train(), planes[chosen], captions_of_training, arguments.epochs, arguments.seed)
        judge.save(arguments.out)
    if arguments.part in ("all", "style"):
        teach_styles(judge.train(), planes[chosen], captions_of_training, arguments.style_epochs, arguments.seed)
        judge.save(arguments.out)
    if arguments.part != "things":
        teach_head(judge, planes[chosen], captions_of_training, arguments.seed)
        judge.save(arguments.out)
    test(judge.eval(), planes, captions, kept)


if __name__ == "__main__":
    main()
