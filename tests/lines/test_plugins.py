"""Plugins that don't work are named and left out; everything else goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from berg import plugins
from berg.lines.kinds import built_in, installed
from berg.lines.names import all_names
from berg.weights import Weights
from berg.weights.layers import layer_in, layers_of
from tests.cli.talk import talk
from tests.service.film import write_brief

ASK = """
from typing import Annotated, Literal
from berg.brief.forms import Whole
from berg.schema.brief import Ask
from berg.schema.line import LineKind
from berg.schema.call import Call
from berg.schema.step import Out, StepKind, Work

async def line(do, ask, brief): ...

class OneAsk(Ask):
    kind: Literal["{key}"] = "{key}"
    name: str = "{key}"
    count: {count}

class Empty(Call):
    pass

STEP = StepKind(
    capability="{capability}", version=1, call=Empty, out=Out,
    predict=lambda call: Out(), work=lambda call: Work(amount=0, unit="x"),
    seconds_per_unit=0.0,
)
KIND = LineKind(about="one", ask=OneAsk, line=line, steps=(STEP,))
"""
ENTRY = """
[[entry]]
name = "{name}"
kind = "model"
sha256 = "{sha}"
size = 3
file = "{file}"
licence = "{licence}"
sources = ["{source}"]
"""
Bring = Callable[..., None]


def module(
    *,
    key: str = "one",
    count: str = "Annotated[int, Whole(low=1, high=9)]",
    capability: str = "a.b",
) -> str:
    return ASK.format(key=key, count=count, capability=capability)


def entry(
    name: str = "tiny",
    sha: str = "a" * 64,
    file: str = "tiny.onnx",
    licence: str = "MIT",
    source: str = "file:tiny.onnx",
) -> str:
    return ENTRY.format(name=name, sha=sha, file=file, licence=licence, source=source)


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bring]:
    """Installs a distribution of one package that says what it brings."""
    site, count = tmp_path / "site", 0
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def install(code: str, entries: str, catalogue: str | None = None) -> None:
        nonlocal count
        count += 1
        name = f"brought_{count}_{tmp_path.name.replace('-', '_')}"
        (site / name).mkdir()
        (site / name / "__init__.py").write_text(code)
        if catalogue is not None:
            (site / name / "catalogue.toml").write_text(catalogue)
        info = site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(entries.replace("HERE", name))
        plugins.entries_of.cache_clear()

    yield install
    monkeypatch.undo()
    plugins.entries_of.cache_clear()


LINE = "[berg.lines]\none = HERE:KIND\n"


def test_a_sound_plugin_brings_a_line_and_its_steps(bring: Bring) -> None:
    bring(module(), LINE)
    found = installed()
    assert [kind.key for kind in found.lines] == ["short", "posters", "one"]
    assert "a.b" in [step.capability for step in found.steps]
    assert found.left_out == ()
    assert all_names() == ("short", "posters", "one")


@pytest.mark.parametrize(
    ("code", "entries", "why"),
    [
        ("1 / 0", LINE, "ZeroDivisionError: division by zero"),
        ("import nowhere_at_all", LINE, "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("raise SystemExit(9)", LINE, "SystemExit: 9"),
        ("class Odd(BaseException): pass\nraise Odd('odd')", LINE, "Odd: odd"),
        ("", LINE, "AttributeError"),
        ("KIND = 7", LINE, "it is a int, no LineKind"),
        (module(key="short"), LINE, "there is another line short"),
        (module() + "from dataclasses import replace\nKIND = replace(KIND, ask=7)", LINE, "'int'"),
        (module().replace("(STEP,)", "(line,)"), LINE, "its steps are not all a StepKind"),
        (module(count="int"), LINE, "OneAsk.count has neither a form nor a default"),
        (module(capability="video.join"), LINE, "there is another kind of step video.join"),
        (module(), "[berg.steps]\na = HERE:KIND\n", "it is a LineKind, no StepKind"),
        (
            module(capability="video.join"),
            "[berg.steps]\na = HERE:STEP\n",
            "there is another kind of step video.join",
        ),
    ],
)
def test_a_broken_plugin_is_named_and_left_out(
    bring: Bring, code: str, entries: str, why: str
) -> None:
    bring(code, entries)
    found = installed()
    assert [kind.key for kind in found.lines] == [kind.key for kind in built_in()]
    (left_out,) = found.left_out
    assert why in left_out.why
    assert left_out.what.startswith(("berg.lines one (brought", "berg.steps a (brought"))


def test_a_plugin_that_prints_leaves_the_one_document_alone(bring: Bring, tmp_path: Path) -> None:
    """By `print`, by a descriptor and by a child: in a process of its own, as people run it."""
    greets = "import os\nprint('hello')\nos.write(1, b'hi ')\nos.system('echo you')\n"
    bring(greets + module(), LINE)
    program = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n"
    program += "from berg.cli.main import main; sys.exit(main(['doctor', '--json']))"
    environment = {**os.environ, "BERG_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert "checks" in json.loads(done.stdout)
    assert all(word in done.stderr for word in ("hello", "hi ", "you"))


def test_of_two_plugins_with_one_line_the_first_stays(bring: Bring) -> None:
    bring(module(), LINE)
    bring(module(capability="a.c"), LINE)
    found = installed()
    assert [kind.key for kind in found.lines] == ["short", "posters", "one"]
    assert [item.why for item in found.left_out] == ["there is another line one"]


def test_doctor_names_it_and_a_plan_notices_it_and_goes_on(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("1 / 0", LINE)
    monkeypatch.setenv("BERG_HOME", str(tmp_path / "home"))
    examined = talk("doctor", "--json")
    assert examined.status == 4
    checks = examined.json["checks"]
    (said,) = [check for check in checks if check["what"] == "plugin"]
    assert "berg.lines one" in said["detail"]
    assert "division by zero" in said["detail"]
    planned = talk("plan", write_brief(tmp_path / "film"), "--json")
    assert "is left out: ZeroDivisionError" in planned.err


@pytest.mark.parametrize(
    ("catalogue", "why"),
    [
        ("not toml [", "it can't be read"),
        ("title = 'x'", "it holds no [[entry]]"),
        ("x = " + "[" * 5000 + "]" * 5000, "it can't be read: maximum recursion depth exceeded"),
        (entry(sha="xyz"), "tiny: sha256 is 'xyz'"),
        (entry(file="../../etc/passwd"), "tiny: file is"),
        (entry(licence=" "), "tiny: licence is"),
        (entry(source="ftp:there"), "is no source"),
        (entry(source="file:../other.onnx"), "leads out of the catalogue's folder"),
        (entry(source="file:/etc/passwd"), "leads out of the catalogue's folder"),
        (entry() + entry(), "names tiny twice"),
        ("[[entry]]\nname = 'x'\n", "Field required"),
    ],
)
def test_a_bad_catalogue_is_named_and_left_out_wherever_it_lies(
    bring: Bring, tmp_path: Path, catalogue: str, why: str
) -> None:
    (tmp_path / "catalogue.toml").write_text(catalogue)
    assert layer_in(tmp_path)[0] == []
    (left_out,) = layer_in(tmp_path)[1]
    assert left_out.what == str(tmp_path / "catalogue.toml")
    assert why in left_out.why
    bring("", "[berg.catalogue]\na = HERE\n", catalogue)
    layers, wrong = layers_of(tmp_path / "home")
    assert (layers, why in wrong[0].why) == ([], True)


def test_a_catalogue_that_is_not_there_is_named(bring: Bring, tmp_path: Path) -> None:
    bring("", "[berg.catalogue]\na = HERE\nb = no_such_package\n")
    _, wrong = layers_of(tmp_path)
    assert len(wrong) == 2
    assert all("is no package with a catalogue.toml" in item.why for item in wrong)


def test_layers_add_names_and_change_none(bring: Bring, tmp_path: Path) -> None:
    bring("", "[berg.catalogue]\na = HERE\n", entry("plugins"))
    home, beside = tmp_path / "home", tmp_path / "film"
    for folder in (home, beside):
        folder.mkdir()
    (home / "catalogue.toml").write_text(entry("homes") + entry("plugins", sha="b" * 64))
    (beside / "catalogue.toml").write_text(entry("briefs") + entry("inter", sha="c" * 64))
    room, told = Weights(home), []
    inter = room.digest("inter")
    for layer in (*layers_of(home)[0], *layer_in(beside)[0]):
        room, wrong = room.over(layer)
        told += [str(item) for item in wrong]
    assert {room.digest(name) for name in ("plugins", "homes", "briefs")} == {"a" * 64}
    assert room.digest("inter") == inter
    assert [" of ".join(line.split(" of ")[:1]) for line in told] == ["plugins", "inter"]
    assert all(line.endswith("there is another one of that name") for line in told)


def test_a_model_beside_a_brief_is_pulled_from_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its `file:` is relative to the catalogue, and counts by its digest as any other."""
    from berg.digest import bytes_sha256

    (tmp_path / "tiny.onnx").write_bytes(b"abc")
    (tmp_path / "catalogue.toml").write_text(entry(sha=bytes_sha256(b"abc")))
    room, _ = Weights(tmp_path / "home").over(layer_in(tmp_path)[0][0])
    monkeypatch.chdir("/")
    room.pull(["tiny"], lambda line: None)
    assert room.path("tiny").read_bytes() == b"abc"
    assert room.kept("tiny", bytes_sha256(b"abc")) == room.path("tiny")


@pytest.mark.parametrize("where", ["home", "film"])
def test_a_voice_of_the_homes_or_the_briefs_catalogue_is_one_of_the_voices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "home").mkdir()
    brief = write_brief(tmp_path / "film", voice="af_mine")
    monkeypatch.setenv("BERG_HOME", str(tmp_path / "home"))
    assert '"af_mine" is not allowed here' in talk("plan", brief).err
    voice = entry("kokoro-af_mine", file="af_mine.bin").replace('"model"', '"voice"')
    (tmp_path / where / "catalogue.toml").write_text(voice)
    steps = talk("plan", brief, "--json").json["steps"]
    assert "kokoro-af_mine" in {name for step in steps for name in step["weights"]}
