"""Profiles of labels: berg's own by name, and a user's from a file. Both are small TOML files.

A profile says what is seen and heard of a deliverable's origin, for one law or several. A user's
file is taken apart with care: it may be anything. Not here: whether a profile meets its law.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_args

from berg.brief.faults import Faults, did_you_mean, listed
from berg.brief.plain_text import readable, refused_in
from berg.media.type.label_room import fits
from berg.schema.choices import LANGUAGES
from berg.schema.marking import LabelPlace, Profile

T = TypeVar("T")

OWN = ("cn", "eu", "both", "none")
"""Names of berg's own profiles."""
MAX_BYTES = 16 << 10
"""Largest profile read, bytes; berg's own have one thousand."""
HEIGHTS = (20, 120)
"""Least and greatest height of a label's type, thousandths of the shorter side."""
MAX_LABEL = 40
"""Characters of a label."""
MAX_SPOKEN = 200
"""Characters of what is said."""
_SOUNDS = ("spoken", "rhythm", "both", "none")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@lru_cache(maxsize=8)
def own_profile(name: str) -> Profile:
    """One of `OWN`."""
    file = resources.files("berg.brief") / "profiles" / f"{name}.toml"
    profile = parse_profile(file.read_bytes(), stem=name)
    if isinstance(profile, list):
        raise AssertionError(f"profile {name}: {profile}")
    return profile


def read_profile(path: Path) -> Profile | list[str]:
    """A user's profile, or all that is wrong with it. `path` is a plain file."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return [f"can't be read: {error.strerror}"]
    found = parse_profile(data, stem=path.stem.lower())
    if isinstance(found, Profile) and found.name in OWN:
        return [f"name: {found.name} is berg's own; give yours another name"]
    return found


def parse_profile(data: bytes, *, stem: str) -> Profile | list[str]:
    """A profile from its file's bytes, or all that is wrong with it; `stem` names it if it has no
    name itself.
    """
    if len(data) > MAX_BYTES:
        return [f"larger than {MAX_BYTES >> 10} KiB; a profile is a few lines"]
    try:
        raw = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        # UnicodeDecodeError and TOMLDecodeError are ValueErrors, as is a number of 5,000 digits
        reason = "nested too deep" if isinstance(error, RecursionError) else str(error)[:160]
        return [f"not TOML in UTF-8: {readable(' '.join(reason.split()))}"]
    return _Reader().read({"name": stem, **raw})


@dataclass
class _Reader:
    faults: list[str] = field(default_factory=list)

    def read(self, raw: Mapping[str, Any]) -> Profile | list[str]:
        values: dict[str, Any] = {}
        for key, value in raw.items():
            if key not in _READERS:
                hint = did_you_mean(key, _READERS) or f"; allowed are {listed(_READERS)}"
                self._fault(f"unknown key {_shown(key)}{hint}")
                continue
            values[key] = _READERS[key](self, key, value)
        self._together(values)
        return self.faults or Profile(**values)

    def _together(self, values: Mapping[str, Any]) -> None:
        if values.get("sound") in ("spoken", "both") and not values.get("spoken"):
            self._fault('sound: what is said is missing; add [spoken] with en = "…"')
        if values.get("voice_texts") and not values.get("texts"):
            self._fault("voice_texts: texts is missing; add [texts] for what is generated whole")
        for key in ("texts", "voice_texts"):
            self._widths(key, values.get(key) or {}, values.get("height") or 50)

    def _widths(self, key: str, texts: Mapping[str, str], height: int) -> None:
        for language, text in texts.items():
            if len(text) <= MAX_LABEL and not fits(text, height=height):
                self._fault(f"{key}.{language}: wider than a picture; shorten it, or lower height")

    def name(self, key: str, value: Any) -> str | None:
        if isinstance(value, str) and _NAME.fullmatch(value):
            return value
        return self._wants(key, value, "a short name of small letters, digits and hyphens")

    def place(self, key: str, value: Any) -> str | None:
        return self._one_of(key, value, get_args(LabelPlace))

    def sound(self, key: str, value: Any) -> str | None:
        return self._one_of(key, value, _SOUNDS)

    def height(self, key: str, value: Any) -> int | None:
        low, high = HEIGHTS
        if type(value) is int and low <= value <= high:
            return value
        what = f"a whole number from {low} to {high}: thousandths of the shorter side"
        return self._wants(key, value, what)

    def metadata(self, key: str, value: Any) -> bool | None:
        return value if isinstance(value, bool) else self._wants(key, value, "true or false")

    def label(self, key: str, value: Any) -> dict[str, str]:
        return self._by_language(key, value, MAX_LABEL)

    def spoken(self, key: str, value: Any) -> dict[str, str]:
        return self._by_language(key, value, MAX_SPOKEN)

    def _one_of(self, key: str, value: Any, allowed: tuple[str, ...]) -> str | None:
        if isinstance(value, str) and value in allowed:
            return value
        return self._wants(key, value, listed(allowed))

    def _by_language(self, key: str, value: Any, most: int) -> dict[str, str]:
        if not isinstance(value, dict):
            self._wants(key, value, f'a table by language: [{key}] and en = "…" below it')
            return {}
        for language, text in value.items():
            if language not in LANGUAGES:
                self._fault(f"{key}: {_shown(language)} is no language; use {listed(LANGUAGES)}")
            else:
                self._text(f"{key}.{language}", text, most)
        return {language: _tidy(text) for language, text in value.items()}

    def _text(self, key: str, text: Any, most: int) -> None:
        if not isinstance(text, str) or not any(c.isalnum() for c in text):
            self._wants(key, text, "a text in quotes, with at least one word")
        elif bad := refused_in(text) or ("a line break or tab" if set(text) & set("\n\t") else ""):
            self._fault(f"{key}: {bad} can't stand in a label; delete it")
        elif len(text) > most:
            self._fault(f"{key}: {len(text):,} characters; at most {most} are allowed")

    def _wants(self, key: str, value: Any, what: str) -> T | None:
        return self._fault(f"{key}: {_shown(value)} is not allowed here; write {what}")

    def _fault(self, message: str) -> T | None:
        self.faults.append(message)
        return None


def _tidy(text: Any) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()) if isinstance(text, str) else ""


def _shown(value: Any) -> str:
    """A value for a message: short, in quotes, without what could steer a terminal."""
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    text = value if isinstance(value, str) else repr(value)[: 4 * MAX_LABEL]
    return Faults.quote("".join(c if c.isprintable() else "\ufffd" for c in text[:MAX_SPOKEN]))


_READERS: dict[str, Callable[[_Reader, str, Any], Any]] = {
    "name": _Reader.name,
    "place": _Reader.place,
    "height": _Reader.height,
    "sound": _Reader.sound,
    "metadata": _Reader.metadata,
    "texts": _Reader.label,
    "voice_texts": _Reader.label,
    "spoken": _Reader.spoken,
}
