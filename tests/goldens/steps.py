"""One small make in which every kind of step runs, and what came of each step."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from berg.digest import digest_of
from berg.engine.values import read_out
from berg.home import default_home
from berg.schema.fields import content_of
from berg.store import Store
from berg.weights import Weights
from tests.goldens.material import unpack
from tests.goldens.processor import family
from tests.kinds import all_kinds
from tests.service.film import made_here

FILE = Path(__file__).with_name("steps.json")
BY_LLAMA = frozenset({"text.generate"})
"""Kinds that run only where a language model can: `make llama`, and its weights."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StepGolden:
    """What one step was and gave."""

    capability: str
    version: int
    key: str
    out: str
    """Digest of its result; assets count by their bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Goldens:
    """A whole make, and where it was made."""

    processor: str
    tools: dict[str, str]
    """Installed versions of all that shapes bytes: they are in the keys."""
    steps: dict[str, StepGolden]
    """By the step's name in the line."""

    def elsewhere(self, other: "Goldens") -> str | None:
        """Why another make need not give the same, if it need not."""
        if self.processor != other.processor:
            return f"goldens are of {self.processor}, this is {other.processor}"
        changed = {t: v for t, v in other.tools.items() if self.tools.get(t) != v}
        return f"goldens were made with other tools than {changed}" if changed else None


def here(steps: dict[str, StepGolden] | None = None) -> Goldens:
    """What is made on this machine, with what is installed on it."""
    kinds = [kind for name, kind in all_kinds().items() if llama() or name not in BY_LLAMA]
    tools = sorted({tool for kind in kinds for tool in kind.tools})
    return Goldens(
        processor=family(), tools={tool: version(tool) for tool in tools}, steps=steps or {}
    )


@cache
def llama() -> bool:
    """Whether a language model runs here."""
    return find_spec("xllamacpp") is not None and Weights(default_home()).has("smollm2")


@cache
def vectors() -> bool:
    """Whether the model of text vectors lies here."""
    return Weights(default_home()).has("multilingual-e5-small")


def elsewhere(name: str) -> bool:
    """Whether a step of that name runs only where there is what isn't here."""
    return (name.startswith("written/") and not llama()) or (
        name.startswith("likened/") and not vectors()
    )


def walk(folder: Path) -> Goldens:
    """Make it in an empty folder: about twenty seconds of work."""
    home, briefs = unpack(folder)
    found = _made(home, briefs / "every.yaml", folder / "out")
    board = briefs / "storyboard.yaml"
    found |= _made(home, briefs / "overlaid.yaml", folder / "overlaid", storyboard=board)
    if llama():
        found |= _made(home, briefs / "written.yaml", folder / "written")
    if vectors():
        found |= _made(home, briefs / "likened.yaml", folder / "likened")
    return here(found)


def _made(
    home: Path, brief: Path, out: Path, *, storyboard: Path | None = None
) -> dict[str, StepGolden]:
    run = made_here(home, brief, out, storyboard=storyboard).json["run"]
    with Store(home) as store:
        told = store.run(run)
        assert told is not None
        return {name: _golden(store, key or "") for name, key, _ in told.steps}


def _golden(store: Store, key: str) -> StepGolden:
    record = store.get(key)
    assert record is not None
    kind = all_kinds()[record.capability]
    out = digest_of("out", content_of(read_out(kind, record)))
    return StepGolden(capability=kind.capability, version=kind.version, key=key, out=out)


def read() -> Goldens:
    """The goldens as they are pinned."""
    known: dict[str, Any] = json.loads(FILE.read_bytes()) if FILE.exists() else asdict(here())
    steps = {name: StepGolden(**step) for name, step in known.pop("steps").items()}
    return Goldens(**known, steps=steps)


def write(goldens: Goldens) -> None:
    """Pin them."""
    FILE.write_text(json.dumps(asdict(goldens), indent=1, sort_keys=True) + "\n")


def forgotten(pinned: Goldens, made: Goldens) -> list[str]:
    """Steps that give something else under the same key: somebody forgot to raise a version."""
    if pinned.elsewhere(made):
        return []
    return [
        f"{name}: {step.capability} gives other bytes than before under the same key: "
        f"raise its version ({step.version})"
        for name, step in made.steps.items()
        if (was := pinned.steps.get(name)) and was.key == step.key and was.out != step.out
    ]
