"""Whether the locks fit together, and whether what is installed is what they name.

pip installs a lock without resolving it, so that nothing published later can change what comes.
It asks no questions then, either: whether every requirement is met is found out here. What each
package requires is read from where it is installed, so this runs in .venv, after installing:

    .venv/bin/python scripts/locked.py requirements.build.lock requirements.lock

Says nothing and exits with 0 if all is well; else a line for each fault, and 1.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

Environment = Mapping[str, str]
"""A Python on a system, as markers name its sides: `python_version`, `sys_platform`, and so on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What an installed package says of itself."""

    version: str
    requires: tuple[str, ...] = ()
    """Requirements as they are written in its metadata, those of its extras among them."""
    python: str = ""
    """The Pythons it is for, such as `>=3.10`; empty for any."""


FactsOf = Callable[[str], Facts | None]
"""Normalised name → facts; None for what is not installed."""


def installed(name: str) -> Facts | None:
    """What is installed under this name in the Python that runs."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    python = found.metadata.get_all("Requires-Python") or [""]
    return Facts(version=found.version, requires=tuple(found.requires or ()), python=python[0])


def read_lock(text: str) -> list[Requirement]:
    """The pins of a lock, their hashes left out. Raises ValueError for one that is not exact."""
    lines = re.sub(r"\\\n", " ", text).splitlines()
    pins = [Requirement(line.split("--hash=")[0].strip()) for line in lines if line.strip()]
    for pin in pins:
        if not re.fullmatch(r"==[^*,]+", str(pin.specifier)):
            raise ValueError(f"{pin} names no single version")
    return pins


def version_of(pin: Requirement) -> str:
    """The one version that a pin allows."""
    return next(iter(pin.specifier)).version


def asked(project: Mapping[str, object], lock: str) -> list[Requirement]:
    """What a lock was written for: `requirements.lock` for the package and group `dev`, the
    others for the group in their name."""
    groups, package = project["dependency-groups"], project["project"]
    assert isinstance(groups, dict)
    assert isinstance(package, dict)
    group = lock.removeprefix("requirements").removesuffix("lock").strip(".")
    texts = groups[group] if group else [*package["dependencies"], *groups["dev"]]
    return [Requirement(text) for text in texts]


def holds(requirement: Requirement, environment: Environment, extras: Iterable[str] = ()) -> bool:
    """Whether a requirement applies in an environment, with these extras of its owner wanted."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras)
    )


def lacks(
    roots: Iterable[Requirement],
    pins: Iterable[Requirement],
    environment: Environment,
    facts_of: FactsOf,
) -> Iterator[str]:
    """What the pins fail to meet, of the roots and of everything that they need in turn.

    A package whose facts are not to be had, as it belongs to another system, counts as needing
    nothing.
    """
    have = {canonicalize_name(pin.name): pin for pin in pins if holds(pin, environment)}
    todo = [("pyproject.toml", root) for root in roots if holds(root, environment)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        who, wish = todo.pop()
        name = canonicalize_name(wish.name)
        if name not in have:
            yield f"{who} needs {wish}, which is not in the lock"
            continue
        version = version_of(have[name])
        if not wish.specifier.contains(version, prereleases=True):
            yield f"{who} needs {wish}, and the lock has {version}"
        reached = (name, frozenset(wish.extras))
        facts = facts_of(name)
        if reached in seen or facts is None:
            continue
        seen.add(reached)
        needs = [Requirement(text) for text in facts.requires]
        todo += [(f"{name} {version}", n) for n in needs if holds(n, environment, wish.extras)]


def strays(
    pins: Iterable[Requirement], environment: Environment, facts_of: FactsOf
) -> Iterator[str]:
    """What is installed otherwise than the pins say, or for another Python than this one."""
    for pin in pins:
        if not holds(pin, environment):
            continue
        facts, wanted = facts_of(canonicalize_name(pin.name)), version_of(pin)
        if facts is None:
            yield f"{pin.name} {wanted} is in the lock and not installed"
        elif facts.version != wanted:
            yield f"{pin.name} {wanted} is in the lock, and {facts.version} is installed"
        elif not fits(facts, environment):
            yield f"{pin.name} {wanted} is for Python {facts.python} only"


def fits(facts: Facts, environment: Environment) -> bool:
    """Whether a package is for the Python of an environment."""
    full = environment["python_full_version"]
    return SpecifierSet(facts.python).contains(full, prereleases=True)


def faults(lock: Path, facts_of: FactsOf = installed) -> list[str]:
    """All that is wrong with a lock and what was installed by it, in this Python."""
    project = tomllib.loads(lock.with_name("pyproject.toml").read_text())
    here: Environment = {key: str(value) for key, value in default_environment().items()}
    pins = read_lock(lock.read_text())
    found = [*lacks(asked(project, lock.name), pins, here, facts_of), *strays(pins, here, facts_of)]
    return sorted(set(found))


def main(locks: list[str]) -> int:
    """Print the faults of the locks named. Exit code: 0 none, 1 some."""
    found = [f"{lock}: {fault}" for lock in locks for fault in faults(Path(lock).resolve())]
    for line in found:
        print(f"setup: {line}", file=sys.stderr)
    if found:
        print("setup: the lock doesn't fit; write it anew with `make lock`", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
