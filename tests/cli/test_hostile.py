"""Whatever is thrown at the command line: an answer, never a traceback, never a hang.

The readers have tests of their own; these go through the whole command, from words to JSON.
"""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.talk import Talk, fresh_home, talk
from tests.media.awkward import write_clip, yuv_frame
from tests.patience import PATIENCE_S
from tests.service.film import Said, make, photograph, write_brief, write_music

FEW = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
HANG_S = 20
"""Processor seconds after which an answer counts as a hang."""
WHOLE = """berg: 1
title: Small film
seed: 3
languages: [en, zh]
brand: {name: Tidewater, palette: ["#0B3954", "#FF6663"], logo: logo.png}
make:
  - short:
      name: short
      seconds: 8
      aspect: "270x480"
      fps: 30
      script:
        en: |
          Cold water. Hot tea.
        zh: |
          冷水。 热茶。
      voice: {en: none, zh: none}
      captions: word
      look: plate
      music: music.wav
      footage: photos/
      cuts: sentence
      end: {en: tidewater.example, zh: tidewater.example}
"""
BYTES = WHOLE.encode()
LINES = WHOLE.splitlines(keepends=True)
NASTY = (
    *("~", "[]", "{}", "''", "true", "-1", "0", "1e999", ".nan", "9" * 400, "99999999", "0x1F"),
    *("&a [*a]", "*a", "!!python/object/apply:os.system [id]", "<<: *a", "|", "\t", "[" * 60),
    *("../x", "/dev/zero", "/etc/passwd", ".", "logo.png", '"\\0"', '"\\uD800"', '"\\u202E"'),
    *("🙂", "1x1", "99999x99999", "271x481", "16:9", "1/0", "30/0", "{en: x}", "a" * 5000),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with everything that the brief names, and a home of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        fresh_home(folder, patch)
        write_brief(folder)
        write_music(folder / "music.wav")
        shutil.copy(folder / "photos" / "cup.png", folder / "logo.png")
        _write_sea(folder / "photos" / "sea.mp4")
        yield folder


def _write_sea(path: Path) -> None:
    """A clip of two seconds, each frame another."""
    write_clip(path, [yuv_frame(photograph(n), "yuv420p") for n in range(60)])


def _answered(folder: Path, *words: object) -> Talk:
    """The answer to words: one document, a known status, soon, and nothing was started."""
    begun = time.process_time()
    said = talk(*words, "--json")
    assert time.process_time() - begun < HANG_S
    document = said.json
    assert said.status in (0, 2), said.out
    if said.status == 2:
        assert document["error"]["code"] in ("brief", "request", "media")
        assert document["error"]["message"]
        for fault in document["error"].get("faults", ()):
            assert fault["line"] >= 1 or "larger than" in fault["message"], fault
    assert "Traceback" not in said.err
    return said


def _planned(folder: Path, data: bytes) -> Talk:
    (folder / "brief.yaml").write_bytes(data)
    return _answered(folder, "plan", folder / "brief.yaml")


def test_the_brief_that_is_mutated_below_is_sound(place: Path) -> None:
    said = _planned(place, WHOLE.encode())
    assert said.status == 0, said.err
    assert len(said.json["deliver"]) == 8


@FEW
@given(st.lists(st.tuples(st.integers(0, len(BYTES) - 1), st.integers(0, 255)), max_size=6))
def test_flipped_bytes(place: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(BYTES)
    for at, value in flips:
        data[at] = value
    _planned(place, bytes(data))


@FEW
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=30))
def test_lines_dropped_repeated_and_shuffled(place: Path, kept: list[int]) -> None:
    _planned(place, "".join(LINES[n] for n in kept).encode())


@FEW
@given(st.integers(1, len(LINES) - 1), st.integers(1, len(LINES) - 1))
def test_a_line_dropped_and_a_line_doubled(place: Path, gone: int, doubled: int) -> None:
    lines = [line * (1 + (n == doubled)) for n, line in enumerate(LINES) if n != gone]
    _planned(place, "".join(lines).encode())


@FEW
@given(st.sampled_from([n for n, line in enumerate(LINES) if ": " in line]), st.sampled_from(NASTY))
def test_nasty_values(place: Path, at: int, value: str) -> None:
    lines = list(LINES)
    lines[at] = f"{lines[at].split(': ')[0]}: {value}\n"
    _planned(place, "".join(lines).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 1000,
        bytes(range(256)) * 100,
        b"a" * 20_000_000,
        b"[" * 100_000,
        b"- " * 100_000,
        b"a: &a [x]\n" + b"".join(b"b%d: [*a,*a,*a]\n" % n for n in range(1000)),
        WHOLE.encode("utf-16"),
        WHOLE.encode() * 2,
        WHOLE.replace("Cold water.", "Cold water. " * 5000).encode(),
        WHOLE.replace("Small film", "x" * 100_000).encode(),
    ],
    ids=lambda data: f"{len(data)} bytes, {data[:6]!r}",
)
def test_huge_binary_and_empty_briefs_are_refused(place: Path, data: bytes) -> None:
    assert _planned(place, data).status == 2


MEDIA = ("photos/cup.png", "photos/sea.mp4", "music.wav", "logo.png")


@settings(FEW, max_examples=30)
@given(
    st.sampled_from(MEDIA),
    st.integers(0, 2**32),
    st.sampled_from(["flip", "cut", "grow", "swap", "empty"]),
)
def test_mutated_media(place: Path, name: str, seed: int, how: str) -> None:
    target = place / name
    whole = target.read_bytes()
    try:
        target.write_bytes(_mutated(whole, how, random.Random(seed), place))
        _planned(place, WHOLE.encode())
    finally:
        target.write_bytes(whole)


