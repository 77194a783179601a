"""The words of the command line: frozen, quick to say, and answered in JSON when asked to."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from berg.cli.arguments import build_parser
from tests.cli.talk import talk

GOLDEN = Path(__file__).with_name("command_line.txt")
COMMANDS = ("make", "plan", "show", "models", "verify", "doctor", "gc")
HEAVY = ("pydantic", "asyncio", "numpy", "av", "cv2", "yaml", "sqlite3", "onnxruntime", "PIL")


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
    return list(_with_actions("berg", build_parser()))


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


@pytest.mark.parametrize("command", COMMANDS)
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


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from berg.cli.main import main; main(['make', '--help']); "
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert said.stderr == "[]\n"


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
