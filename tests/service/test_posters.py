"""Posters, really made: files, tables, labels, and a second run that makes nothing."""

import csv
import json
from pathlib import Path
from typing import Any

import cv2

from berg.provenance.manifest import read_credential
from tests.service.film import berg, made_here, make, photograph

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def write_posters(folder: Path, **more: Any) -> Path:
    """A brief of small posters beside its photographs and a logo."""
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    for index, name in enumerate(("harbour", "cup")):
        cv2.imwrite(str(folder / "photos" / f"{name}.png"), photograph(index))
    (folder / "logo.svg").write_text(LOGO)
    asked: dict[str, Any] = {
        "headlines": {"en": ["Cold water.", "Hot tea."], "zh": ["冷水。", "热茶。"]},
        "cta": {"en": "Order now", "zh": "立即预订"},
        "pictures": "photos/",
        "sizes": ["360x450", "540x304"],
        "layouts": ["hero", "grid"],
        "variants": 2,
    }
    brief = {
        "berg": 1,
        "title": "Small posters",
        "languages": ["en", "zh"],
        "brand": {"name": "Tidewater", "palette": ["#0B3954", "#FF6663"], "logo": "logo.svg"},
        "make": [{"posters": asked | more}],
    }
    path = folder / "brief.yaml"
    path.write_text(json.dumps(brief, ensure_ascii=False), encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_posters_are_made_once_and_each_is_what_the_table_says(tmp_path: Path) -> None:
    brief, out = write_posters(tmp_path), tmp_path / "out"
    said = made_here(tmp_path / "home", brief, out)
    rows = rows_of(out / "posters" / "variants.csv")
    assert [row["language"] for row in rows] == ["en", "en", "zh", "zh"]
    for row in rows:
        picture = cv2.imread(str(out / row["file"]))
        assert picture is not None
        assert picture.shape[:2] == (int(row["height"]), int(row["width"]))
        assert float(row["contrast"]) >= 3
    assert {item["path"] for item in said.json["deliverables"]} >= {row["file"] for row in rows}
    credential = read_credential(out / rows[0]["file"], anchors=b"")
    assert credential.state in ("Valid", "Trusted")
    again = made_here(tmp_path / "home", brief, out)
    assert again.ran == 0
    assert again.digests == said.digests


def test_a_hostile_template_reads_nothing_and_says_where_it_failed(tmp_path: Path) -> None:
    brief = write_posters(tmp_path, layouts=["own.typ"], sizes=["360x450"], variants=1)
    own = '#import "contract.typ": *\n#show: poster\n#read("/etc/passwd")\n'
    (tmp_path / "own.typ").write_text(own)
    said = make(tmp_path / "home", brief, tmp_path / "out")
    assert said.status == 3
    assert "your template:3:" in said.err
    assert "root:" not in said.err + said.out


def test_a_row_of_a_table_is_a_poster_and_a_bad_row_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text('id,name\na,Anna\nb,\nc,"#read(""x"") {name}"\n')
    one = {"headline": "{name}, come in", "cta": None, "headlines": None, "each": "people.csv"}
    brief = write_posters(tmp_path, **one, sizes=["360x450"], layouts=["type"], pictures="none")
    text = json.loads(brief.read_text())
    text["languages"] = ["en"]
    asked = text["make"][0]["posters"]
    text["make"][0]["posters"] = {k: v for k, v in asked.items() if v is not None} | {"variants": 1}
    brief.write_text(json.dumps(text))
    said = berg(tmp_path / "home", "make", str(brief), "--out", str(tmp_path / "out"), "--json")
    assert said.status == 4
    files = sorted(p.name for p in (tmp_path / "out" / "posters" / "00").glob("*.jpg"))
    assert files == ["a.en.jpg", "c.en.jpg"]
    (left,) = rows_of(tmp_path / "out" / "rows.report.csv")
    assert (left["id"], left["what was wrong"]) == ("b", "name is empty")
