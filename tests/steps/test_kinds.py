"""Every kind of step that berg has: its work takes its call, and what it says of itself is said."""

import importlib
import subprocess
import sys
from typing import Any, get_type_hints

import pytest

from berg.schema.call import Call
from berg.schema.context import Context
from berg.schema.needs import Needs
from tests.kinds import Kind, all_kinds

KINDS = all_kinds()
HEAVY = ("numpy", "av", "cv2", "typst", "onnxruntime", "PIL", "xllamacpp", "jieba")


@pytest.fixture(params=[*KINDS])
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def test_the_work_takes_the_kinds_call_and_gives_its_out(kind: Kind) -> None:
    module, _, name = kind.runner.partition(":")
    work = getattr(importlib.import_module(module), name)
    hints = get_type_hints(work)
    assert list(hints) == ["call", "ctx", "return"]
    assert issubclass(kind.calls, hints["call"])
    assert hints["ctx"] is Context
    assert hints["return"] is kind.out


def test_it_lies_in_a_folder_of_its_own_beside_its_work(kind: Kind) -> None:
    family, _, verb = kind.capability.partition(".")
    folder = "berg.lines.posters.steps" if family == "poster" else f"berg.steps.{family}"
    if kind.capability != "text.write_storyboard":  # its call says what a script is made of
        assert kind.calls.__module__ == f"{folder}.{verb}.declare"
    assert kind.runner == f"{folder}.{verb}.run:{verb}"


def test_what_is_told_and_what_is_handed_have_different_names(kind: Kind) -> None:
    assert not kind.params.model_fields.keys() & kind.inputs.model_fields.keys()


def test_it_says_what_it_is_called(kind: Kind) -> None:
    assert kind.called


def test_needs_that_are_the_same_for_all_fit_a_small_machine(kind: Kind) -> None:
    if isinstance(kind.needs, Needs):
        assert kind.needs.processors == 1
        assert kind.needs.memory_bytes < 1 << 30


def test_declaring_them_all_imports_nothing_heavy() -> None:
    modules = sorted({kind.calls.__module__ for kind in KINDS.values()})
    code = f"import sys, {', '.join(modules)}; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_frame_four_times_as_large_needs_about_four_times_the_memory() -> None:
    from berg.steps.video.render_shot.declare import RENDER_SHOT, RenderShot

    def needs(width: int, height: int) -> int:
        more: dict[str, Any] = {"kind": "card", "seed": 0, "trim_end": 0, "frames": 9}
        call = RenderShot(width=width, height=height, fps=30, picture={}, sheet=None, **more)
        return RENDER_SHOT.needs_of(call).memory_bytes

    assert 400 << 20 < needs(1080, 1920) < 600 << 20
    assert 3 * needs(1080, 1920) < needs(2160, 3840) < 4 * needs(1080, 1920)
    assert needs(270, 480) < 200 << 20


def test_every_call_is_read_back_from_plain_data(kind: Kind) -> None:
    assert issubclass(kind.calls, Call)
    assert set(kind.params.model_fields) | set(kind.inputs.model_fields) == _fields(kind.calls)


def _fields(call: type[Call]) -> set[str]:
    return {
        name
        for base in call.__mro__
        if issubclass(base, Call) and base is not Call
        for name in vars(base).get("__annotations__", {})
        if name not in ("told", "handed")
    }
