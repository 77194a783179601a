"""Full and read-only disks: the cause is named, nothing half is seen, and gc makes room.

The disks are real: small tmpfs and read-only bind mounts in a mount namespace of their own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from berg.errors import StoreError
from berg.store import Store
from tests.patience import PATIENCE_S

NAMESPACE = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "-Ur")


def _mounted(script: str, code: str, *, folder: Path) -> str:
    """What `code` prints, run on `folder` after the shell script has mounted something there."""
    folder.mkdir(exist_ok=True)
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare(1)")
    probe = subprocess.run(
        [*NAMESPACE, "sh", "-ec", script, "sh", str(folder)], capture_output=True, text=True
    )
    if probe.returncode != 0:
        pytest.skip(f"can't mount here: {probe.stderr.strip()}")
    head = (
        "import os, sys\nfrom pathlib import Path\n"
        "from berg.errors import StoreError\nfrom berg.store import Record, Store\n"
        f"home = Path({str(folder)!r}) / 'home'\n"
    )
    python = (sys.executable, "-c", head + code)
    done = subprocess.run(
        [*NAMESPACE, "sh", "-ec", script + '\nshift; exec "$@"', "sh", str(folder), *python],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SMALL = 'mount -t tmpfs -o size=1m tmpfs "$1"'
READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"'

FILL = """
store = Store(home)
assets = []
try:
    while True:
        asset = store.put_bytes(os.urandom(60_000), 'text/plain')
        assets.append(asset)
        store.commit(Record(asset.sha256, '', 'c', '{}', (asset.sha256,), '{}'), run=None)
except StoreError as error:
    print(error.message)
"""


def test_a_full_disk_is_named_and_nothing_half_is_seen(tmp_path: Path) -> None:
    said = _mounted(
        SMALL,
        FILL + "seen = [p for p in (home / 'objects').rglob('*') if p.is_file()]\n"
        "assert len(seen) >= 5\n"
        "for path in seen:\n    assert store.path(path.name).stat().st_size == 60_000\n"
        "assert not list((home / 'aside').iterdir())\n",
        folder=tmp_path / "small",
    )
    assert f"the disk holding {tmp_path}/small/home" in said
    assert "is full: free some space or run `berg gc`" in said


def test_gc_makes_room_on_a_full_disk(tmp_path: Path) -> None:
    said = _mounted(
        SMALL,
        FILL + "rest = home / 'rest'\n"
        "try:\n    rest.write_bytes(b'x' * 2_000_000)\nexcept OSError:\n    pass\n"
        "assert os.statvfs(home).f_bavail == 0\n"
        "store.close()\n"
        "store = Store(home)\n"
        "print(store.gc(keep=0).results >= 5)\n"
        "print(store.path(store.put_bytes(os.urandom(300_000), 't')).stat().st_size)\n",
        folder=tmp_path / "small",
    )
    assert said.splitlines()[-2:] == ["True", "300000"]


def test_opening_on_a_full_disk_clears_up_after_the_dead(tmp_path: Path) -> None:
    said = _mounted(
        SMALL,
        "first = os.fork()\n"
        "if first == 0:\n"
        "    store = Store(home)\n"
        "    film = store.scratch() / 'half.mp4'\n"
        "    try:\n        film.write_bytes(b'x' * 2_000_000)\n"
        "    except OSError:\n        os._exit(0)\n"
        "os.waitpid(first, 0)\n"
        "assert os.statvfs(home).f_bavail == 0\n"
        "store = Store(home)\n"
        "print(store.put_bytes(b'fits', 't').size)\n",
        folder=tmp_path / "small",
    )
    assert said == "4\n"


@pytest.mark.parametrize("existing", [True, False], ids=["an old home", "a new home"])
def test_a_read_only_home_is_named(tmp_path: Path, existing: bool) -> None:
    folder = tmp_path / "fixed"
    folder.mkdir()
    if existing:
        with Store(folder / "home") as store:
            store.put_bytes(b"old", "text/plain")
    said = _mounted(
        READ_ONLY,
        "try:\n    Store(home)\nexcept StoreError as error:\n    print(error.message)\n",
        folder=folder,
    )
    assert "is on a read-only disk: mount it writable, or set BERG_HOME" in said
    assert str(folder / "home") in said


def test_a_home_that_turns_read_only_is_named_at_the_next_write(tmp_path: Path) -> None:
    said = _mounted(
        'mount --bind "$1" "$1"',
        "import subprocess\n"
        "store = Store(home)\n"
        "asset = store.put_bytes(b'old', 't')\n"
        "subprocess.run(['mount', '--bind', home, home], check=True)\n"
        "subprocess.run(['mount', '-o', 'remount,ro,bind', home], check=True)\n"
        "for write in (\n"
        "    lambda: store.put_bytes(b'new', 't'),\n"
        "    lambda: store.claim('k'),\n"
        "    lambda: store.lease('cpu', 1, 1),\n"
        "    lambda: store.scratch(),\n"
        "    lambda: store.begin_run('r', {}),\n"
        "):\n"
        "    try:\n        write()\n        print('written')\n"
        "    except StoreError as error:\n        print(error.message)\n"
        "print(store.path(asset).read_bytes())\n",
        folder=tmp_path / "turning",
    )
    *errors, last = said.splitlines()
    assert len(errors) == 5
    assert all("is on a read-only disk" in error for error in errors)
    assert last == "b'old'"


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StoreError, match="a file stands where a folder belongs"):
        Store(tmp_path / "home")
