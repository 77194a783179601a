"""Typst, warm, with the layouts of posters: data in, boxes and pixels out.

One compiler a template, kept; a layout is compiled on a page of one pixel to ask for its boxes,
which takes a tenth of drawing it. Not here: fitting (`typeset`), confinement (`cell`).
"""

import hashlib
import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from berg.errors import StepError
from berg.lines.posters.design.places import LAYOUTS
from berg.media.type.logo import safe_logo
from berg.media.type.setter import Setter, setter

SOURCES = Path(str(resources.files("berg.lines.posters.design") / "layouts"))
CONTRACT = "contract.typ"
OWN = "own.typ"
"""What a user's template is called inside."""
_MOST_LOGOS = 32
_MOST_SAID = 600
_NO_DAY = 0
"""What Typst takes for now: a PDF says when it was made, and a step's result may not."""
_SCRATCH = re.compile(r"[^\s`()]*berg-poster-\w+/")

Data = Mapping[str, Any]


class Press:
    """The compilers for one set of fonts. Not for several threads at once.

    `template` is the name of a built-in layout, or the source of a user's: that one is only ever
    compiled in a process of its own (`cell`).
    """

    def __init__(self, typesetter: Setter) -> None:
        self.setter = typesetter
        self.root = Path(tempfile.mkdtemp(prefix="berg-poster-"))
        weakref.finalize(self, shutil.rmtree, self.root, ignore_errors=True)
        for name in (CONTRACT, *(f"{layout}.typ" for layout in LAYOUTS)):
            shutil.copyfile(SOURCES / name, self.root / name)
        self._compilers: dict[str, typst.Compiler] = {}
        self._source = b""

    def logo(self, path: Path) -> str:
        """A logo made safe, under the root; its name there. Raises MediaError."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:24]
        kept = sorted(self.root.glob("logo-*"))
        known = [other.name for other in kept if other.name.startswith(f"logo-{digest}")]
        if known:
            return known[0]
        if len(kept) >= _MOST_LOGOS:
            kept[0].unlink()
        with tempfile.TemporaryDirectory() as held:
            safe = safe_logo(path, Path(held))
            name = f"logo-{digest}{safe.suffix}"
            shutil.move(safe, self.root / name)
        return name

    def boxes(self, template: str | bytes, data: Data) -> list[dict[str, Any]]:
        """What the template says of where things are. Raises StepError."""
        view = {"x": 0, "y": 0, "width": 1, "height": 1}
        compiler = self._compile(template, data, view, "png")[0]
        found: list[dict[str, Any]] = json.loads(compiler.query("<berg-box>", field="value"))
        return found

    def drawn(self, template: str | bytes, data: Data, view: Data) -> bytes:
        """A PNG of a part of the poster (`view`: x, y, width, height). Raises StepError."""
        return self._compile(template, data, view, "png")[1]

    def pdf(self, template: str | bytes, data: Data) -> bytes:
        """One page as large as the poster, 1 pt a pixel, with nothing behind. Raises StepError."""
        return self._compile(template, data, None, "pdf")[1]

    def _compile(
        self, template: str | bytes, data: Data, view: Data | None, made: Any
    ) -> tuple[typst.Compiler, bytes]:
        compiler = self._compiler(template)
        inputs = {"data": json.dumps({**data, "view": view}, ensure_ascii=False)}
        try:
            found = compiler.compile(format=made, ppi=72.0, sys_inputs=inputs, timestamp=_NO_DAY)
        except RuntimeError as fault:
            raise StepError(f"the layout could not be set: {said(fault)}") from fault
        if not isinstance(found, bytes):
            pages = len(found) if found else 0
            raise StepError(f"the layout gave {pages} pages; a poster is one")
        return compiler, found

    def _compiler(self, template: str | bytes) -> typst.Compiler:
        if isinstance(template, bytes):
            if template != self._source:
                (self.root / OWN).write_bytes(template)
                self._source = template
                self._compilers.pop(OWN, None)
            name = OWN
        else:
            name = f"{template}.typ"
        if name not in self._compilers:
            self._compilers[name] = self.setter.compiler(self.root / name, self.root)
        return self._compilers[name]


def said(fault: BaseException) -> str:
    """What Typst says, bounded, with the line where it stands."""
    text = str(getattr(fault, "diagnostic", "") or fault)
    if "failed to download package" in text:
        text = "packages can't be used in a template" + text[text.find("\n") :]
    return _SCRATCH.sub("", text).replace(OWN, "your template")[:_MOST_SAID].strip()


@lru_cache(maxsize=4)
def press(fonts: tuple[Path, ...]) -> Press:
    """The resident press for these font files."""
    return Press(setter(fonts))
