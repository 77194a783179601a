"""docs/add-a-line.md is examples/plugin-postcard, and that is installed and made from."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import berg
from berg.carriers.watermark.picture import find_in_picture
from berg.home import default_home
from berg.media.image.photo import read_photo
from berg.provenance.keys import KeyRing
from berg.weights.catalogue import CATALOGUE
from tests.service.film import give_keys

ROOT = Path(__file__).parents[2]
PAGE, PLUGIN = ROOT / "docs" / "add-a-line.md", ROOT / "examples" / "plugin-postcard"
FILES = dict(re.findall(r"```\w+\n# (\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))


@pytest.mark.parametrize("name", FILES)
def test_the_page_shows_the_plugin_as_it_is(name: str) -> None:
    assert (PLUGIN / name).read_text(encoding="utf-8") == FILES[name]


def test_the_page_leaves_out_nothing_and_the_plugin_is_small() -> None:
    texts = [*PLUGIN.rglob("*.py"), *PLUGIN.glob("*.toml"), *PLUGIN.rglob("catalogue.toml")]
    shown = {PLUGIN / name for name in FILES}
    assert {path.name for path in texts if path not in shown} == {"__init__.py", "make_model.py"}
    everything = {*texts, PLUGIN / "brief.yaml"}
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in everything) < 250


@dataclass(frozen=True)
class Fresh:
    """An environment with the plugin installed, a home, and a brief with a photograph."""

    python: Path
    home: Path
    brief: Path

    def berg(self, *words: object, status: int = 0) -> Any:
        done = subprocess.run(
            [self.python, "-m", "berg.cli.main", *map(str, words), "--json"],
            env={**os.environ, "BERG_HOME": str(self.home)},
            cwd=self.brief.parent,
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stderr + done.stdout
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """What is locked is lent by a .pth file; the plugin alone is installed, without an index."""
    folder = tmp_path_factory.mktemp("plugin")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    purelib = sysconfig.get_path("purelib", "venv", {"base": str(folder / "venv")})
    lent = [sysconfig.get_path("purelib"), str(Path(berg.__file__).parents[1])]
    Path(purelib, "lent.pth").write_text("\n".join(lent) + "\n")
    shutil.copytree(PLUGIN, folder / "plugin", ignore=shutil.ignore_patterns("__pycache__"))
    pip = ["-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run([python, *pip, folder / "plugin"], check=True)
    brief = folder / "made" / "brief.yaml"
    (brief.parent / "photos").mkdir(parents=True)
    shutil.copy(PLUGIN / "brief.yaml", brief)
    ramp = np.linspace(30, 220, 960).astype(np.uint8)
    rgb = np.repeat(np.add.outer(ramp[:640] // 2, ramp // 2)[..., None], 3, axis=2)
    Image.fromarray(rgb).save(brief.parent / "photos" / "harbour.png")
    home = folder / "home"
    font = CATALOGUE["inter"].sha256
    (home / "weights").mkdir(parents=True)
    (home / "weights" / font).symlink_to(default_home() / "weights" / font)
    give_keys(home)
    return Fresh(python, home, brief)


def test_help_models_and_doctor_list_what_a_plugin_brings(fresh: Fresh) -> None:
    assert "postcard" in fresh.berg("--help")["help"]
    models = {item["name"]: item for item in fresh.berg("models")["models"]}
    assert models["postcard-frost"]["licence"] == "Apache-2.0"
    lines = next(c for c in fresh.berg("doctor", status=4)["checks"] if c["what"] == "lines")
    assert lines["detail"] == "short, posters, postcard"


def test_its_faults_have_places_as_any_lines_have(fresh: Fresh) -> None:
    wrong = fresh.brief.with_name("wrong.yaml")
    text = fresh.brief.read_text()
    wrong.write_text(text.replace('"#0B3954"', "blue").replace("greeting", "greting"))
    message = fresh.berg("plan", wrong, status=2)["error"]["message"]
    assert 'wrong.yaml:6:7: make[0].postcard: unknown key "greting"; did you mean' in message
    assert "wrong.yaml:6:7: make[0].postcard: greeting is missing" in message
    assert "wrong.yaml:8:12: make[0].postcard.ink" in message


def test_a_postcard_is_made_once_marked_and_told_of(fresh: Fresh) -> None:
    out = fresh.brief.parent / "out"
    first = fresh.berg("make", fresh.brief, "--out", out)
    assert (first["steps"]["ran"], first["steps"]["cached"]) == (1, 0)
    (card,) = first["deliverables"]
    rgb = read_photo(out / card["path"], least=(1200, 800))
    found = find_in_picture(rgb, keys=KeyRing.open(fresh.home / "keys").mark_keys())
    assert found is not None
    assert [found.identifier] == card["credentials"]["marks"]
    assert '<div class="postcards">' in (out / "index.html").read_text(encoding="utf-8")
    again = fresh.berg("make", fresh.brief, "--out", out)
    assert (again["steps"]["ran"], again["steps"]["cached"]) == (0, 1)


def test_rows_fill_in_its_texts(fresh: Fresh) -> None:
    (fresh.brief.parent / "people.csv").write_text("id,who\nanna,Anna\nbo,Bo\n")
    rows = fresh.brief.with_name("rows.yaml")
    text = fresh.brief.read_text().replace("Wish you were here", "'Wish you were here, {who}'")
    rows.write_text(text + "      each: people.csv\n")
    out = fresh.brief.parent / "rows"
    made = fresh.berg("make", rows, "--out", out)
    assert made["rows"]["made"] == 2
    assert made["steps"]["ran"] == 2
    assert fresh.berg("make", rows, "--out", out)["rows"]["kept"] == 2
