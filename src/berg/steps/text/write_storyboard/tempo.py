"""How fast the voices speak, so that the film comes near its target; and how far it misses it.

The ladder is coarse and its middle wide, so that changing one word leaves all tempos as they are.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from berg.errors import Fault
from berg.language.shots import Uneven, shots_of
from berg.schema.storyboard import Storyboard
from berg.steps.speech import LEAD_FRAMES, TAIL_FRAMES
from berg.steps.speech.pace import seconds_to_say
from berg.steps.text.write_storyboard.script import Paced, Scripted

END_SECONDS = Fraction(5, 2)
"""Least time for the end card."""
FASTER = (Fraction(21, 20), Fraction(11, 10), Fraction(23, 20))
SLOWER = (Fraction(19, 20), Fraction(9, 10))
ENOUGH = Fraction(3, 4)
"""Share of the target from which spoken shots count as filling it."""
TOLERANCE = Fraction(1, 10)
"""Share of the target by which a film may run over without a word."""
MOSTLY_END = Fraction(1, 2)
"""Share of the target below which the end card would be most of the film."""


def shot_seconds(text: str, *, language: str, ask: Paced, speed: Fraction) -> Fraction:
    """A shot's foreseen length: its silence before and after, and its voice."""
    spoken = seconds_to_say(text, language=language, voice=ask.voice[language], speed=speed)
    return spoken + (LEAD_FRAMES + TAIL_FRAMES) / ask.fps


def total_seconds(texts: Sequence[str], *, language: str, ask: Paced, speed: Fraction) -> Fraction:
    """The foreseen length of all shots, without the end card."""
    return sum(
        (shot_seconds(t, language=language, ask=ask, speed=speed) for t in texts), Fraction(0)
    )


def choose_speed(texts: Sequence[str], *, language: str, ask: Paced) -> Fraction:
    """Tempo of one language's voice: 1 if the shots fit and fill the target, else the next rung."""

    def total(speed: Fraction) -> Fraction:
        return total_seconds(texts, language=language, ask=ask, speed=speed)

    if total(Fraction(1)) + END_SECONDS > ask.seconds:
        fits = (speed for speed in FASTER if total(speed) + END_SECONDS <= ask.seconds)
        return next(fits, FASTER[-1])
    if total(Fraction(1)) < ENOUGH * ask.seconds:
        fills = (speed for speed in SLOWER if total(speed) >= ENOUGH * ask.seconds)
        return next(fills, SLOWER[-1])
    return Fraction(1)


def misfit(board: Storyboard, ask: Paced) -> dict[str, Fraction]:
    """By language, the share of the target by which the film misses it, if that is too much.

    Positive: shots and the shortest end card run over by so much (more than 10 %). Negative: the
    shots fall short by so much (more than half), and the end card would be most of the film.
    """
    found: dict[str, Fraction] = {}
    for language in board.languages:
        texts = [shot.text[language] for shot in board.shots]
        share = _share(texts, language=language, ask=ask, speed=board.speed[language])
        if share is not None:
            found[language] = share
    return found


def _share(texts: Sequence[str], *, language: str, ask: Paced, speed: Fraction) -> Fraction | None:
    total = total_seconds(texts, language=language, ask=ask, speed=speed)
    over = (total + END_SECONDS) / ask.seconds - 1
    if over > TOLERANCE:
        return over
    under = total / ask.seconds - 1
    return under if under < MOSTLY_END - 1 else None


def too_long(ask: Scripted) -> list[Fault]:
    """Faults of scripts that run over even at the fastest tempo; `path` is below the ask.

    A check for `read_brief`. A script that is too short is no fault: see `too_short`.
    """
    shots = shots_of(ask.script)
    if isinstance(shots, Uneven):
        return []
    texts = {language: [shot.text[language] for shot in shots] for language in ask.script}
    speeds = {k: choose_speed(said, language=k, ask=ask) for k, said in texts.items()}
    return _overruns(texts, ask, speeds)


def board_too_long(board: Storyboard, ask: Paced) -> list[Fault]:
    """As `too_long`, of an edited storyboard at its own tempo."""
    texts = {language: [s.text[language] for s in board.shots] for language in board.languages}
    return _overruns(texts, ask, board.speed)


def _overruns(
    texts: Mapping[str, Sequence[str]], ask: Paced, speeds: Mapping[str, Fraction]
) -> list[Fault]:
    faults = []
    for language, said in texts.items():
        share = _share(said, language=language, ask=ask, speed=speeds[language])
        if share is not None and share > 0:
            message = _shorten(said, share, language=language, ask=ask, speed=speeds[language])
            faults.append(Fault(message=message, line=0, column=0, path=f"script.{language}"))
    return faults


def _shorten(
    texts: Sequence[str], share: Fraction, *, language: str, ask: Paced, speed: Fraction
) -> str:
    total = total_seconds(texts, language=language, ask=ask, speed=speed)
    over = total + END_SECONDS - ask.seconds
    part = min(Fraction(1), over / total)
    if language == "zh":
        size, unit = sum(len("".join(text.split())) for text in texts), "characters"
    else:
        size, unit = sum(len(text.split()) for text in texts), "words"
    return (
        f"about {float(total + END_SECONDS):.0f} s at tempo {float(speed):g}, {float(share):.0%} "
        f"over {ask.seconds} s; cut about {max(1, round(size * part))} {unit}, or set seconds: "
        f"{-int(-(total + END_SECONDS) // 1)}"
    )


def too_short(board: Storyboard, ask: Paced) -> list[str]:
    """Warnings for languages in which the end card would be most of the film."""
    return [
        f"{ask.name}, {language}: what is said fills {float(1 + share):.0%} of {ask.seconds} s; "
        "the end card takes up the rest: write more, or set fewer seconds"
        for language, share in misfit(board, ask).items()
        if share < 0
    ]
