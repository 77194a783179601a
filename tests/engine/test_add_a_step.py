"""The page docs/add-a-step.md, followed to the letter."""

import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from berg.schema.do import Do
from berg.store import Store
from tests.engine.stage import perform

PAGE = Path(__file__).parents[2] / "docs" / "add-a-step.md"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the page's files, importable here and in workers."""
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL):
        name = re.match(r"# (\S+\.py)\n", block)
        assert name is not None, "each block says which file it is"
        target = tmp_path / name[1]
        target.parent.mkdir(exist_ok=True)
        target.write_text(block)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    yield tmp_path
    for module in [name for name in sys.modules if name.startswith("steps_example")]:
        del sys.modules[module]


def test_the_step_of_the_page_runs_once_and_is_then_remembered(written: Path) -> None:
    from steps_example.line import line  # the page's own

    picture = written / "picture.png"
    Image.new("RGB", (16, 8), (200, 30, 40)).save(picture)
    asset = Store(written / "home").adopt(picture)

    async def produce(do: Do) -> None:
        await line(do, asset)

    first = perform(written / "home", produce)
    assert first.error is None
    assert first.names("ran") == {"average/left", "average/right"}
    assert first.driver.steps["average/left"].future.result().rgb == (200, 30, 40)
    assert perform(written / "home", produce).names("cached") == {"average/left", "average/right"}
