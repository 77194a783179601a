"""The real locks: whole, of one mind, and for every Python and system that berg supports."""

import tomllib
from collections.abc import Iterator

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from tests.setup.scripts import ROOT, locked, pythons
from tests.setup.shelf import LOCKS

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    "Linux on ARM": {"sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"},
}
NAMES = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}


def environments() -> Iterator[tuple[str, dict[str, str]]]:
    """Every Python on every system, as markers see them."""
    here = {key: str(value) for key, value in default_environment().items()}
    for system, sides in SYSTEMS.items():
        for minor in pythons.MINORS:
            version = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
            name = {"platform_system": NAMES[sides["sys_platform"]], "platform_release": ""}
            yield f"3.{minor} on {system}", here | sides | version | name


ENVIRONMENTS = dict(environments())


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_a_lock_holds_all_that_its_packages_need(lock: str, environment: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    pins = locked.read_lock((ROOT / lock).read_text())
    roots = locked.asked(project, lock)
    assert [*locked.lacks(roots, pins, environment, locked.installed)] == []


@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_every_package_of_the_lock_is_for_that_python(environment: dict[str, str]) -> None:
    pins = locked.read_lock((ROOT / "requirements.lock").read_text())
    known = {pin.name: locked.installed(pin.name) for pin in pins}
    others = [n for n, facts in known.items() if facts and not locked.fits(facts, environment)]
    assert others == []


def test_what_several_locks_name_has_one_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for pin in locked.read_lock((ROOT / lock).read_text()):
            versions.setdefault(pin.name, set()).add(locked.version_of(pin))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    for pin in text.replace("\\\n", " ").splitlines():
        assert "--hash=sha256:" in pin


def test_what_is_installed_here_is_what_the_locks_name() -> None:
    assert locked.faults(ROOT / "requirements.build.lock") == []
    assert locked.faults(ROOT / "requirements.lock") == []


FACTS = {
    "tool": locked.Facts(version="1", requires=("part[fast]>=2", "rest ; sys_platform == 'win32'")),
    "part": locked.Facts(version="2", requires=("speed ; extra == 'fast'", "slow ; extra == 'x'")),
    "speed": locked.Facts(version="3", requires=("tool",), python=">=3.99"),
}


def lacks(*pins: str, platform: str = "linux") -> list[str]:
    """What these pins lack of `tool`."""
    environment = {**default_environment(), "sys_platform": platform}
    requirements = [Requirement(pin) for pin in pins]
    return [*locked.lacks([Requirement("tool")], requirements, environment, FACTS.get)]


def test_a_circle_of_requirements_ends() -> None:
    assert lacks("tool==1", "part==2", "speed==3") == []


def test_what_an_extra_needs_counts_where_that_extra_is_wanted() -> None:
    assert lacks("tool==1", "part==2") == [
        'part 2 needs speed; extra == "fast", which is not in the lock'
    ]


def test_what_another_system_needs_counts_there() -> None:
    assert lacks("tool==1", "part==2", "speed==3", platform="win32") == [
        'tool 1 needs rest; sys_platform == "win32", which is not in the lock'
    ]


def test_a_pin_that_holds_elsewhere_only_is_not_in_the_lock_here() -> None:
    assert lacks("tool==1", "part==2 ; sys_platform == 'win32'", "speed==3") == [
        "tool 1 needs part[fast]>=2, which is not in the lock"
    ]


def test_a_version_that_does_not_do_is_said() -> None:
    assert lacks("tool==1", "part==1", "speed==3") == [
        "tool 1 needs part[fast]>=2, and the lock has 1"
    ]


def test_what_is_installed_otherwise_than_locked_is_said() -> None:
    pins = [Requirement(pin) for pin in ("tool==2", "gone==1", "speed==3")]
    assert [*locked.strays(pins, default_environment(), FACTS.get)] == [
        "tool 2 is in the lock, and 1 is installed",
        "gone 1 is in the lock and not installed",
        "speed 3 is for Python >=3.99 only",
    ]


def test_a_lock_that_names_no_single_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no single version"):
        locked.read_lock("tool>=1 --hash=sha256:00\n")
