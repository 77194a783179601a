"""The child process of `cell`: reads a template and data, answers with boxes or a picture."""

import base64
import json
import os
import resource
import shutil
import sys
from pathlib import Path
from typing import Any, BinaryIO

from berg.errors import BergError
from berg.lines.posters.design.press import Press
from berg.media.type.setter import setter

_PROCESSOR_S = 12
"""For one answer; the parent's clock is the outer limit."""


def main(arguments: list[str]) -> None:
    """Serve until standard input ends."""
    said, asked = os.fdopen(os.dup(1), "wb"), os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_AS, (int(arguments[0]),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    press = Press(setter(tuple(map(Path, arguments[1:]))))
    try:
        while head := asked.read(8):
            answer(press, asked.read(int.from_bytes(head, "big")), said)
    finally:
        shutil.rmtree(press.root, ignore_errors=True)


def answer(press: Press, question: bytes, said: BinaryIO) -> None:
    """Write one answer: `+` or `-`, eight bytes of length, and the bytes."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(spent.ru_utime + spent.ru_stime) + _PROCESSOR_S
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    try:
        kind, data = b"+", _made(press, json.loads(question))
    except BergError as fault:
        kind, data = b"-", str(fault).encode()
    said.write(kind + len(data).to_bytes(8, "big") + data)
    said.flush()


def _made(press: Press, asked: dict[str, Any]) -> bytes:
    source, data = base64.b64decode(asked["source"]), asked["data"]
    if asked["logo"]:
        target = press.root / Path(asked["logo"]).name
        if not target.exists():
            shutil.copyfile(asked["logo"], target)
    if asked["what"] == "boxes":
        return json.dumps(press.boxes(source, data)).encode()
    if asked["what"] == "drawn":
        return press.drawn(source, data, asked["view"])
    return press.pdf(source, data)


if __name__ == "__main__":
    main(sys.argv[1:])
