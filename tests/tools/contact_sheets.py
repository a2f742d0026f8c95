"""Contact sheets of measure_model.py: what is on them, and files that stay small."""
import io

from PIL import Image

MOST_BYTES = 150_000

FAVOURITES = """grinning face|face with tears of joy|smiling face with sunglasses|red heart|blue heart|star
cat face|dog face|panda|penguin|turtle|octopus|butterfly|rose|sunflower|cactus|red apple|banana
strawberry|pizza|hamburger|birthday cake|hot beverage|automobile|bicycle|rocket|house|sun|rainbow
umbrella|soccer ball|guitar|light bulb|key|wrapped gift|balloon|crown|gem stone|snowman|fire"""
FAVOURITES = FAVOURITES.replace("\n", "|").split("|")

COMPOSITIONS = [
    "cat face and red apple, 3d", "dog face and soccer ball, noto", "sun and cactus, flat",
    "rose next to balloon, twemoji", "banana and strawberry, glossy", "고양이 얼굴과 빨간 사과, 노토",
    "two red apples, 3d", "three balloons, noto", "two cats, flat", "four roses, twemoji",
    "three bananas, glossy", "바나나 두 개, 입체",
    "red apple on a blue background, 3d", "panda on a pink background, noto", "rocket on a black background, flat",
    "star on a purple background, twemoji", "penguin on an orange background, glossy", "토끼 얼굴, 노란 배경, 노토",
    "blue heart and red heart, flat", "green apple on a grey background, noto", "house on a green background, 3d",
    "turtle and octopus on a sky blue background, noto", "하트 세 개, 입체", "고양이, 파란 배경, 입체"]


def favourites(captions, style, count):
    """captions of the style, first those that everybody knows, then in the list's order"""
    own = {c["en"]: c for c in captions if c["style_en"] == style}
    chosen = [own[label] for label in FAVOURITES if label in own]
    rest = [c for label, c in own.items() if label not in FAVOURITES]
    return (chosen + rest)[:count]


def sheet(pictures, columns, cell, gap=2):
    """the pictures on white in reading order"""
    rows = -(-len(pictures) // columns)
    made = Image.new("RGB", (columns * (cell + gap) - gap, rows * (cell + gap) - gap), "white")
    for i, picture in enumerate(pictures):
        way = Image.BOX if picture.width >= 2 * cell else Image.LANCZOS
        picture = picture.convert("RGBA").resize((cell, cell), way)
        made.paste(picture, (i % columns * (cell + gap), i // columns * (cell + gap)), picture)
    return made


def write_small(picture, file):
    """as WebP, of the best quality of those that keep it small"""
    for quality in (88, 80, 70, 60, 50, 40, 30, 20):
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        if len(buffer.getvalue()) <= MOST_BYTES:
            break
    with open(file, "wb") as out:
        out.write(buffer.getvalue())
