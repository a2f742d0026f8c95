#!/usr/bin/env python3
"""What the shipped model can draw, in figures and contact sheets.

    python tests/tools/measure_model.py --program build/release/bin/atelier --model resources/model \
        --judge judge.pt --pictures FOLDER --held-out WORK/held-out.txt --work OUT [--count 100] [--seed 1] \
        [--threads 2] [--sheet-side 6] [--sheets docs/model/sheets] [--skip sheets|vae|scenes]

Draws --count pairs of a thing and a style that the model was trained on and as many that were held out, has
`atelier generate` make each in English and in Korean with default settings and seeds that follow --seed, and asks
classifier.py's judge what it sees: the share of pictures whose thing is among its five best guesses of about
1,900, and whose style is its best guess ("of five": 3d and glossy,
which people can hardly tell apart, count as one). The same pairs' real pictures, and those pictures through the model's
autoencoder, say what the figures could be at most. Also: PSNR of the autoencoder over all held-out pictures on
white, computed here from the weights (the decoder is small), of the mean square error over all of them and as
the mean of each picture's own.

Half as many pairs of things, counts (two, three, four) and things on a colour are drawn, too: the judge sees the square
where each thing should be, by itself, and backgrounds have the colour that their corners are nearest to.

OUT gets measure.json (all figures, every picture's place among the guesses) and the pictures; --sheets gets the
contact sheets as WebP of at most 150 kB: one for each style, English, Korean, held-out (each generated picture left of
the real one) and compositions. A run that stopped begins anew. Needs torch, numpy, Pillow and safetensors; run by
hand, one process of the program for all pictures.
"""
import argparse
import json
import os
import random
import subprocess
import time

import numpy as np
import torch
from composed_scenes import drawn_from_real, has_the_colour, scenes, things_in
from composed_scenes import pixels_of as whole_pixels_of
from contact_sheets import COMPOSITIONS, favourites, sheet, write_small
from PIL import Image
from safetensors.torch import load_file
from sticker_pictures import SIDE, Classifier, covering, on_white, read_captions, read_names, style_shares
from torch.nn import functional as F

TEMPLATE_SIGNS = set("#{}|$\\")  # what --expand reads as its own


def prompt_of(caption, language):
    return f"{caption[language]}, {caption['style_' + language]}"


def is_plain(caption):
    return not TEMPLATE_SIGNS & set(caption["en"] + caption["ko"])


