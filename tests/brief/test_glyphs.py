from collections.abc import Callable
from pathlib import Path

import pytest

from berg.brief import read_brief
from berg.brief.glyphs import glyph_check
from berg.errors import BriefError
from berg.lines.kinds import built_in
from tests.brief.parts import SMALL, adopt, short_with


def test_a_text_that_no_font_has_is_told_at_its_place(
    tmp_path: Path, weights: Callable[[str], Path]
) -> None:
    path = tmp_path / "brief.yaml"
    check = glyph_check([weights("inter")])
    path.write_text(short_with("end: order 港口 now"))
    with pytest.raises(BriefError) as caught:
        read_brief(path, kinds=built_in(), adopt=adopt, checks=(check,))
    (fault,) = caught.value.faults
    assert (fault.line, fault.column, fault.path) == (6, 12, "make[0].short.end.en")
    assert 'no font has "港口"' in fault.message
    path.write_text(SMALL)
    assert read_brief(path, kinds=built_in(), adopt=adopt, checks=(check,))
