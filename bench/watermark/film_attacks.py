"""What is done to films: each an FFmpeg command over the delivered film, sound left out."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

X264 = "-c:v libx264 -preset medium"
FAST = "-c:v libx264 -preset veryfast"


@dataclass(frozen=True, kw_only=True)
class Attack:
    """A row of the table."""

    name: str
    words: str
    bar: float | None
    encode: str
    """Options of the encoder; none at all: the film as it was delivered."""
    filter: str = ""
    """FFmpeg's filters; `{short}` is scale's arguments for a short side of so many pixels."""
    speed: float = 1.0
    """How many times faster it runs."""


ATTACKS = (
    Attack(name="none", words="none: as delivered, x264 CRF 23", bar=0.95, encode=""),
    Attack(name="crf28", words="x264 CRF 28", bar=0.95, encode=f"{X264} -crf 28"),
    Attack(name="480p", words="1080p → 480p, x264 CRF 23", bar=0.95, filter="scale={480}",
           encode=f"{X264} -crf 23"),
    Attack(name="crf33", words="x264 CRF 33", bar=None, encode=f"{FAST} -crf 33"),
    Attack(name="720p28", words="1080p → 720p, x264 CRF 28", bar=None, filter="scale={720}",
           encode=f"{X264} -crf 28"),
    Attack(name="480p28", words="1080p → 480p, x264 CRF 28", bar=None, filter="scale={480}",
           encode=f"{X264} -crf 28"),
    Attack(name="hevc", words="HEVC, x265 CRF 28 veryfast", bar=None,
           encode="-c:v libx265 -preset veryfast -crf 28 -x265-params log-level=error"),
    Attack(name="av1", words="AV1, SVT CRF 38 preset 10", bar=None,
           encode="-c:v libsvtav1 -preset 10 -crf 38"),
    Attack(name="crop20", words="cropped to 80 % of the area, CRF 23", bar=None,
           filter="crop=trunc(iw*0.92/2)*2:trunc(ih*0.87/2)*2:iw*0.05:ih*0.09",
           encode=f"{FAST} -crf 23"),
    Attack(name="logo", words="logo over 10 %, CRF 23", bar=None,
           filter="drawbox=x=iw*0.61:y=ih*0.06:w=iw*0.33:h=ih*0.305:color=white:t=fill",
           encode=f"{FAST} -crf 23"),
    Attack(name="24fps", words="25 → 24 frames per second, CRF 23", bar=None, filter="fps=24",
           encode=f"{FAST} -crf 23"),
    Attack(name="speed1.1", words="speed 1.1, CRF 23", bar=None, speed=1.1,
           filter="setpts=PTS/1.1,fps=25", encode=f"{FAST} -crf 23"),
)  # fmt: skip


def attacked(film: Path, attack: Attack, *, tall: bool) -> Path:
    """The attacked film beside the film; made once."""
    if not attack.encode:
        return film
    out = film.with_name(f"{attack.name}.mp4")
    if out.exists():
        return out
    aside = out.with_suffix(".part.mp4")
    chain = attack.filter
    for short in (480, 720):
        chain = chain.replace(f"{{{short}}}", f"{short}:-2" if tall else f"-2:{short}")
    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-v", "error", "-threads", "1", "-i", str(film)]
    call += ["-vf", chain] if chain else []
    subprocess.run([*call, "-an", *attack.encode.split(), "-threads", "1", str(aside)], check=True)
    return aside.replace(out)
