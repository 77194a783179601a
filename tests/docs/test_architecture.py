"""ARCHITECTURE.md names what is there: files, folders and layers."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
SOURCES = ROOT / "src/berg"


def _named() -> set[str]:
    """Paths in code spans that say a folder, without patterns."""
    spans = re.findall(r"`([\w./-]+/[\w./-]*)[^`]*`", PAGE)
    return {span for span in spans if not span.startswith(("/", "shot/", "short/en"))}


def test_every_path_that_it_names_is_there() -> None:
    families = [SOURCES / "steps"]
    roots = [ROOT, SOURCES, *families]
    gone = [name for name in _named() if not any((root / name).exists() for root in roots)]
    made = {"photos/", "objects/ab/abcdef", "log/manifests/", "engine/local/"}
    assert set(gone) <= made


def test_every_room_of_the_tree_is_there_and_none_is_left_out() -> None:
    tree = PAGE.split("## The tree")[1].split("```")[1]
    rooms = {
        name
        for line in tree.splitlines()
        if re.match(r"  [a-z]", line)
        for name in re.findall(r"\b([a-z]+)/(?=\s)", line[:20])
    }
    folders = {f.name for f in SOURCES.iterdir() if (f / "__init__.py").exists()}
    assert rooms == folders


def test_its_layers_are_those_that_the_contract_holds() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    drawn = PAGE.split("## Layers")[1].split("```")[1].strip().splitlines()
    plain = [{part.strip() for part in layer.replace("berg.", "").split("|")} for layer in layers]
    assert [{part.strip() for part in line.split("|")} for line in drawn] == plain
