"""llama.cpp: language models in GGUF. `Llama` is imported when first asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from berg.runtimes.llama.session import Llama

__all__ = ["Llama"]


def __getattr__(name: str) -> Any:
    # The light parts (the GGUF header) serve checks, which may not load llama.cpp.
    if name == "Llama":
        from berg.runtimes.llama.session import Llama

        return Llama
    raise AttributeError(name)
