"""The child process of `cell`: gets a template and data, answers with boxes or a picture."""

import base64
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from berg.children import Limits, Owner, confine, spend
from berg.errors import BergError
from berg.lines.posters.design.press import Press
from berg.media.type.setter import setter

LIMITS = Limits(memory_bytes=3 << 30, file_bytes=256 << 20)
"""Most of the memory is fonts mapped and thread stacks; what is written are copies of logos."""
_PROCESSOR_S = 12
"""Seconds of processor time for one answer; the owner's clock is the outer limit."""


def main(fonts: list[str]) -> None:
    """Serve until the owner ends."""
    owner = Owner()
    confine(LIMITS)
    press = Press(setter(tuple(map(Path, fonts))))
    try:
        for question in owner.messages():
            spend(_PROCESSOR_S)
            owner.reply(answer(press, question))
    finally:
        shutil.rmtree(press.root, ignore_errors=True)


def answer(press: Press, question: bytes) -> bytes:
    """`+` and what was made, or `-` and why it was not."""
    try:
        return b"+" + _made(press, json.loads(question))
    except BergError as fault:
        return b"-" + str(fault).encode()


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
