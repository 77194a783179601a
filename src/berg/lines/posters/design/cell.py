"""A user's template set in a process of its own: confined, bounded, and ended when it hangs.

The process sees a folder with the contract, the template and the logo, and fonts. It has a limit
of memory and of processor time, and no way to the network: Typst would fetch packages through a
proxy, and the one that it is told of is not there.
Not here: what templates are handed and must say (`typeset`, `boxes`).
"""

import base64
import json
import sys
from collections.abc import Mapping
from typing import Any

from berg.children import ChildEnded, Resident, TookTooLong
from berg.errors import StepError
from berg.lines.posters.design.press import Data, Press

LIMIT_S = 15.0
"""Wall clock for one answer: a layout takes a hundredth of a second."""
MOST_BYTES = 64 << 20
"""Largest answer."""
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Cell(Press):
    """A press whose templates run in a child process, started when first needed."""

    def __init__(self, own: Press, *, limit_s: float = LIMIT_S) -> None:
        # Not the parent's initialiser: folder, fonts and logos are another press's.
        self.setter, self.root, self._own, self._limit_s = own.setter, own.root, own, limit_s
        scratch = own.root / "cell"
        scratch.mkdir(exist_ok=True)
        fonts = [str(path) for path in self.setter.fonts]
        self._child = Resident(
            [sys.executable, "-m", "berg.lines.posters.design.cell_main", *fonts],
            most_bytes=MOST_BYTES,
            folder=scratch,
            environment={
                **dict.fromkeys(_PROXIES, _NOWHERE),
                "no_proxy": "",
                "TMPDIR": str(scratch),
            },
        )

    def logo(self, path: Any) -> str:
        """See `Press.logo`."""
        return self._own.logo(path)

    def boxes(self, template: str | bytes, data: Data) -> list[dict[str, Any]]:
        """See `Press.boxes`. Raises StepError also when the template takes too long."""
        found: list[dict[str, Any]] = json.loads(self._ask("boxes", template, data, None))
        return found

    def drawn(self, template: str | bytes, data: Data, view: Data) -> bytes:
        """See `Press.drawn`."""
        return self._ask("drawn", template, data, view)

    def pdf(self, template: str | bytes, data: Data) -> bytes:
        """See `Press.pdf`."""
        return self._ask("pdf", template, data, None)

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def _ask(self, what: str, template: str | bytes, data: Data, view: Data | None) -> bytes:
        source = template if isinstance(template, bytes) else b""
        logo = data.get("logo")
        asked = {
            "what": what,
            "source": base64.b64encode(source).decode(),
            "data": dict(data),
            "view": view,
            "logo": str(self.root / logo["path"]) if isinstance(logo, Mapping) else None,
        }
        try:
            said = self._child.ask(json.dumps(asked).encode(), limit_s=self._limit_s)
        except TookTooLong:
            raise StepError(
                f"your template took more than {self._limit_s:g} s and was stopped: does a loop "
                "in it never end?"
            ) from None
        except ChildEnded:
            raise StepError(
                "your template used up its memory or processor time and was stopped: draw less"
            ) from None
        kind, answer = said[:1], said[1:]
        if kind != b"+":
            raise StepError(answer.decode(errors="replace"))
        return answer


_CELLS: dict[int, Cell] = {}


def cell(own: Press) -> Cell:
    """The resident cell beside a press."""
    return _CELLS.setdefault(id(own), Cell(own))
