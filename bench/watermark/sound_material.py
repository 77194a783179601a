"""Twelve clips of 40 s, 48 kHz stereo: six voices, five pieces of music, a voice over music."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.watermark.chance import chance
from bench.watermark.material import MUSIC
from bench.watermark.rows import BUILD
from berg.home import default_home
from berg.media.audio.read import stereo_blocks
from berg.runtimes.kokoro import Kokoro
from berg.runtimes.kokoro.voices import MODEL, weights_for
from berg.weights import Weights

RATE, SECONDS = 48_000, 40
Sound = npt.NDArray[np.float32]
"""Shape (n, channels)."""

ENGLISH = """The harbour was quiet when she came down to the boats. Nobody had touched the ropes
since autumn, and salt had drawn white lines along every one of them. She counted twelve hulls,
wrote the number in her book, and sat down to wait for the tide. It would take an hour, perhaps a
little more. A gull walked past her twice, as if it had an appointment. Far out, the first engine
started, coughed, and ran. By noon the whole bay would smell of diesel, bread and oranges, and
somebody would be shouting about the price of ice. For now there was only water against stone,
and the slow argument of wood with wood. She closed her eyes and listened to all of it."""
CHINESE = """清晨的港口很安静，船还靠在岸边，绳子上结了一层白白的盐。她数了数，一共十二条船，
把数字记在本子上，然后坐下来等潮水。大概要等一个小时，也许更久一点。一只海鸥从她面前走过两次，
好像跟谁约好了似的。远处，第一台发动机响了起来，咳了几声，终于转稳了。到了中午，整个海湾都会
有柴油、面包和橙子的味道，还会有人在那里争论冰块的价钱。现在只有水拍着石头，还有木头慢慢地
跟木头说话。她闭上眼睛，把这一切都听了进去。"""
VOICES = (
    ("en", "af_heart"), ("en", "am_michael"), ("en", "bf_emma"),
    ("zh", "zf_xiaoxiao"), ("zh", "zm_yunjian"), ("zh", "zf_xiaoyi"),
)  # fmt: skip


def clip(name: str) -> Sound:
    """A clip by its name; kept, so that it is made only once."""
    kept = BUILD / "sounds" / f"{name}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.save(kept, levelled(CLIPS[name]()))
    return np.asarray(np.load(kept), np.float32)


def levelled(sound: npt.NDArray[Any]) -> Sound:
    """As long as a clip is, −18 dB on average, its peaks bent down softly below full scale."""
    sound = np.resize(sound, (RATE * SECONDS, sound.shape[1])).astype(np.float64)
    sound *= 10 ** (-18 / 20) / max(float(np.sqrt(np.mean(sound**2))), 1e-9)
    return (0.97 * np.tanh(sound / 0.97)).astype(np.float32)


@cache
def _kokoro() -> Kokoro:
    return Kokoro.open({MODEL: Weights(default_home()).path(MODEL)})


def spoken(language: str, voice: str) -> Sound:
    """A voice in the middle of the stage."""
    text = ENGLISH if language == "en" else CHINESE
    text, weights = " ".join(text.split("\n")), Weights(default_home())
    names = weights_for(text, language=language, voice=voice)
    files = {name: weights.path(name) for name in names}
    said = _kokoro().speak(text, language=language, voice=voice, speed=Fraction(1), weights=files)
    sound = said.pcm.astype(np.float64) / 32_768
    wide = np.fft.irfft(np.pad(np.fft.rfft(sound), (0, len(sound) // 2)), 2 * len(sound))
    return np.repeat(wide[:, None], 2, axis=1).astype(np.float32) * 2


def recorded(number: int) -> Sound:
    """A piece of music from its tenth second on."""
    blocks = stereo_blocks(MUSIC[number].file, what="music", limit=RATE * (SECONDS + 10))
    sound = np.concatenate(list(blocks))
    return np.asarray(sound[10 * RATE :], np.float32)


def plucked() -> Sound:
    """Strings after Karplus and Strong: sparse, with silence between notes."""
    draw, out = chance("plucked"), np.zeros((RATE * SECONDS, 2))
    for step in range(SECONDS * 3):
        pitch = 110 * 2 ** (draw.choice([0, 3, 5, 7, 10, 12, 15, 19]) / 12)
        note = _string(round(RATE / pitch), round(1.2 * RATE), draw)
        start, side = step * RATE // 3, draw.uniform(0.25, 0.75)
        kept = min(len(note), len(out) - start)
        out[start : start + kept] += note[:kept, None] * [1 - side, side]
    return out.astype(np.float32)


def _string(period: int, length: int, draw: np.random.Generator) -> npt.NDArray[np.float64]:
    wave, turns = draw.uniform(-1, 1, period), []
    for _ in range(-(-length // period)):
        turns.append(wave)
        wave = 0.498 * (wave + np.roll(wave, 1))
    return np.concatenate(turns)[:length]


def pads() -> Sound:
    """Chords of slow swells: pure tones, and nothing above 700 Hz."""
    at = np.arange(RATE * SECONDS) / RATE
    out = np.zeros((len(at), 2))
    for number, root in enumerate((110.0, 98.0, 130.8, 87.3, 110.0, 98.0, 82.4, 110.0)):
        swell = np.clip(1 - np.abs(at - 5 * number - 2.5) / 3.5, 0, 1) ** 1.5
        for part, ratio in enumerate((1, 1.498, 2, 2.52, 3, 4, 5.04)):
            tone = np.sin(2 * np.pi * root * ratio * at * (1 + 0.0004 * part)) / (1 + 0.6 * part)
            out += (swell * tone)[:, None] * [1 - part / 14, 0.5 + part / 14]
    return out.astype(np.float32)


def over_music() -> Sound:
    """A voice, and music 12 dB below it."""
    voice = levelled(spoken("en", "am_puck"))
    return voice + np.float32(10 ** (-12 / 20)) * levelled(recorded(0))


CLIPS: dict[str, Callable[[], Sound]] = {
    **{voice: partial(spoken, language, voice) for language, voice in VOICES},
    **{f"music-{MUSIC[n].name}": partial(recorded, n) for n in range(3)},
    "plucked": plucked,
    "pads": pads,
    "voice-over-music": over_music,
}
