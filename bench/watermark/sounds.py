"""Trials of sounds: a whole clip is marked and attacked once, then windows of it are searched."""

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.watermark.chance import KEYS, chance, identifier, key
from bench.watermark.rows import Row
from bench.watermark.sound_attacks import ATTACKS, Attack
from bench.watermark.sound_material import CLIPS, RATE, Sound, clip
from bench.watermark.statistics import snr
from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.sound import find_in_sound, mark_sound

WINDOWS = 5
"""Windows, at random places, of each clip under each of the keys."""


@dataclass(frozen=True)
class Unit:
    """A clip to be marked under a key."""

    name: str
    round: int

    @property
    def label(self) -> str:
        return f"{self.name}/{self.round}"


def units(*, rounds: int) -> Iterator[Unit]:
    """Round after round, so that a run cut short has as many of each clip."""
    for number, name in itertools.product(range(rounds), CLIPS):
        yield Unit(name, number)


def run(unit: Unit, wants: Callable[[str], bool]) -> Iterator[Row]:
    """All trials of a unit that are wanted, the marking first."""
    wanted = [a for a in ATTACKS if any(wants(_trial(unit, a, n)) for n in range(WINDOWS))]
    if not wanted and not wants(f"{unit.label}/mark"):
        return
    number = (sum(unit.name.encode()) + unit.round) % KEYS
    sound, secret, mark = clip(unit.name), key(number), identifier("sound", unit.label)
    begun = time.process_time()
    marked = mark_sound(sound, rate=RATE, identifier=mark, key=secret)
    took = time.process_time() - begun
    if wants(f"{unit.label}/mark"):
        yield {
            "trial": f"{unit.label}/mark", "attack": "mark", "what": unit.name,
            "seconds": len(sound) / RATE, "mark_s": took, "snr": snr(sound, marked),
            "same_length": len(sound) == len(marked),
        }  # fmt: skip
    made: dict[str, tuple[Sound, int]] = {}
    for attack in wanted:
        how = repr(attack.do)  # rows that differ in their window share what was done
        seen, rate = made[how] = made.get(how) or attack.do(marked, RATE)
        for window in range(WINDOWS):
            if wants(_trial(unit, attack, window)):
                row = _find(unit, attack, window, (seen, rate), secret, mark)
                yield row | {"key": number}


def _trial(unit: Unit, attack: Attack, window: int) -> str:
    return f"{unit.label}/{attack.name}/{window}"


def _find(
    unit: Unit, attack: Attack, window: int, heard: tuple[Sound, int], secret: MarkKey, mark: str
) -> Row:
    sound, rate = heard
    length = round(attack.window_s * rate)
    start = int(chance(unit.label, window).random() * max(1, len(sound) - length))
    begun = time.process_time()
    found = find_in_sound(sound[start : start + length], rate=rate, keys=[secret])
    took = time.process_time() - begun
    return {
        "trial": _trial(unit, attack, window), "attack": attack.name, "what": unit.name,
        "right": any(f.identifier == mark for f in found),
        "wrong": sum(f.identifier != mark for f in found),
        "score": round(max((f.score for f in found), default=0.0), 2),
        "seconds": attack.window_s, "find_s": round(took, 4),
    }  # fmt: skip
