from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from berg.media.type.setter import Setter, Typeface, span, text_item


@pytest.fixture
def han(weights: Callable[[str], Path], fonts: tuple[Path, ...]) -> Setter:
    return Setter((weights("ma-shan-zheng"), *fonts))


def _drawn(setter: Setter, family: str, text: str) -> np.ndarray:
    item = text_item(
        Typeface(family=family, size=40), [span(text, "#000000")], x=4, y=44, language="zh"
    )
    page = {"width": 200, "height": 60, "items": [item]}
    return np.asarray(setter.draw([page], language="zh")[0])[..., 3]


def test_a_brands_chinese_family_sets_chinese_and_any_other_leaves_it_to_the_fallback(
    han: Setter, fonts: tuple[Path, ...]
) -> None:
    plain = Setter(fonts)
    assert (han.han, plain.han) == (True, False)
    brush = _drawn(han, han.family("ma shan zheng"), "港湾")
    sans = _drawn(plain, plain.family("Inter"), "港湾")
    assert brush.any()
    assert not np.array_equal(brush, sans)
    assert np.array_equal(sans, _drawn(plain, plain.family("Noto Sans CJK SC"), "港湾"))


def test_what_is_measured_is_as_wide_as_what_is_drawn(han: Setter) -> None:
    face = Typeface(family=han.family("Ma Shan Zheng"), size=40)
    (width,) = han.widths(["港湾咖啡"], face, language="zh")
    columns = np.flatnonzero(_drawn(han, face.family, "港湾咖啡").any(axis=0))
    assert columns[-1] - columns[0] <= width <= columns[-1] - columns[0] + 20
