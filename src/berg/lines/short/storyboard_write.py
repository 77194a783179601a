"""Writing a storyboard as a document for people. `storyboard_read` takes it back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from berg.schema.brief import Brief
from berg.schema.overlay import Overlays
from berg.schema.storyboard import Shot, Show, Storyboard

_HEAD = """\
# Storyboard of {title}
#
# Change what you like, then go on with  berg make BRIEF --storyboard THIS_FILE
#   text        what is said, in every language
#   show        a file of your footage, `card`, or a clip from a moment on: waves.mp4 @ 3.5s
#   transition  how the shot begins: cut or dissolve
#   strap       who is seen: {{who: Mara Lind, role: Roaster}}
#   callout     a number or a few words, large: "4,90 €"
#   list        two to six items that come as they are spoken: [Pale, Dark, Decaf]
#   chart       {{kind: bar, unit: "%", values: {{2023: 12, 2024: 19}}}}; or kind: line
#   seed        another number moves the picture another way
# Shots may be moved, deleted and added (a new shot needs text and show; leave its id out).
# An id names a shot's work: keep it, and only what you changed is made again.
# The seconds are foreseen, for your information; what is spoken decides.
"""


def storyboard_to_yaml(board: Storyboard, brief: Brief) -> str:
    """The storyboard as YAML. Reading it with the same brief gives an equal storyboard."""
    lines = [_HEAD.format(title=_quoted(brief.title))]
    lines.append("berg-storyboard: 1")
    lines.append(f"languages: [{', '.join(board.languages)}]")
    lines.append(f"speed: {_by_language(board.speed)}  # tempo of the voices, 0.9 to 1.15")
    lines.append("shots:")
    for shot in board.shots:
        lines += _shot(shot)
    return "\n".join(lines) + "\n"


def _shot(shot: Shot) -> list[str]:
    lines = [f'  - id: "{shot.id}"', "    text:"]
    lines += [f"      {language}: {_quoted(text)}" for language, text in shot.text.items()]
    lines.append(f"    show: {_show(shot.show)}")
    lines.append(f"    transition: {shot.transition}")
    lines += _overlays(shot.overlays)
    lines.append(f"    seed: {shot.seed}")
    if shot.seconds:
        lines.append(f"    seconds: {_by_language(shot.seconds)}")
    return [*lines, ""]


def _overlays(overlays: Overlays) -> Iterator[str]:
    if strap := overlays.strap:
        role = f", role: {_texts(strap.role)}" if strap.role else ""
        yield f"    strap: {{who: {_texts(strap.who)}{role}}}"
    if overlays.callout:
        yield f"    callout: {_texts(overlays.callout)}"
    if overlays.items:
        lists = {language: _list(items) for language, items in overlays.items.items()}
        yield f"    list: {_map(lists)}"
    if chart := overlays.chart:
        values = {
            language: _map({_quoted(p.name[language]): number(p.value) for p in chart.values})
            for language in chart.values[0].name
        }
        unit = f", unit: {_quoted(chart.unit)}" if chart.unit else ""
        yield f"    chart: {{kind: {chart.kind}{unit}, values: {_map(values)}}}"


def _texts(texts: Mapping[str, str]) -> str:
    return _map({language: _quoted(text) for language, text in texts.items()})


def _list(items: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, items)) + "]"


def _map(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


def _show(show: Show) -> str:
    if show.kind == "card":
        return "card"
    start = "" if show.start is None else f" @ {number(show.start)}s"
    return _quoted(f"{show.source}{start}")


def _by_language(values: Mapping[str, Fraction]) -> str:
    return "{" + ", ".join(f"{key}: {number(value)}" for key, value in values.items()) + "}"


def number(value: Fraction) -> str:
    """`3.5` where three decimals are exact, else `10/3`."""
    milli = value * 1000
    if milli.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(milli.numerator, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    """A text as a YAML double-quoted scalar, of which JSON's strings are a part."""
    return json.dumps(text, ensure_ascii=False)