def generate(options, prompts, name):
    """files of the pictures by their prompts' order, seeds from --seed on; seconds for all"""
    folder = os.path.join(options.work, name)
    os.makedirs(folder, exist_ok=True)
    command = [options.program, "generate", "{" + "|".join(prompts) + "}", "--expand", "all", "--model",
               options.model, "--seed", str(options.seed), "--out", folder + "/", "--json",
               "--data", os.path.join(options.work, "data")]
    environment = dict(os.environ, OMP_NUM_THREADS=str(options.threads), LC_ALL="C.UTF-8")
    begin, files = time.time(), {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        for line in program.stdout:
            event = json.loads(line)
            if event["event"] != "picture":
                continue
            files[event["request"]["seed"] - options.seed] = event["path"]
            assert event["request"]["prompt"] == prompts[event["request"]["seed"] - options.seed], event
            if len(files) % 20 == 0:
                print(f"{name}: {len(files)} of {len(prompts)}, {time.time() - begin:.0f} s", flush=True)
    if program.returncode != 0 or len(files) != len(prompts):
        raise SystemExit(f"{options.program} made {len(files)} of {len(prompts)} pictures and ended with "
                         f"{program.returncode}")
    return [files[i] for i in range(len(prompts))], time.time() - begin


def seen_by_judge(judge, pictures, captions):
    places, styles = judge.found(pictures, captions)
    return {"top_1": float((places < 1).mean()), "top_5": float((places < 5).mean()),
            "top_10": float((places < 10).mean()), "median_place": float(np.median(places)),
            **style_shares(styles, captions), "pictures": len(captions), "places": places.tolist()}


def pixels_of(files):
    return on_white(torch.from_numpy(np.stack([covering(file) for file in files])))


def residuals(w, prefix, x):
    i = 0
    while f"{prefix}.{i}.conv1.weight" in w:
        h = F.silu(x)
        for name in ("conv1", "conv2"):
            h = F.conv2d(h if name == "conv1" else F.silu(h), w[f"{prefix}.{i}.{name}.weight"],
                         w[f"{prefix}.{i}.{name}.bias"], padding=1)
        x, i = x + h, i + 1
    return x


def convolve(w, name, x):
    weight = w[name + ".weight"]
    return F.conv2d(x, weight, w[name + ".bias"], padding=weight.shape[-1] // 2)


def through_autoencoder(w, config, x):
    """[N, 3, H, W] of -1..1, as vae/patch_autoencoder.cpp has it"""
    factor, detail = config["factor"], config["detail_factor"]
    code = F.conv2d(x, w["encoder.patch.weight"], w["encoder.patch.bias"], stride=factor)
    if "encoder.conv_out.weight" in w:
        h = residuals(w, "encoder.blocks", convolve(w, "encoder.detail_in", F.pixel_unshuffle(x, detail)))
        code = code + convolve(w, "encoder.conv_out", F.pixel_unshuffle(h, factor // detail))
    rough = F.conv_transpose2d(code, w["decoder.patch.weight"], w["decoder.patch.bias"], stride=factor)
    h = residuals(w, "decoder.blocks", convolve(w, "decoder.conv_in", code))
    h = F.pixel_shuffle(convolve(w, "decoder.widen", h), factor // detail)
    h = h + convolve(w, "decoder.detail_in", F.pixel_unshuffle(rough, detail))
    h = convolve(w, "decoder.conv_out", F.silu(residuals(w, "decoder.detail_blocks", h)))
    return rough + F.pixel_shuffle(h, detail)


@torch.no_grad()
def measure_autoencoder(options, captions, judge):
    folder = os.path.join(options.model, "vae")
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    weights = {k: v.float() for k, v in
               load_file(os.path.join(folder, "diffusion_pytorch_model.safetensors")).items()}
    errors, small = [], []
    for caption in captions:
        planes = torch.from_numpy(covering(os.path.join(options.pictures, caption["file"]), config["sample_size"]))
        real = on_white(planes[None])
        made = (through_autoencoder(weights, config, real * 2 - 1).clamp(-1, 1) + 1) / 2
        errors.append(float(((made - real) ** 2).mean()))
        small.append(F.interpolate(made, size=SIDE, mode="area"))
    errors = np.array(errors)
    return {"psnr": float(-10 * np.log10(errors.mean())), "mean_of_psnr": float(np.mean(-10 * np.log10(errors))),
            **seen_by_judge(judge, torch.cat(small), captions)}


def measure_drawing(options, judge, pairs):
    """pairs by name ("seen", "held out"); figures by "name, language" and the files"""
    jobs = [(name, language, caption) for name, captions in pairs.items() for language in ("en", "ko")
            for caption in captions]
    files, seconds = generate(options, [prompt_of(c, language) for _, language, c in jobs], "pairs")
    figures, drawn = {}, {}
    for name in pairs:
        for language in ("en", "ko"):
            own = [i for i, job in enumerate(jobs) if job[:2] == (name, language)]
            drawn[name, language] = [files[i] for i in own]
            figures[f"{name}, {language}"] = seen_by_judge(judge, pixels_of(drawn[name, language]), pairs[name])
        real = pixels_of([os.path.join(options.pictures, c["file"]) for c in pairs[name]])
        figures[f"{name}, real pictures"] = seen_by_judge(judge, real, pairs[name])
    figures["seconds_per_picture"] = seconds / len(jobs)
    return figures, drawn


def measure_scenes(options, judge, captions):
    """figures of pairs, counts and backgrounds, in both languages and of real pictures laid the same way"""
    made = scenes(captions, options.count // 2, random.Random(options.seed))
    files, _ = generate(options, [scene[language] for language in ("en", "ko") for scene in made], "scenes")
    shown = {"en": [whole_pixels_of(f) for f in files[:len(made)]], "ko": [whole_pixels_of(f) for f in files[len(made):]],
             "real pictures": [drawn_from_real(scene, options.pictures) for scene in made]}
    figures = {}
    for kind in ("pairs", "counts", "backgrounds"):
        for name, pictures in shown.items():
            own = [i for i, scene in enumerate(made) if scene["kind"] == kind]
            squares, things = zip(*[things_in(made[i], pictures[i]) for i in own])
            found = seen_by_judge(judge, torch.cat(squares), [thing for scene in things for thing in scene])
            if kind == "backgrounds":
                found["colour"] = float(np.mean([has_the_colour(made[i], pictures[i]) for i in own]))
            figures[f"{kind}, {name}"] = found
    return figures


def draw_sheets(options, captions, pairs, drawn):
    """files of the sheets, each with its prompts in reading order"""
    os.makedirs(options.sheets, exist_ok=True)
    side, made = options.sheet_side, {}

    def write(name, pictures, prompts, columns, cell=128):
        file = os.path.join(options.sheets, name + ".webp")
        write_small(sheet([Image.open(p) for p in pictures], columns, cell), file)
        made[os.path.basename(file)] = prompts

    for language, name in (("en", "english"), ("ko", "korean")):
        chosen = pairs["seen"][:side * side]
        write(name, drawn["seen", language][:side * side], [prompt_of(c, language) for c in chosen], side)
    kept, beside = pairs["held out"][:18], []
    for caption, file in zip(kept, drawn["held out", "en"]):
        beside += [file, os.path.join(options.pictures, caption["file"])]
    write("held-out", beside, [prompt_of(c, "en") for c in kept], 6, 96)
    styles = {style: favourites(captions, style, side * side) for style in sorted({c["style_en"] for c in captions})}
    prompts = [prompt_of(c, "en") for chosen in styles.values() for c in chosen] + COMPOSITIONS
    files, _ = generate(options, prompts, "for sheets")
    place = 0
    for style, chosen in styles.items():
        write("style-" + style, files[place:place + len(chosen)], prompts[place:place + len(chosen)], side)
        place += len(chosen)
    write("compositions", files[place:], COMPOSITIONS, 6)
    return made


def print_table(figures):
    print(f"{'pictures':28} {'number':>6} {'top-1':>7} {'top-5':>7} {'top-10':>7} {'style':>7} {'of five':>7}")
    for name, f in figures.items():
        if isinstance(f, dict):
            shares = " ".join(f"{100 * f[key]:6.1f}%" for key in ("top_1", "top_5", "top_10", "style", "style_of_five"))
            colour = f"  colour {100 * f['colour']:.0f}%" if "colour" in f else ""
            print(f"{name:28} {f['pictures']:6} {shares}{colour}")
    if "autoencoder, held out" in figures:
        f = figures["autoencoder, held out"]
        print(f"autoencoder: {f['psnr']:.2f} dB over all pixels, {f['mean_of_psnr']:.2f} dB as the mean of pictures")
    print(f"{figures['seconds_per_picture']:.2f} s a picture")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("program", "model", "judge", "pictures", "held-out", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--count", type=int, default=100, help="pairs of each kind; each twice, in both languages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sheet-side", type=int, default=6)
    parser.add_argument("--sheets", help="folder; default: contact in --work")
    parser.add_argument("--skip", action="append", default=[], choices=("sheets", "vae", "scenes"))
    options = parser.parse_args()
    options.sheets = options.sheets or os.path.join(options.work, "contact")
    torch.set_num_threads(options.threads)
    judge = Classifier.load(options.judge)
    captions = read_captions(options.pictures)
    names = read_names(options.held_out)
    held_out = [c for c in captions if c["file"] in names]
    draw = random.Random(options.seed)
    plain = {"seen": [c for c in captions if c["file"] not in names and is_plain(c)],
             "held out": [c for c in held_out if is_plain(c)]}
    pairs = {name: draw.sample(found, min(options.count, len(found))) for name, found in plain.items()}
    figures, drawn = measure_drawing(options, judge, pairs)
    if "scenes" not in options.skip:
        figures |= measure_scenes(options, judge, plain["seen"])
    if "vae" not in options.skip:
        figures["autoencoder, held out"] = measure_autoencoder(options, held_out, judge)
    sheets = draw_sheets(options, captions, pairs, drawn) if "sheets" not in options.skip else {}
    described = {name: [prompt_of(c, "en") for c in chosen] for name, chosen in pairs.items()}
    with open(os.path.join(options.work, "measure.json"), "w", encoding="utf-8") as file:
        json.dump({"figures": figures, "pairs": described, "sheets": sheets}, file, indent=1, ensure_ascii=False)
    print_table(figures)


if __name__ == "__main__":
    main()
