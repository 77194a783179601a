"""Six films of 1080p, made of berg's own scenes and encoded as berg delivers: x264 CRF 23."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import cv2

from bench.watermark import posters
from bench.watermark.chance import KEYS, identifier, key
from bench.watermark.material import PHOTOGRAPHS, read
from bench.watermark.rows import BUILD, codec
from berg.carriers.watermark.found import MarkKey
from berg.media.image.still import prepare
from berg.media.type.captions import CaptionStyle, set_pages
from berg.media.video.layers import Deck
from berg.media.video.scene import CaptionedScene, Scene
from berg.media.video.scenes import CardScene, ClipScene, StillScene

FPS = 25
CLIPS = Path("examples/tidewater/photos")
OVERSCAN = 1.12
TALL, WIDE = (1080, 1920), (1920, 1080)
LINES = (
    "Before the harbour wakes, we roast every bean by hand",
    "Nothing here is in a hurry but the tide",
    "Then comes the best part, the first cup of the day",
)


@dataclass(frozen=True)
class Shot:
    """What is seen: a photograph, a clip of the example, or a card."""

    shows: str
    frames: int
    captioned: bool = False


@dataclass(frozen=True)
class Film:
    """A film, all its shots under one key, each with its own identifier."""

    name: str
    about: str
    size: tuple[int, int]
    shots: tuple[Shot, ...] = field(repr=False)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """First frame of each shot, and at last the number of frames."""
        starts = [0]
        for shot in self.shots:
            starts.append(starts[-1] + shot.frames)
        return tuple(starts)

    @property
    def frames(self) -> int:
        return self.starts[-1]

    @property
    def number(self) -> int:
        return next(n for n, film in enumerate(FILMS) if film is self)

    @property
    def secret(self) -> MarkKey:
        return key(self.number % KEYS)

    def mark_of(self, shot: int) -> str:
        """The identifier of a shot."""
        return identifier("film", self.name, shot)

    @property
    def folder(self) -> Path:
        return BUILD / "films" / codec("films") / self.name


def _shots(words: str) -> tuple[Shot, ...]:
    """`what seconds`, and `+` for captions, shot after shot."""
    shots = []
    for part in words.split(";"):
        what, seconds, *more = part.split()
        shots.append(Shot(what, round(float(seconds) * FPS), bool(more)))
    return tuple(shots)


FILMS = (
    Film("skin", "a face, a red bowl, fur, skin tones", TALL,
         _shots("astronaut 5; Picture_0B 3.6 +; chelsea 4.4; astronaut 3 +; friends 4; retina 4")),
    Film("sky", "sky, snow, water: large, smooth and bright", WIDE,
         _shots("Bridge 5; Storm 3.4 +; picosdeeuropa 4.6; Aqua 4; sunset 3 +; china 4")),
    Film("night", "low light: a launch pad, stars, a dark field", WIDE,
         _shots("rocket 4.6; hubble_deep_field 4; seeding 3.4; greentock 3 +; Wine 5; rocket 4")),
    Film("text", "cards of moving type, nothing else", TALL,
         _shots("card0 4; card1 4; card2 4; card3 4; card6 4; card9 4")),
    Film("clips", "the example's clips, one with captions", TALL,
         _shots("harbour-before-dawn.mp4 5; beans-in-small-batches.mp4 5 +; with-the-tide.mp4 5;"
                "coffee 3; beans-in-small-batches.mp4 3; harbour-before-dawn.mp4 3 +")),
    Film("nature", "leaves, flowers, a beetle, a stream", WIDE,
         _shots("life 8 +; YellowFlower 4; RainDrops 3; LadyBird 3; Dragonfly 3; Dune 3")),
)  # fmt: skip


def scene_of(film: Film, number: int) -> Scene:
    """The scene of a shot, captions and all."""
    shot = film.shots[number]
    scene = _bare(film, shot, number)
    return _captioned(film, shot, number, scene) if shot.captioned else scene


def _bare(film: Film, shot: Shot, number: int) -> Scene:
    wide, tall = film.size
    if shot.shows.startswith("card"):
        return _card(film, int(shot.shows.removeprefix("card")), shot.frames)
    if shot.shows.endswith(".mp4"):
        path = CLIPS / shot.shows
        if not path.exists():
            raise SystemExit(f"{path} is missing: run examples/tidewater/prepare.py")
        return ClipScene(path, start=Fraction(0), crop=_crop(path, film.size), backdrop=False,
                         width=wide, height=tall, fps=Fraction(FPS))  # fmt: skip
    still, focus = _raster(shot.shows, film.size)
    return StillScene(still, width=wide, height=tall, fps=Fraction(FPS), focus=focus, seed=number)


def _crop(path: Path, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """As much of the middle of a clip as has the film's shape."""
    video = cv2.VideoCapture(str(path))
    wide, tall = int(video.get(cv2.CAP_PROP_FRAME_WIDTH)), int(video.get(cv2.CAP_PROP_FRAME_HEIGHT))
    across = min(wide, tall * size[0] // size[1]) // 2 * 2
    down = min(tall, across * size[1] // size[0]) // 2 * 2
    return (wide - across) // 4 * 2, (tall - down) // 4 * 2, across, down


def _raster(name: str, size: tuple[int, int]) -> tuple[Path, tuple[int, int]]:
    """A photograph made ready as the step does it, with some overscan; kept."""
    kept = BUILD / "rasters" / f"{name}-{size[0]}.png"
    made = next(made for made in PHOTOGRAPHS if made.name == name)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        large = (round(size[0] * OVERSCAN / 2) * 2, round(size[1] * OVERSCAN / 2) * 2)
        ready = prepare(read(made.file), size=large)
        cv2.imwrite(str(kept), cv2.cvtColor(ready.pixels, cv2.COLOR_RGB2BGR))
    return kept, (500, 500)


def _card(film: Film, number: int, frames: int) -> Scene:
    ground, sheet, layers, _ = posters.card(number, film.size, frames=frames)
    path = BUILD / "rasters" / f"card{number}-{film.size[0]}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sheet)
    return CardScene(ground, Deck(path, layers), width=film.size[0], height=film.size[1])


def _captioned(film: Film, shot: Shot, number: int, scene: Scene) -> Scene:
    setter = posters.setter()
    style = CaptionStyle(mode="word", look=("plate", "outline")[number % 2], language="en",
                         family=setter.family("Inter"), palette=posters.PALETTES[0],
                         width=film.size[0], height=film.size[1], fps=Fraction(FPS))  # fmt: skip
    words = posters.spoken(LINES[number % len(LINES)], "en")
    made = set_pages(words, style=style, frames=shot.frames, setter=setter)
    if made is None:
        return scene
    path = BUILD / "rasters" / f"caption-{film.name}{number}.png"
    path.write_bytes(made[0])
    return CaptionedScene(scene, Deck(path, made[1]))


def shots_seen(film: Film, first: float, end: float) -> Iterator[tuple[int, float]]:
    """Shots that the frames `first` to `end` show, each with how many."""
    for number, (start, stop) in enumerate(zip(film.starts, film.starts[1:], strict=False)):
        seen = min(end, stop) - max(first, start)
        if seen > 0:
            yield number, seen
