"""A user's template set in a process of its own: confined, bounded, and ended when it hangs.

The process sees a folder with the contract, the template and the logo, and fonts. It has a limit
of memory and of processor time, and no way to the network: Typst would fetch packages through a
proxy, and the one that it is told of is not there. What it says comes back as bytes, length first.
Not here: what templates are handed and must say (`typeset`, `boxes`).
"""

import base64
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

from berg.errors import StepError
from berg.lines.posters.design.press import Data, Press

LIMIT_S = 15.0
"""Wall clock for one answer: a layout takes a hundredth of a second."""
MEMORY_BYTES = 3 << 30
"""Address space, most of it fonts mapped and thread stacks."""
MOST_BYTES = 64 << 20
"""Of one answer."""
_NOWHERE = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


class Cell(Press):
    """A press whose templates run in a child process, started when first needed."""

    def __init__(self, own: Press, *, limit_s: float = LIMIT_S) -> None:
        # Not the parent's initialiser: folder, fonts and logos are another press's.
        self.setter, self.root, self._own, self._limit_s = own.setter, own.root, own, limit_s
        self._child: subprocess.Popen[bytes] | None = None
        self._scratch = own.root / "cell"
        self._scratch.mkdir(exist_ok=True)

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
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream:
                    stream.close()
            self._child = None

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
            child = self._running()
            _write(child, json.dumps(asked).encode(), time.monotonic() + self._limit_s)
            kind, answer = _read(child, time.monotonic() + self._limit_s)
        except TimeoutError:
            self.close()
            raise StepError(
                f"your template took more than {self._limit_s:g} s and was stopped: does a loop "
                "in it never end?"
            ) from None
        except (OSError, EOFError):
            self.close()
            raise StepError(
                "your template used up its memory or processor time and was stopped: draw less"
            ) from None
        if kind != b"+":
            raise StepError(answer.decode(errors="replace"))
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.close()
            fonts = [str(path) for path in self.setter.fonts]
            self._child = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "berg.lines.posters.design.cell_main",
                    str(MEMORY_BYTES),
                    *fonts,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._scratch,
                env={
                    **os.environ,
                    **dict.fromkeys(_PROXIES, _NOWHERE),
                    "no_proxy": "",
                    "TMPDIR": str(self._scratch),
                },
                start_new_session=True,
            )
        return self._child


_CELLS: dict[int, Cell] = {}


def cell(own: Press) -> Cell:
    """The resident cell beside a press."""
    return _CELLS.setdefault(id(own), Cell(own))


def _write(child: "subprocess.Popen[bytes]", data: bytes, until: float) -> None:
    assert child.stdin is not None
    whole = memoryview(len(data).to_bytes(8, "big") + data)
    handle = child.stdin.fileno()
    os.set_blocking(handle, False)
    while whole:
        if not select.select([], [handle], [], max(0.0, until - time.monotonic()))[1]:
            raise TimeoutError
        whole = whole[os.write(handle, whole) :]


def _read(child: "subprocess.Popen[bytes]", until: float) -> tuple[bytes, bytes]:
    head = _take(child, 9, until)
    size = int.from_bytes(head[1:], "big")
    if size > MOST_BYTES:
        raise EOFError
    return head[:1], _take(child, size, until)


def _take(child: "subprocess.Popen[bytes]", count: int, until: float) -> bytes:
    assert child.stdout is not None
    found = bytearray()
    handle = child.stdout.fileno()
    while len(found) < count:
        if not select.select([handle], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        more = os.read(handle, min(1 << 20, count - len(found)))
        if not more:
            raise EOFError
        found += more
    return bytes(found)
