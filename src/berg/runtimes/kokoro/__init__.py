"""Kokoro-82M: text to speech, English and Chinese. `Kokoro` is imported when first asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from berg.runtimes.kokoro.session import Kokoro

__all__ = ["Kokoro"]


def __getattr__(name: str) -> Any:
    # The light parts of this package (voices, normalisers) serve declarations, which may not
    # import ONNX Runtime; so the session is re-exported on first use.
    if name == "Kokoro":
        from berg.runtimes.kokoro.session import Kokoro

        return Kokoro
    raise AttributeError(name)
