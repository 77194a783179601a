from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from berg.errors import StepError
from berg.lines.posters.design.cell import Cell
from berg.lines.posters.design.press import press
from berg.lines.posters.design.typeset import Type, set_poster

from .type_samples import LOGO, copy

OWN = """#import "contract.typ": *
#show: poster
#{
  let fit = choose(p.headline, inner, u(500), u(120))
  panel(0, p.height - u(400), p.width, u(400), c.ground)
  write("headline", p.headline, fit, p.safe.left, p.height - u(360), c.ink, plate: c.ground)
}
"""


@pytest.fixture(scope="module")
def cell(weights: Callable[[str], Path]) -> Iterator[Cell]:
    made = Cell(press((weights("inter"), weights("noto-sans-cjk-sc"))), limit_s=4)
    yield made
    made.close()


def of(source: str | bytes, cell: Cell, **more: object) -> Type:
    template = source if isinstance(source, bytes) else source.encode()
    return set_poster(copy("own.typ", template=template, body=None, cta=None, **more), cell)


def test_a_template_of_ones_own_is_set(cell: Cell, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    made = of(OWN, cell, logo=tmp_path / "logo.svg")
    assert made.problems == ()
    assert [t.kind for t in made.drawn.texts] == ["headline"]
    assert (made.box.top, made.box.height) == (1350 - 432, 432)


def test_what_it_does_not_show_is_said(cell: Cell) -> None:
    made = of('#import "contract.typ": *\n#show: poster\n#disc(200, 200, 90, c.accent)', cell)
    assert made.problems == ("the layout shows no headline",)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("#let f(n) = f(n + 1)\n#f(0)", r"maximum function call depth[\s\S]*your template:8"),
        ('#read("/etc/passwd")', "file not found"),
        ('#read("../../etc/passwd")', "escape the project root"),
        ('#import "@preview/cetz:0.3.0": *', "packages can't be used"),
        ('#import ("@pre" + "view/cetz:0.3.0"): *', "packages can't be used"),
        ("#metadata((1, 2)) <berg-box>", "something else than a dictionary"),
        ('#tell(kind: "headline", x: 0)', "without x, y, width, height"),
        ('#tell(kind: "cta", x: 0, y: 0, width: 9, height: 9, ink: "red")', "no #RRGGBB"),
        ("#nonsense", "unknown variable"),
    ],
)
def test_what_it_may_not_do_is_an_error_that_says_so(cell: Cell, more: str, says: str) -> None:
    with pytest.raises(StepError, match=says):
        of(OWN + more, cell)


@pytest.mark.parametrize("source", [b"\xff\xfe", b"", b"hello", b"#set page(width: 9pt)\nhi"])
def test_what_is_no_template_is_an_error(cell: Cell, source: bytes) -> None:
    with pytest.raises(StepError):
        set_poster(copy("own.typ", template=source or b" "), cell)


def test_an_endless_loop_ends_and_the_next_template_is_set(cell: Cell) -> None:
    endless = "#for i in range(100000) { for j in range(100000) { let x = i * j } }"
    with pytest.raises(StepError, match="was stopped"):
        of(OWN + endless, cell)
    assert of(OWN, cell).problems == ()


def test_a_page_of_gigabytes_is_stopped(cell: Cell) -> None:
    with pytest.raises(StepError, match=r"was stopped|page of another size"):
        of("#set page(width: 90000pt, height: 90000pt, fill: red)\nhi", cell)
