"""multilingual-e5-small: vectors of texts, on NumPy. `E5` is imported when first asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from berg.runtimes.e5.session import E5

__all__ = ["E5", "MODEL"]

MODEL = "multilingual-e5-small"
"""Its name in the catalogue."""


def __getattr__(name: str) -> Any:
    # Declarations may not import NumPy; so the session is re-exported on first use.
    if name == "E5":
        from berg.runtimes.e5.session import E5

        return E5
    raise AttributeError(name)
