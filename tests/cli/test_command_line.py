"""The words of the command line: frozen, quick to say, and answered in JSON when asked to."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import berg.cli.commands
from berg.cli.commands import FIRST, load, summaries
from berg.cli.parser import build_parser
from tests.cli.talk import talk

GOLDEN = Path(__file__).with_name("command_line.txt")
HEAVY = ("pydantic", "asyncio", "numpy", "av", "cv2", "yaml", "sqlite3", "onnxruntime", "PIL")
SLOW = ("typing", "pathlib", "json", "dataclasses", "inspect", "berg.cli.command")
"""What `berg --help` has no time for: a command imports it."""

BREW = '''"""Make coffee."""
from berg.schema.command import Answer, Command
def run(given): return Answer(document={}, text="coffee", status=4)
COMMAND = Command(examples="example:\\n  berg brew", run=run)
'''


def _words() -> str:
    """Every option and argument, one a line: what scripts may depend on."""
    lines = []
    for name, parser in _parsers():
        for action in parser._actions:
            words = ", ".join(action.option_strings) or f"<{action.metavar or action.dest}>"
            choices = f" {{{','.join(action.choices)}}}" if action.choices else ""
            takes = action.metavar if action.option_strings and action.metavar else ""
            lines.append(" ".join(f"{name} {words} {takes}{choices}".split()))
    return "\n".join(lines) + "\n"


def _parsers() -> list[tuple[str, argparse.ArgumentParser]]:
    return list(_with_actions("berg", build_parser(summaries())))


def _with_actions(
    name: str, parser: argparse.ArgumentParser
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield name, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, sub in action.choices.items():
                yield from _with_actions(f"{name} {word}", sub)


def test_the_command_line_is_what_scripts_know() -> None:
    assert _words() == GOLDEN.read_text(encoding="utf-8"), (
        "the command line is a contract: if the change is meant, write it to command_line.txt"
    )


def test_commands_are_the_files_of_their_folder_and_of_the_lines_own() -> None:
    package = Path(berg.cli.commands.__file__).parents[2]
    folders = [package / "cli" / "commands", *package.glob("lines/*/commands")]
    files = {path.stem for folder in folders for path in folder.glob("[!_]*.py")}
    assert set(summaries()) == files
    assert list(summaries())[: len(FIRST)] == FIRST


@pytest.mark.parametrize("name", summaries())
def test_the_summary_of_a_command_is_its_docstring(name: str) -> None:
    about = sys.modules[load(name).run.__module__].__doc__ or ""
    assert f"{summaries()[name]}." == about[:1].lower() + about.splitlines()[0][1:]


def test_a_file_more_is_a_command_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is touched: it is listed last, helps and runs."""
    (tmp_path / "brew.py").write_text(BREW)
    monkeypatch.setattr(berg.cli.commands, "__path__", [*berg.cli.commands.__path__, str(tmp_path)])
    assert list(summaries().items())[-1] == ("brew", "make coffee")
    said = talk("brew", "--help").out
    assert said.startswith("usage: berg brew")
    assert "Make coffee.\n" in said
    assert said.endswith("\n  berg brew\n")
    assert (talk("brew").out, talk("brew").status) == ("coffee\n", 4)
    sys.modules.pop("berg.cli.commands.brew")


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A distribution that brings a command, one that breaks, and one under a name that is taken."""
    info = tmp_path / "berg_brew-1.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(
        "[berg.commands]\nbrew = brewing:COMMAND\nburn = burning:COMMAND\nmake = brewing:COMMAND\n"
        "boil = brewing:__doc__\nbye = leaving:COMMAND\nspill = spilling:COMMAND\n"
    )
    (tmp_path / "brewing.py").write_text(BREW)
    (tmp_path / "burning.py").write_text("1 / 0")
    (tmp_path / "spilling.py").write_text(
        BREW + "\ndef spill(given):\n    raise KeyError('\\x1b[2J')\n"
        "COMMAND = Command(examples='  berg spill', run=spill)\n"
    )
    (tmp_path / "leaving.py").write_text("import sys; sys.exit(0)")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("brewing", None)


@pytest.mark.usefixtures("plugin")
def test_a_plugin_adds_commands_and_takes_none_away() -> None:
    assert list(summaries())[-4:] == ["brew", "burn", "bye", "spill"]
    assert "\n    brew      a plugin's: brewing:COMMAND\n" in talk("--help").out
    assert talk("brew").out == "coffee\n"
    assert talk("brew", "--help").out.endswith("\n  berg brew\n")
    assert talk("make", "--help").out.startswith("usage: berg make [-h]")


@pytest.mark.usefixtures("plugin")
def test_a_plugin_that_breaks_is_named_and_breaks_nothing_else(home: Path) -> None:
    said = talk("burn", "--json")
    assert (said.status, said.code) == (2, "usage")
    assert "burning:COMMAND" in said.json["error"]["message"]
    assert "ZeroDivisionError" in said.json["error"]["message"]
    for other, why in (("boil", "AttributeError"), ("bye", "SystemExit: 0")):
        said = talk(other, "--json")
        assert (said.status, why in said.json["error"]["message"]) == (2, True)
    assert talk("show").status == 0
    said = talk("spill", "--json")
    assert (said.status, said.code) == (3, "defect")
    assert said.json["error"]["message"].startswith("a defect of spilling:COMMAND, KeyError: ")
    assert "\x1b" not in said.err + said.out


@pytest.mark.parametrize("command", summaries())
def test_help_shows_an_example(command: str) -> None:
    said = talk(command, "--help")
    assert said.status == 0
    assert f"\n  berg {command}" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("command", "actions"),
    [
        ("keys", {"list": "--json", "init": "--log-origin", "rotate": "--marks"}),
        ("keys", {"import": "--command", "untrust": "ID"}),
        ("log", {"show": "WHAT", "checkpoint": "--json", "verify": "--json"}),
        ("log", {"serve": "--listen", "cosign": "--key"}),
    ],
)
def test_each_action_has_its_own_help_with_an_example(
    command: str, actions: dict[str, str]
) -> None:
    listed = talk(command, "--help").out
    for action, word in actions.items():
        assert f"\n    {action}" in listed
        said = talk(command, action, "--help")
        assert said.status == 0
        assert said.out.startswith(f"usage: berg {command} {action} [-h]")
        assert f"\n  berg {command} {action}" in said.out
        assert word in said.out
    assert "--tenant" not in talk("keys", "init", "--help").out


def _loaded(words: list[str], names: tuple[str, ...]) -> str:
    """Which of these modules a fresh interpreter has imported after an answer."""
    script = (
        f"import sys; before = set(sys.modules); from berg.cli.main import main; main({words!r}); "
        f"print(*(set({names!r}) & set(sys.modules) - before), file=sys.stderr)"
    )
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stderr


@pytest.mark.parametrize("command", summaries())
def test_the_help_of_a_command_loads_nothing_heavy(command: str) -> None:
    assert _loaded([command, "--help"], HEAVY) == "\n"


def test_help_loads_no_command() -> None:
    assert _loaded(["--help"], (*HEAVY, *SLOW)) == "\n"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), "which command"),
        (("fry",), "make"),
        (("make",), "BRIEF"),
        (("make", "b.yaml", "--outt", "x"), "--outt"),
        (("make", "b.yaml", "--o", "x"), "--o"),
        (("make", "b.yaml", "--seed", "-1"), "4294967295"),
        (("make", "b.yaml", "--seed", "٣"), "4294967295"),
        (("make", "b.yaml", "--engine", "ray"), "local"),
        (("make", "b\udcff.yaml"), "UTF-8"),
        (("plan", "b\0.yaml"), "NUL"),
        (("models", "eat"), "pull"),
        (("gc", "now"), "now"),
        (("show", "a", "b"), "b"),
    ],
)
def test_words_that_are_not_known_are_a_usage_error(words: tuple[str, ...], names: str) -> None:
    said = talk(*words, "--json")
    assert said.status == 2
    assert said.code == "usage"
    error = said.json["error"]
    assert set(error) == {"code", "message", "where", "retry"}
    assert names in error["message"]
    assert "--help" in error["message"]
    plain = talk(*words)
    assert (plain.status, plain.out) == (2, "")
    assert names in plain.err.encode(errors="backslashreplace").decode()


@pytest.mark.parametrize("words", [("--json", "--version"), ("--version", "--json")])
def test_the_version_is_one_document_too(words: tuple[str, ...]) -> None:
    assert set(talk(*words).json) == {"version"}
    assert talk("--version").out.startswith("berg ")


def test_help_is_one_document_too() -> None:
    assert "berg make" in talk("make", "--help", "--json").json["help"]


def test_json_may_be_asked_for_before_the_command(home: Path) -> None:
    assert talk("--json", "show").json == {"runs": []}
    assert talk("show", "--json").json == {"runs": []}
