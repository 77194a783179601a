"""How fast the voices speak, so that the film comes near its target; and how far it misses it.

Without a target the pace alone decides. The ladder is coarse and its middle wide, so that changing
one word leaves all tempos as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from berg.errors import Fault
from berg.language.shots import Uneven, shots_of
from berg.schema.choices import Pace
from berg.schema.storyboard import Storyboard
from berg.steps.speech import LEAD_FRAMES, tail_frames
from berg.steps.speech.pace import seconds_to_say
from berg.steps.text.write_storyboard.script import Paced, Scripted

END_SECONDS = 2
"""Seconds of the end card, if nothing else is asked: read in passing, gone before it bores."""
TEMPO: Mapping[Pace, Fraction] = {
    "brisk": Fraction(53, 50),
    "natural": Fraction(1),
    "slow": Fraction(24, 25),
    "verse": Fraction(23, 25),
}
"""By pace, how fast sentences are said, as a share of the voice's own tempo."""
FASTER = (Fraction(26, 25), Fraction(27, 25), Fraction(28, 25))
SLOWER = (Fraction(24, 25), Fraction(23, 25))
"""Rungs for films with a target, so little from 1 that nobody hears it as fast or slow."""
OVER = Fraction(1, 2)
"""Seconds by which a film may run over what was asked."""
LONG_END = 4
"""Seconds of end card from which a film that has a target is said to be short of words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A shot, as far as its length hangs on it."""

    text: str
    ends_paragraph: bool
    """Whether a paragraph, or the film, ends with it."""


def said_of(texts: Sequence[str], opens: Sequence[bool]) -> list[Said]:
    """Shots of these texts; `opens` tells which of them begin a paragraph."""
    ends = [*opens[1:], False]
    return [Said(text=t, ends_paragraph=end) for t, end in zip(texts, ends, strict=True)]


def shot_seconds(said: Said, *, language: str, ask: Paced, speed: Fraction) -> Fraction:
    """A shot's foreseen length: its silence before and after, and its voice."""
    spoken = seconds_to_say(said.text, language=language, voice=ask.voice[language], speed=speed)
    tail = tail_frames(ask.pace, ask.fps, ends_paragraph=said.ends_paragraph)
    return spoken + (LEAD_FRAMES + tail) / ask.fps


def total_seconds(shots: Iterable[Said], *, language: str, ask: Paced, speed: Fraction) -> Fraction:
    """The foreseen length of all shots, without the end card."""
    return sum(
        (shot_seconds(s, language=language, ask=ask, speed=speed) for s in shots), Fraction(0)
    )


def ending_seconds(ask: Paced) -> int:
    """Seconds of the end card, at least."""
    return END_SECONDS if ask.ending is None else ask.ending


def choose_speed(shots: Sequence[Said], *, language: str, ask: Paced) -> Fraction:
    """Tempo of one language's voice: the pace's, unless a target asks for the next rung."""
    natural = TEMPO[ask.pace]
    if ask.seconds is None:
        return natural
    room = ask.seconds - ending_seconds(ask)

    def total(speed: Fraction) -> Fraction:
        return total_seconds(shots, language=language, ask=ask, speed=speed)

    if total(natural) > room:
        faster = [speed for speed in FASTER if speed > natural]
        return next((speed for speed in faster if total(speed) <= room), max(FASTER[-1], natural))
    least = room - (LONG_END - END_SECONDS)
    if total(natural) < least:
        slower = [speed for speed in SLOWER if speed < natural]
        return next((s for s in slower if least <= total(s) <= room), natural)
    return natural


def too_long(ask: Scripted) -> list[Fault]:
    """Faults of scripts that run over even at the fastest tempo; `path` is below the ask.

    A check for `read_brief`. A script that is too short is no fault: see `too_short`.
    """
    shots = shots_of(ask.script)
    if isinstance(shots, Uneven):
        return []
    opens = [shot.opens for shot in shots]
    spoken = {k: said_of([shot.text[k] for shot in shots], opens) for k in ask.script}
    speeds = {k: choose_speed(said, language=k, ask=ask) for k, said in spoken.items()}
    return _overruns(spoken, ask, speeds)


def board_too_long(board: Storyboard, ask: Paced) -> list[Fault]:
    """As `too_long`, of an edited storyboard at its own tempo."""
    return _overruns(_spoken(board), ask, board.speed)


def _spoken(board: Storyboard) -> dict[str, list[Said]]:
    opens = [shot.transition != "cut" for shot in board.shots]
    return {k: said_of([s.text[k] for s in board.shots], opens) for k in board.languages}


def _overruns(
    spoken: Mapping[str, Sequence[Said]], ask: Paced, speeds: Mapping[str, Fraction]
) -> list[Fault]:
    if ask.seconds is None:
        return []
    faults = []
    for language, shots in spoken.items():
        total = total_seconds(shots, language=language, ask=ask, speed=speeds[language])
        over = total + ending_seconds(ask) - ask.seconds
        if over > OVER:
            message = _shorten(shots, language=language, ask=ask, speed=speeds[language], over=over)
            faults.append(Fault(message=message, line=0, column=0, path=f"script.{language}"))
    return faults


def _shorten(
    shots: Sequence[Said], *, language: str, ask: Paced, speed: Fraction, over: Fraction
) -> str:
    total = total_seconds(shots, language=language, ask=ask, speed=speed)
    part = min(Fraction(1), over / total)
    if language == "zh":
        size, unit = sum(len("".join(said.text.split())) for said in shots), "characters"
    else:
        size, unit = sum(len(said.text.split()) for said in shots), "words"
    cut = -(-size * part.numerator // part.denominator)
    return (
        f"about {float(total + ending_seconds(ask)):.1f} s at tempo {float(speed):g}, "
        f"{float(over):.1f} s over {ask.seconds} s; cut about {cut} {unit}, or set seconds: "
        f"{fitting_seconds(shots, language=language, ask=ask)}, or seconds: auto"
    )


def fitting_seconds(shots: Sequence[Said], *, language: str, ask: Paced) -> int:
    """Whole seconds in which the shots fit at their pace's own tempo, end card and all."""
    natural = total_seconds(shots, language=language, ask=ask, speed=TEMPO[ask.pace])
    return -int(-(natural + ending_seconds(ask)) // 1)


def too_short(board: Storyboard, ask: Paced) -> list[str]:
    """Warnings for languages in which the end card would stand for long."""
    if ask.seconds is None:
        return []
    found = []
    for language, shots in _spoken(board).items():
        speed = board.speed[language]
        total = total_seconds(shots, language=language, ask=ask, speed=speed)
        end = ask.seconds - total
        if end > max(LONG_END, ending_seconds(ask)):
            found.append(
                f"{ask.name}, {language}: what is said takes {float(total):.0f} of {ask.seconds} s,"
                f" and the end card the other {float(end):.0f}: write more, or set seconds: "
                f"{fitting_seconds(shots, language=language, ask=ask)}, or seconds: auto"
            )
    return found
