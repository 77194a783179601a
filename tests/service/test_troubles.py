"""Trouble with disks and files: the cause is named, what was finished stays, and the same command
goes on. The disks are real: a small tmpfs and read-only mounts in a mount namespace of its own."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from berg.store.migrations import LATEST, VERSIONS
from tests.service.film import (
    Said,
    berg,
    ended,
    made,
    made_here,
    make,
    photograph,
    start,
    wait_until,
    write_brief,
)
from tests.store.test_disks import NAMESPACE


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Said]:
    """A home, the brief that was made in it, and what was said. Tests copy the home."""
    folder = tmp_path_factory.mktemp("before")
    brief = write_brief(folder, photos=("harbour",))
    said = made(folder / "home", brief, folder / "out")
    return folder / "home", brief, said


@pytest.fixture
def home(before: tuple[Path, Path, Said], tmp_path: Path) -> Path:
    """A home of one's own in which the brief was made."""
    return Path(shutil.copytree(before[0], tmp_path / "home", symlinks=True))


def _in_namespace(script: str, *words: str) -> Said:
    """What a shell script says that may mount things nobody else sees."""
    done = subprocess.run(
        [*NAMESPACE, "sh", "-c", script, sys.executable, *words], capture_output=True, text=True
    )
    if "mount" in done.stderr and "berg" not in done.stderr:
        pytest.skip(f"can't mount here: {done.stderr.strip()}")
    return Said(done.returncode, done.stdout, done.stderr)


FULL = """
mount -t tmpfs -o size=12m tmpfs "$1" && cp -P "$2" "$1/weights" && cp -r "$5" "$1/keys"
export BERG_HOME="$1"
make() { "$0" -m berg.cli.main make "$3" --out "$4" --json; }
head -c 11700k /dev/zero > "$1/ballast"
make "$@"; echo "status $?"
rm "$1/ballast"
make "$@"; echo "status $?"
"""


def test_a_full_disk_is_named_and_with_room_the_same_command_goes_on(
    tmp_path: Path, before: tuple[Path, Path, Said]
) -> None:
    old, brief, whole = before
    (tmp_path / "home").mkdir()
    said = _in_namespace(
        FULL, *map(str, (tmp_path / "home", old / "weights", brief, tmp_path / "out", old / "keys"))
    )
    first, second, _ = said.out.split("status ")
    failed, status = json.loads(first), int(second.splitlines()[0])
    assert status == 3
    assert "full" in failed["error"]["message"].lower(), failed
    done = Said(0, second.partition("\n")[2], "")
    assert said.out.endswith("status 0\n")
    assert done.digests == whole.digests


READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && export BERG_HOME="$2"
"$0" -m berg.cli.main make "$3" --out "$4" --json
"""


def test_a_read_only_home_is_named(home: Path, before: tuple[Path, Path, Said]) -> None:
    out = home.parent / "out"
    said = _in_namespace(READ_ONLY, *map(str, (home, home, before[1], out)))
    assert said.status == 3
    assert f"{home}" in said.json["error"]["message"]
    assert "read-only" in said.json["error"]["message"]


def test_a_read_only_folder_for_the_delivery_is_named(
    home: Path, before: tuple[Path, Path, Said]
) -> None:
    fixed = home.parent / "fixed"
    fixed.mkdir()
    said = _in_namespace(READ_ONLY, *map(str, (fixed, home, before[1], fixed / "out")))
    assert said.status == 2, "it is seen before anything starts"
    assert f"{fixed} can't be written" in said.json["error"]["message"]
    assert made_here(home, before[1], home.parent / "out").ran == 0, "nothing is made again"


@pytest.mark.parametrize("damage", ["emptied", "turned", "gone"])
def test_a_damaged_object_is_said_made_again_and_delivered_the_same(
    home: Path, before: tuple[Path, Path, Said], damage: str
) -> None:
    _, brief, whole = before
    film = whole.digests["short.en.mp4"]
    victim = home / "objects" / film[:2] / film
    _damage(victim, damage)
    said = made_here(home, brief, home.parent / "out")
    assert said.digests == whole.digests
    assert said.ran == 1
    if damage == "turned":  # of the same size: only its digest tells
        assert "making it again" in said.err
        assert (home / "objects-corrupt" / film).exists()
    assert made_here(home, brief, home.parent / "out").ran == 0


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    path.unlink()
    if how == "emptied":
        path.write_bytes(b"")
    elif how == "turned":
        path.write_bytes(data[:-10] + bytes(255 - byte for byte in data[-10:]))


def test_damage_to_everything_at_once_is_mended(
    home: Path, before: tuple[Path, Path, Said]
) -> None:
    _, brief, whole = before
    for path in (home / "objects").rglob("*"):
        if path.is_file():
            _damage(path, "turned")
    assert made_here(home, brief, home.parent / "out").digests == whole.digests


def test_a_delivered_file_that_was_edited_or_deleted_is_put_back(
    home: Path, before: tuple[Path, Path, Said]
) -> None:
    _, brief, whole = before
    out = home.parent / "out"
    made_here(home, brief, out)
    (out / "short.en.srt").write_text("mine")
    (out / "short.en.mp4").unlink()
    (out / "notes.txt").write_text("the user's own")
    again = made_here(home, brief, out)
    assert again.ran == 0
    assert again.digests == whole.digests
    assert (out / "short.en.mp4").stat().st_size > 1000
    assert (out / "short.en.srt").read_text().startswith("1\n")
    assert (out / "notes.txt").read_text() == "the user's own"


def test_a_damaged_index_is_set_aside_and_everything_made_again(
    home: Path, before: tuple[Path, Path, Said]
) -> None:
    _, brief, whole = before
    (home / "index.sqlite").write_bytes(b"no database" * 500)
    for suffix in ("-wal", "-shm"):
        (home / f"index.sqlite{suffix}").unlink(missing_ok=True)
    said = made(home, brief, home.parent / "out")
    assert "index" in said.err
    assert "damaged" in said.err
    assert said.ran == whole.ran
    assert said.digests == whole.digests


def test_an_older_home_is_upgraded_and_what_it_holds_is_used(
    home: Path, before: tuple[Path, Path, Said]
) -> None:
    _, brief, whole = before
    _as_version_one(home / "index.sqlite")
    said = made_here(home, brief, home.parent / "out")
    assert said.ran == 0
    assert said.digests == whole.digests


def _as_version_one(path: Path) -> None:
    """The same results in an index as the first version wrote it."""
    assert LATEST == 5, "a later version needs this test to make older ones of its kind"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        columns = "key, capability, out, assets, receipt, created"
        held = (
            "coalesce((SELECT group_concat(sha256 || ':' || size, ' ') FROM result_assets"
            " WHERE result = results.id), '') AS assets"
        )
        chosen = columns.replace("assets", held)
        rows = db.execute(f"SELECT {chosen} FROM results").fetchall()
    for name in ("index.sqlite", "index.sqlite-wal", "index.sqlite-shm"):
        (path.parent / name).unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as db:
        for statement in VERSIONS[0]:
            db.execute(statement)
        db.executemany(f"INSERT INTO results ({columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
        db.execute("PRAGMA user_version = 1")
        db.commit()


def test_a_photograph_changed_while_it_is_used_is_named(tmp_path: Path) -> None:
    import cv2

    home, out = tmp_path / "home", tmp_path / "out"
    brief = write_brief(tmp_path, photos=("harbour",))
    photo = tmp_path / "photos" / "harbour.png"
    process = start(home, "make", str(brief), "--out", str(out), "--json")
    wait_until(lambda: _adopted(home, photo))
    cv2.imwrite(str(photo), photograph(5))
    said = ended(process)
    assert said.status == 3
    assert "harbour.png changed since it was read" in said.json["error"]["message"]
    assert said.json["error"]["where"] == "short/picture/photos/harbour.png"
    again = made(home, brief, out)
    assert again.json["steps"]["cached"] > 0 or again.ran > 0
    fresh = made_here(tmp_path / "fresh", brief, tmp_path / "out-fresh")
    assert again.digests == fresh.digests, "what was changed is what is seen"


def _adopted(home: Path, photo: Path) -> bool:
    index: Any = home / "index.sqlite"
    if not index.exists():
        return False
    try:
        with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT count(*) FROM externals").fetchone()[0])
    except sqlite3.Error:
        return False


def test_a_home_of_a_newer_berg_is_refused(home: Path, before: tuple[Path, Path, Said]) -> None:
    with closing(sqlite3.connect(home / "index.sqlite")) as db:
        db.execute(f"PRAGMA user_version = {LATEST + 1}")
    said = make(home, before[1], home.parent / "out")
    assert said.status == 3
    assert "upgrade berg" in said.json["error"]["message"]
    assert berg(home, "show", "--json").status == 3
