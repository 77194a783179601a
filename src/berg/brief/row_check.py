"""A check of an ask that a row's values were filled into: the limits that its texts had as read."""

from collections.abc import Iterator

from berg.brief.posters import MAX_BODY, MAX_CTA, MAX_HEADLINE
from berg.brief.short import MAX_END, MAX_SCRIPT, script_problem
from berg.errors import Fault
from berg.schema.brief import PostersAsk, ShortAsk


def row_faults(ask: ShortAsk | PostersAsk) -> list[Fault]:
    """What is wrong with a filled ask; `path` is below the ask."""
    found = _in_short(ask) if isinstance(ask, ShortAsk) else _in_posters(ask)
    return [Fault(message=said, line=0, column=0, path=path) for path, said in found]


def _in_short(ask: ShortAsk) -> Iterator[tuple[str, str]]:
    for language, text in ask.script.items():
        yield from _long(f"script.{language}", text, MAX_SCRIPT)
    for language, text in (ask.end or {}).items():
        yield from _long(f"end.{language}", text, MAX_END)
    if problem := script_problem(ask.script):
        yield "script", problem


def _in_posters(ask: PostersAsk) -> Iterator[tuple[str, str]]:
    for language, texts in ask.headlines.items():
        for index, text in enumerate(texts):
            yield from _long(f"headlines.{language}[{index}]", text, MAX_HEADLINE)
        if len(set(texts)) < len(texts):
            yield f"headlines.{language}", "the same headline twice"
    for key, most in (("body", MAX_BODY), ("cta", MAX_CTA)):
        for language, text in (getattr(ask, key) or {}).items():
            yield from _long(f"{key}.{language}", text, most)


def _long(path: str, text: str, most: int) -> Iterator[tuple[str, str]]:
    if len(text) > most:
        yield path, f"{len(text):,} characters; at most {most:,} are allowed"
