"""What docs/add-a-line.md says of a line's files, followed to the letter."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from berg.brief import read_brief
from berg.carriers.watermark.picture import find_in_picture
from berg.lines.kinds import built_in
from berg.media.image.photo import read_photo
from berg.provenance.keys import KeyRing
from berg.schema.brief import Brief
from berg.schema.do import Do
from berg.service._dossiers import Dossiers
from berg.service._marking import marked
from berg.store import Store
from berg.weights import Weights
from tests.lines.doubles import Walked, small_home, walk
from tests.service.film import give_keys, write_brief

PAGE = Path(__file__).parents[2] / "docs" / "add-a-line.md"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with keys; the page's files can be imported, here and in workers."""
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        name = re.match(r"# (\S+\.py)\n", block)
        assert name is not None, "each block says which file it is"
        target = tmp_path / name[1]
        target.parent.mkdir(exist_ok=True)
        target.write_text(block, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    home = small_home(tmp_path / "home")
    give_keys(home)
    yield home
    for module in [name for name in sys.modules if name.startswith("marks_example")]:
        del sys.modules[module]


def walked(home: Path) -> tuple[Walked, Brief]:
    from marks_example.line import squares  # the page's own

    with Store(home) as store:
        brief = read_brief(write_brief(home.parent), kinds=built_in(), adopt=store.adopt)
        brief = marked(brief, KeyRing.open(home / "keys"))

    async def line(do: Do) -> None:
        await squares(do, brief)

    return walk(home, line, None), brief


def test_the_pages_line_delivers_what_it_says_and_its_watermarks_lead_to_it(home: Path) -> None:
    done, brief = walked(home)
    assert done.delivered == ["squares/small.jpg", "squares/large.jpg"]
    with Store(home) as store:
        of = Dossiers(brief, store, Weights(home)).of
        small, large = (of(promised).claim for promised in done.driver.promised)
        image = done.driver.steps["squares/large"].future.result().image
        rgb = read_photo(store.path(image), least=(256, 256))
    found = find_in_picture(rgb, keys=KeyRing.open(home / "keys").mark_keys())
    assert found is not None
    assert (found.identifier,) == large.marks != small.marks
    assert large.mark_key == found.key == brief.marks.key
    assert [part.source_type for part in large.parts] == ["algorithmicMedia"]
    assert [step.name for step in large.lineage.named] == ["squares/small", "squares/large"]
    assert [step.name for step in small.lineage.named] == ["squares/small"]
    assert (large.title, large.generated, large.disclosed) == (brief.title, (), {})
    assert set(large.digests) == {"caption"}


def test_a_second_walk_makes_nothing(home: Path) -> None:
    assert walked(home)[0].ran == {"squares/small", "squares/large"}
    assert walked(home)[0].ran == set()
