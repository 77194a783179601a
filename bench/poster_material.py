"""What the posters are made of: photographs, words, briefs. All the same every time.

The photographs are those of the example and variations of them (another part, mirrored, another
light), at the size a telephone takes for a poster, with grain: what is enlarged has none, and
would be too easy to encode. Each carries an AIGC label, so that a labelled poster shows one.
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from berg.carriers.aigc import AigcLabel, write_label

EXAMPLE = Path("examples/tidewater")
STILLS = ("mira-the-barista.jpg", "first-cups.jpg", "warm-croissant.jpg")
STILLS += ("sacks-from-small-farms.jpg", "the-counter-on-the-quay.jpg")
SIDES = (1440, 1800)
"""Width and height of a photograph, pixels."""
HEADLINES = (
    "Cold water. Warm coffee.",
    "The tide is in, and so are we",
    "Roasted before dawn",
    "A harbour in every cup",
    "Slow is a flavour",
    "Small batches, long mornings",
    "Your table by the water",
    "Salt air, dark roast",
    "Come in from the rain",
    "First light, first cup",
    "Coffee that takes its time",
    "What the gulls wake up for",
)
OTHERS = ("Nothing tastes like waiting", "Bread, butter, and a view", "We open when the boats do")
"""For posters that only warm workers up."""
BODY = "Roasted in small batches behind the old brick wall, and on your doorstep tomorrow morning."
SENTENCES = (
    "Before the harbour wakes, we roast.",
    "The stars are out, and the drum is warm.",
    "Behind a brick wall, every batch is small.",
    "Dear {name}, this one is roasted for you.",
    "Mira, our barista, tastes every single one.",
    "Then comes the best part: the first cup.",
    "Caramel, orange peel, and a little sea air.",
    "Roasted at dawn, at your doorstep tomorrow.",
    "Tidewater: coffee that comes with the tide.",
)
"""A film of 30 s with its end card; one shot of some 3 s says a name."""
NAMES = ("Anna", "Bela", "Cleo", "Dora", "Emil", "Finn", "Gert", "Hana", "Ivan", "Jana")
FAMILIES = ("Amsel", "Birke", "Cohen", "Drake", "Eklund", "Ferro", "Grant", "Holm", "Ito", "Jansen")


@dataclass(frozen=True, slots=True)
class Material:
    """A folder with everything, and briefs beside it."""

    folder: Path
    photos: int

    @staticmethod
    def make(folder: Path, *, photos: int) -> "Material":
        """Write photographs and logo; none of it is timed."""
        for where, first, count in (("photos", 0, photos), ("others", photos, 3)):
            (folder / where).mkdir(parents=True)
            for number in range(first, first + count):
                _write(folder / where / f"{number:03}.jpg", _photograph(number))
        (folder / "logo.svg").write_bytes((EXAMPLE / "logo.svg").read_bytes())
        return Material(folder, photos)

    def posters(self, name: str, *, count: int, marked: bool, warming: bool = False) -> Path:
        """A brief of so many posters, a headline and photograph each."""
        headlines, photos = (OTHERS, "others") if warming else (HEADLINES, "photos")
        lines = "".join(f"        - {line}\n" for line in headlines)
        ask = f"      headlines:\n{lines}      variants: {count}\n"
        return self._brief(name, self._posters(ask, photos), marked=marked)

    def rows(self, name: str, *, count: int) -> Path:
        """A brief of a poster for each of so many people."""
        self._table(name, count)
        ask = f'      each: {name}.csv\n      headline: "{{name}}, your table is ready"\n'
        return self._brief(name, self._posters(ask, "photos"), marked=True)

    def films(self, name: str, *, count: int) -> Path:
        """A brief of a film for each of so many people."""
        self._table(name, count)
        script = "".join(f"        {sentence}\n" for sentence in SENTENCES)
        made = (
            f"  - short:\n      each: {name}.csv\n      seconds: 30\n      voice: none\n"
            f'      aspect: "270x480"\n      footage: photos/\n      end: tidewater.example\n'
            f"      script: |\n{script}"
        )
        return self._brief(name, made, marked=True)

    def photo(self, name: str) -> Path:
        """A photograph by its name in a brief."""
        return self.folder / name

    def _posters(self, ask: str, photos: str) -> str:
        return (
            f"  - posters:\n{ask}      body: {BODY}\n      cta: Order now\n"
            f"      pictures: {photos}/\n      sizes: [1080x1350]\n"
        )

    def _brief(self, name: str, made: str, *, marked: bool) -> Path:
        brief = self.folder / f"{name}.yaml"
        marks = "" if marked else "provenance: {label: none, watermark: false}\n"
        brand = "brand: {name: Tidewater, logo: logo.svg}\n"
        text = f"berg: 1\ntitle: Bench\nlanguages: [en]\n{brand}{marks}make:\n{made}"
        brief.write_text(text, encoding="utf-8")
        return brief

    def _table(self, name: str, count: int) -> None:
        people = (
            f"{n:04},{NAMES[n % 10]} {FAMILIES[n // 10 % 10]} {n // 100 + 1}\n"
            for n in range(count)
        )
        (self.folder / f"{name}.csv").write_text("id,name\n" + "".join(people), encoding="utf-8")


def _write(path: Path, picture: np.ndarray) -> None:
    """A JPEG with the label that a generated picture carries."""
    plain = path.with_name(f".{path.name}")
    cv2.imwrite(str(plain), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
    label = AigcLabel(label="1", produce_id=path.stem)
    write_label(plain, path, media_type="image/jpeg", label=label)
    plain.unlink()


def _photograph(number: int) -> np.ndarray:
    """BGR: one of the example's, another part of it each time."""
    chance = np.random.default_rng(number)
    still = cv2.imread(str(EXAMPLE / "photos" / STILLS[number % len(STILLS)]))
    if still is None:
        raise SystemExit(f"the example's photographs are not there: run {EXAMPLE}/prepare.py")
    part = _part(still, chance)
    picture = cv2.resize(part, SIDES, interpolation=cv2.INTER_CUBIC).astype(np.float32)
    if chance.random() < 0.5:
        picture = picture[:, ::-1]
    light = chance.uniform(0.75, 1.2) * chance.uniform(0.92, 1.08, 3)
    grain = chance.normal(0, 4, (SIDES[1], SIDES[0], 1))
    return np.clip(picture * light + grain, 0, 255).astype(np.uint8)


def _part(still: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A part in the photographs' shape."""
    tall, wide = still.shape[:2]
    height = min(tall, wide * SIDES[1] // SIDES[0]) * chance.uniform(0.7, 1.0)
    width = height * SIDES[0] / SIDES[1]
    top, left = chance.uniform(0, tall - height), chance.uniform(0, wide - width)
    return still[int(top) : int(top + height), int(left) : int(left + width)]