def _mutated(data: bytes, how: str, chance: random.Random, folder: Path) -> bytes:
    if how == "cut":
        return data[: chance.randrange(len(data))]
    if how == "grow":
        return data + chance.randbytes(5000)
    if how == "swap":
        return (folder / chance.choice(MEDIA)).read_bytes()
    if how == "empty":
        return b""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 40)):
        # headers matter most
        changed[int(len(changed) * chance.random() ** 3)] = chance.randrange(256)
    return bytes(changed)


def test_nothing_of_all_this_was_started(place: Path) -> None:
    assert talk("show", "--json").json == {"runs": []}


@pytest.mark.parametrize("seed", range(2))
def test_media_with_a_whole_head_and_a_damaged_body_make_a_film_or_a_clear_error(
    tmp_path: Path, seed: int
) -> None:
    brief = write_brief(tmp_path)
    clip = tmp_path / "photos" / "sea.mp4"
    _write_sea(clip)
    for path in (clip, tmp_path / "photos" / "cup.png"):
        data = bytearray(path.read_bytes())
        chance = random.Random(seed)
        for at in range(len(data) // 3, len(data) * 2 // 3):
            if chance.random() < 0.2:
                data[at] = chance.randrange(256)
        path.write_bytes(data)
    _one_answer(make(tmp_path / "home", brief, tmp_path / "out"))


def _one_answer(said: Said) -> None:
    assert "Traceback" not in said.err
    assert said.status in (0, 2, 3), said.err
    if said.status:
        assert said.json["error"]["code"] in ("brief", "step", "media"), said.out


def _strange(kind: str, path: Path) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(os.path.relpath(path))


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device", "loop", "socket"])
@pytest.mark.parametrize("role", ["brief", "storyboard"])
def test_a_document_that_is_no_file_is_refused(
    place: Path, tmp_path: Path, kind: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "brief.yaml"
    _strange(kind, path)
    (place / "brief.yaml").write_text(WHOLE, encoding="utf-8")
    words = [path] if role == "brief" else [place / "brief.yaml", "--storyboard", path]
    said = _answered(place, "make", *words)
    assert said.status == 2
    assert str(path) in said.json["error"]["message"]


@pytest.mark.parametrize(
    "words",
    [
        ("--out", "{file}"),
        ("--out", "{file}/below"),
        ("--out", "{dangling}"),
        ("--until", "dinner"),
        ("--only", "poster"),
        ("--storyboard", "{brief}"),
    ],
)
def test_options_that_cannot_be_are_refused_before_anything_starts(
    place: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (place / "brief.yaml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    names = {
        "file": tmp_path / "file",
        "dangling": tmp_path / "dangling",
        "brief": place / "brief.yaml",
    }
    said = _answered(place, "make", place / "brief.yaml", *(w.format(**names) for w in words))
    assert said.status == 2
    assert talk("show", "--json").json == {"runs": []}
    assert (tmp_path / "file").read_text() == "mine"


def _read_only(folder: Path, command: list[str], home: Path) -> Said:
    """Run with a folder mounted read-only: file modes alone do not stop root."""
    script = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    said = subprocess.run(
        ["unshare", "-m", "sh", "-c", script, str(folder), *command],
        capture_output=True,
        text=True,
        env={**os.environ, "BERG_HOME": str(home)},
        timeout=PATIENCE_S,
    )
    return Said(said.returncode, said.stdout, said.stderr)


@pytest.fixture(scope="module")
def mounts() -> None:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not there: no folder can be mounted read-only")
    script = "mount -t tmpfs none /mnt"
    if subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True).returncode:
        pytest.skip("mounting is not permitted here")


BERG = [sys.executable, "-m", "berg.cli.main"]


def test_an_out_that_is_read_only_is_refused_before_anything_starts(
    place: Path, tmp_path: Path, mounts: None
) -> None:
    (place / "brief.yaml").write_text(WHOLE, encoding="utf-8")
    command = [*BERG, "make", str(place / "brief.yaml"), "--out", str(tmp_path / "out"), "--json"]
    said = _read_only(tmp_path, command, Path(os.environ["BERG_HOME"]))
    assert said.status == 2, said.err
    assert "--out" in said.json["error"]["message"]
    assert talk("show", "--json").json == {"runs": []}


def test_a_plan_needs_no_place_to_deliver_to(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "brief.yaml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "out").write_text("a file where the default folder would be")
    monkeypatch.chdir(tmp_path)
    assert _answered(place, "plan", place / "brief.yaml").status == 0
    assert _answered(place, "make", place / "brief.yaml").status == 2


@pytest.mark.parametrize("words", [["make", "{}"], ["plan", "{}"], ["show"], ["gc"], ["doctor"]])
def test_a_home_that_is_read_only_is_said_with_the_next_action(
    place: Path, tmp_path: Path, mounts: None, words: list[str]
) -> None:
    (place / "brief.yaml").write_text(WHOLE, encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    said = _read_only(
        home, [*BERG, *(w.format(place / "brief.yaml") for w in words), "--json"], home
    )
    assert said.status == 3, said.err
    error = json.loads(said.out)["error"]
    assert error["code"] == "store"
    assert "BERG_HOME" in error["message"]
    assert said.err.count("\n") == 1


def test_names_that_are_not_utf8_are_told(place: Path) -> None:
    strange = os.fsencode(place / "photos") + b"/caf\xe9.png"
    shutil.copy(place / "photos" / "cup.png", os.fsdecode(strange))
    try:
        said = _planned(place, WHOLE.encode())
    finally:
        os.unlink(strange)
    assert said.status == 2
    assert said.json["error"]["faults"][0]["path"].endswith("footage")
