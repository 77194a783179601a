"""The typesetter: a resident Typst with only the fonts that it was given.

Measures text and draws scenes. Nothing that a user wrote becomes Typst source: texts reach the
templates as JSON, where they are values. No network, no packages, no system fonts.
Not here: where anything stands (`captions`, `cards`).
"""

import io
import json
import os
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from berg.errors import StepError
from berg.media.type.coverage import coverage

TEMPLATES = Path(str(resources.files("berg.media.type") / "templates"))
_CJK_FALLBACK = "Noto Sans CJK SC"
_HAN = "的"
"""A character that every font for Chinese has: such a brand's font sets it all, signs as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Typeface:
    """How a text is set."""

    family: str
    size: float
    """Pixels per em."""
    weight: int = 800
    tracking: float = 0.0
    """Pixels between letters."""


class Setter:
    """Typst, warm, for one set of fonts. Not for several threads at once."""

    def __init__(self, fonts: Sequence[Path]) -> None:
        """`fonts`: font files; the first is the brand's, the others fill in what it lacks."""
        self.fonts = tuple(fonts)
        self._folder = tempfile.mkdtemp(prefix="berg-type-")
        weakref.finalize(self, _remove, self._folder, len(self.fonts))
        for index, path in enumerate(self.fonts):
            # Typst takes folders, never single files: a folder of links holds just these.
            os.symlink(path.resolve(), _link(self._folder, index, path.suffix))
        self._faces = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[self._folder]
        )
        self.families = tuple(self._faces.families())
        self.han = _HAN in coverage(self.fonts[:1])
        """Whether the brand's own font is one for Chinese."""
        if not self.families:
            raise StepError(f"no font could be read from {', '.join(p.name for p in self.fonts)}")
        self._scene = self.compiler(TEMPLATES / "scene.typ", TEMPLATES)

    def family(self, wanted: str) -> str:
        """The family as Typst knows it. Raises StepError naming what there is."""
        for name in self.families:
            if name.lower() == wanted.lower():
                return name
        raise StepError(f"no font family {wanted!r}; there are: {', '.join(self.families)}")

    def widths(self, texts: Iterable[str], face: Typeface, *, language: str) -> list[float]:
        """Advance widths in pixels, kerned, one for each text."""
        wanted = list(texts)
        known = dict.fromkeys(wanted)
        items = [_face(face, language) | {"text": text} for text in known]
        data = self._inputs({"items": items}, language)
        compiler = self.compiler(TEMPLATES / "measure.typ", TEMPLATES, data)
        found = json.loads(compiler.query("<widths>", field="value", one=True))
        by_text = dict(zip(known, found, strict=True))
        return [by_text[text] for text in wanted]

    def draw(
        self, pages: Sequence[Mapping[str, Any]], *, language: str, root: Path | None = None
    ) -> list[Image.Image]:
        """One straight-alpha RGBA picture for each page (see templates/scene.typ).

        `root` is a folder with pictures that items name; without it there are none.
        """
        if not pages:
            return []
        data = self._inputs({"pages": list(pages)}, language)
        compiler = self._scene if root is None else self.compiler(_copied(root), root)
        try:
            made = compiler.compile(format="png", ppi=72.0, sys_inputs=data)
        except RuntimeError as fault:
            raise StepError(f"type could not be set: {str(fault)[:400]}") from fault
        found = made if isinstance(made, list) else [made]
        return [Image.open(io.BytesIO(page)).convert("RGBA") for page in found if page]

    def _inputs(self, data: dict[str, Any], language: str) -> dict[str, str]:
        lang, _, region = language.partition("-")
        common = {
            "fallback": [n for n in self.families if n == _CJK_FALLBACK or "CJK" not in n],
            "han": self.han,
            "lang": lang.lower()[:3],
            "region": region[:2] or ("CN" if lang == "zh" else "US"),
        }
        return {"data": json.dumps(common | data, ensure_ascii=False)}

    def compiler(
        self, template: Path, root: Path, inputs: dict[str, str] | None = None
    ) -> typst.Compiler:
        """A compiler of a template with these fonts, confined to `root`; it has no packages."""
        return typst.Compiler(
            template,
            root=root,
            font_paths=self._faces,
            ignore_system_fonts=True,
            sys_inputs=inputs or {},
            package_path=TEMPLATES,
            package_cache_path=TEMPLATES,
        )


@lru_cache(maxsize=4)
def setter(fonts: tuple[Path, ...]) -> Setter:
    """The resident typesetter for these font files."""
    return Setter(fonts)


def text_item(
    face: Typeface,
    spans: Sequence[Mapping[str, Any]],
    *,
    x: float,
    y: float,
    language: str,
    align: str = "left",
    stroke: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A line of type for a scene: `x` where `align` says, `y` the baseline, in pixels."""
    return _face(face, language) | {
        "kind": "text", "spans": list(spans), "x": x, "y": y, "align": align, "stroke": stroke,
    }  # fmt: skip


def span(
    text: str, fill: str | None, *, pill: str | None = None, **pill_shape: float
) -> dict[str, Any]:
    """A run in one colour; `fill` None keeps its place and shows nothing."""
    shape = {"reach": 0.12, "above": 0.95, "below": 0.28} | pill_shape
    return {"text": text, "fill": fill, "pill": pill} | shape


def _face(face: Typeface, language: str) -> dict[str, Any]:
    return {
        "family": face.family,
        "size": face.size,
        "weight": face.weight,
        "tracking": face.tracking,
        "cjk": language.split("-")[0] in ("zh", "ja", "ko"),
    }


def _copied(root: Path) -> Path:
    template = root / "scene.typ"
    template.write_bytes((TEMPLATES / "scene.typ").read_bytes())
    return template


def _link(folder: str, index: int, suffix: str) -> str:
    return os.path.join(folder, f"{index}{suffix}")


def _remove(folder: str, count: int) -> None:
    for name in os.listdir(folder)[: count + 1]:
        os.unlink(os.path.join(folder, name))
    os.rmdir(folder)
