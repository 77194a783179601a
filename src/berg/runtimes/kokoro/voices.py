"""Facts about Kokoro's voices that a declaration may know. No weights are opened here.

A voice's name begins with its language and sex: `af_heart` is American and female, `bm_george`
British and male, `zf_xiaoxiao` Chinese and female.
"""

NO_VOICE = "none"
"""Stands where a voice would, in a silent film."""

LANGUAGE_OF_PREFIX = {"a": "en", "b": "en", "z": "zh"}
"""Language by a voice's first letter; nothing here reads for Kokoro's others (e, f, h, i, j, p)."""

MODEL = "kokoro-82m-int8"
"""Catalogue name of the model's file."""
GUESSER = "g2p-en"
"""Catalogue name of the model that guesses English words outside the lexicons."""


def voice_language(voice: str) -> str | None:
    """The language that a voice speaks, `en` or `zh`; None when berg can't make it speak."""
    prefix, _, name = voice.partition("_")
    if len(prefix) != 2 or prefix[1] not in "fm" or not name:
        return None
    return LANGUAGE_OF_PREFIX.get(prefix[0])


def british(voice: str) -> bool:
    """Whether a voice speaks British English."""
    return voice.startswith("b")


def lexicons(voice: str) -> tuple[str, str]:
    """Catalogue names of the English lexicons that suit a voice: hand-checked, then the larger."""
    country = "gb" if british(voice) else "us"
    return f"misaki-{country}-gold", f"misaki-{country}-silver"


def weights_for(text: str, *, language: str, voice: str) -> tuple[str, ...]:
    """Catalogue names of all that is opened to speak a text; Chinese without Latin letters needs
    no English lexicon.
    """
    names = (MODEL, f"kokoro-{voice}")
    latin = any(c.isascii() and c.isalpha() for c in text)
    return (*names, *lexicons(voice), GUESSER) if language == "en" or latin else names
