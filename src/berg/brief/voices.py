"""Voices by name: what the catalogue holds and berg can make speak."""

from collections.abc import Mapping, Sequence

from berg.brief.faults import did_you_mean
from berg.brief.fields import Field
from berg.runtimes.kokoro.voices import NO_VOICE, voice_language
from berg.schema.model import WeightsEntry

DEFAULT = {"en": "af_heart", "zh": "zf_xiaoxiao"}
"""The voice of a language for which a brief names none."""

_PREFIX = "kokoro-"


def voices_of(languages: Sequence[str]) -> dict[str, str]:
    """The default voice of each language."""
    return {language: DEFAULT[language] for language in languages}


def known_voices(language: str, models: Mapping[str, WeightsEntry]) -> list[str]:
    """Names of the voices that speak a language, in the catalogue's order."""
    names = [n.removeprefix(_PREFIX) for n, e in models.items() if e.kind == "voice"]
    return [name for name in names if voice_language(name) == language]


def read_voice(field: Field, language: str, models: Mapping[str, WeightsEntry]) -> str | None:
    """A voice of the catalogue that speaks the language, or `none`; None after a fault."""
    word = field.word()
    known = known_voices(language, models)
    if word == NO_VOICE or word in known:
        return word
    if "/" in word or word.lower().endswith((".wav", ".mp3", ".m4a", ".flac", ".ogg")):
        instead = f"a catalogue voice such as {DEFAULT[language]}, or none"
        return field.fault(f"{field.path}: a recording is not in this version; use {instead}")
    speaks = voice_language(word)
    if speaks is not None and f"{_PREFIX}{word}" in models:
        return field.fault(
            f"{field.path}: voice {word} speaks {speaks}, not {language}; "
            f"write a map by language, with a voice such as {DEFAULT[language]} for {language}"
        )
    hint = did_you_mean(word, known) or f", such as {DEFAULT[language]}"
    return field.wants(f"none or a {language} voice of `berg models`{hint}")
