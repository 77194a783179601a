"""The commands, one file each: `make.py` is `berg make`, and a new file is a new command.

A file begins with a docstring whose first line is what `berg --help` says of the command, and
holds `COMMAND`, a `Command`. It imports at its top only what is quick: `berg COMMAND --help` loads
it. Names that begin with `_` are no commands but parts of one.

A line adds commands by such a folder of its own, `lines/posters/commands/layouts.py`, and
plugins add commands by entry points of the group `berg.commands`: `NAME = module:COMMAND`. None
can take the place of one that is here.
"""

import importlib
import os

from berg.installed import entry_points_of
from berg.lines.names import command_folders

TYPE_CHECKING = False  # as in `typing`, whose import would take longer than the listing
if TYPE_CHECKING:
    from berg.schema.command import Command

FIRST = ["make", "plan", "show", "models", "layouts", "keys", "log", "witness", "verify"]
FIRST += ["label", "doctor", "gc"]
"""The order of `berg --help`; commands that are not named here follow by the alphabet."""

GROUP = "berg.commands"


def summaries() -> dict[str, str]:
    """Every command and what it does, in help's order. Reads first lines and imports nothing."""
    modules = _modules()
    order = [name for name in FIRST if name in modules]
    own = {name: _summary(modules[name][1]) for name in dict.fromkeys([*order, *modules])}
    plugins = {name: f"a plugin's: {thing}" for name, thing in entry_points_of(GROUP).items()}
    return own | {name: said for name, said in plugins.items() if name not in own}


def load(name: str) -> "Command":
    """A command, from its file or its plugin's. Raises whatever a plugin's module raises."""
    own = _modules().get(name)
    target = f"{own[0]}:COMMAND" if own else entry_points_of(GROUP)[name]
    module, _, thing = target.partition(":")
    command: Command = getattr(importlib.import_module(module), thing)
    return command


def plugin_of(name: str) -> str | None:
    """The `module:object` of a plugin's command; None for berg's own."""
    return None if name in _modules() else entry_points_of(GROUP).get(name)


def _modules() -> dict[str, tuple[str, str]]:
    """Commands of this folder and of each line's, by the alphabet: each one's module and file."""
    folders = [(__name__, folder) for folder in __path__]
    folders += [(f"berg.lines.{name}.commands", folder) for name, folder in command_folders()]
    found = {
        name.removesuffix(".py"): (f"{package}.{name.removesuffix('.py')}", f"{folder}/{name}")
        for package, folder in reversed(folders)  # none of a line's takes the place of one here
        for name in os.listdir(folder)
        if name.endswith(".py") and not name.startswith("_")
    }
    return dict(sorted(found.items()))


def _summary(file: str) -> str:
    """The first line of the docstring, as a phrase: `make what a brief asks for`."""
    with open(file, encoding="utf-8") as lines:
        line = lines.readline().strip().strip('"').rstrip(".")
    return line[:1].lower() + line[1:]
