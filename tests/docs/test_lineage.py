"""The listing in docs/provenance.md computes the lineage that a manifest tells."""

import json
import re
import subprocess
import sys
from pathlib import Path

from berg.engine.rehearsal import Line
from berg.schema.do import Do
from berg.schema.promised import Promised
from tests.lines.doubles import rehearse
from tests.provenance.finish.desk import Desk
from tests.service.large import PAGE, driven, finishing, link

TEXT = (Path(__file__).parents[2] / "docs" / "provenance.md").read_text(encoding="utf-8")


def net(*, told: bool) -> Line:
    """Steps that share what they take; the file may be told by one of them, too."""

    async def line(do: Do) -> None:
        first = link(do, 0)
        left, right = link(do, 1, first), link(do, 2, first)
        both = link(do, 3, left, right, first)
        aside = link(do, 4, left)
        page = do(PAGE(number=5, before=[both.value, right.value]), name="page/5")
        do.deliver(
            Promised(asset=page.text, name="p", path="p.txt", told_by=(aside,) if told else ())
        )

    return line


def computed(folder: Path, desk: Desk, line: Line, *steps: str) -> tuple[str, str]:
    """What the listing says, and what the manifest would."""
    driver = driven(desk, line)
    plan = {
        "steps": [
            {"name": step.name, "needs": list(step.needs)}
            for step in rehearse(desk.home, line).steps
        ]
    }
    run = {"lineage": [{"name": s.name, "key": s.key} for s in driver.steps.values()]}
    (folder / "plan.json").write_text(json.dumps(plan))
    (folder / "run.json").write_text(json.dumps(run))
    listing = re.search(r"<!-- listing: lineage.py -->\n```python\n(.*?)```", TEXT, re.DOTALL)
    assert listing is not None
    (folder / "lineage.py").write_text(listing[1], encoding="utf-8")
    words = [sys.executable, "-I", "lineage.py", "plan.json", "run.json", *steps]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    with finishing(desk) as (_, dossiers):
        lineage = dossiers.of(driver.promised[0]).claim.lineage
    assert lineage is not None
    return done.stdout.strip(), lineage.sha256


def test_the_listing_comes_to_the_digest_that_the_manifest_tells(tmp_path: Path) -> None:
    said, told = computed(tmp_path, Desk(tmp_path), net(told=False), "page/5")
    assert said == told


def test_it_comes_to_it_where_a_file_is_told_by_another_step_too(tmp_path: Path) -> None:
    said, told = computed(tmp_path, Desk(tmp_path), net(told=True), "page/5", "link/4")
    assert said == told
