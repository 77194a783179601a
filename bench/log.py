"""The log: appending, proving, checking, disk. Run: python -m bench.log [LEAVES]"""

import hashlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg.provenance.log import Entry, Log, check_proof

SINGLES = 200
"""Appends of one entry, as a delivery of one file does it, timed apart."""
PROOFS = 1_000
BATCH = 65_536


def entry_of(number: int) -> Entry:
    """An entry such as a picture's."""
    digests = [hashlib.sha256(f"{number} {what}".encode()).hexdigest() for what in range(4)]
    return Entry(
        content_sha256=digests[0],
        sha256=digests[1],
        manifest_sha256=digests[2],
        produce_id=f"berg-{digests[3][:32]}",
        marks=(digests[0][:10],),
        receipt_sha256=digests[3],
        media_type="image/jpeg",
        time="2026-11-22T10:00:00Z",
    )


def timed(work: Callable[[int], object], numbers: Sequence[int]) -> list[float]:
    """Seconds of each call, ascending."""
    took = []
    for number in numbers:
        begun = time.perf_counter()
        work(number)
        took.append(time.perf_counter() - begun)
    return sorted(took)


def fsync_s(folder: Path) -> float:
    """This disk's median time to write and sync 4 kB: the floor of any durable append."""

    def once(number: int) -> None:
        with (folder / f"probe{number}").open("wb") as file:
            file.write(b"\0" * 4096)
            file.flush()
            os.fsync(file.fileno())

    return timed(once, range(50))[25]


def disk(folder: Path, below: str) -> int:
    """Bytes that files take on the disk, in blocks."""
    paths = (folder / below).rglob("*") if (folder / below).is_dir() else (folder / below,)
    return sum(path.stat().st_blocks * 512 for path in paths if path.is_file())


def fill(log: Log, leaves: int) -> tuple[float, float, float]:
    """Append in large batches; seconds, processor seconds, and what hashing alone takes."""
    took = busy = bare = 0.0
    for begin in range(0, leaves, BATCH):
        entries = [entry_of(number) for number in range(begin, min(begin + BATCH, leaves))]
        bare += hashing_s([entry.leaf() for entry in entries])
        begun, begun_busy = time.perf_counter(), time.process_time()
        log.append(entries)
        took += time.perf_counter() - begun
        busy += time.process_time() - begun_busy
    return took, busy, bare


def hashing_s(data: list[bytes]) -> float:
    """Processor seconds of a bare Merkle tree."""
    begun = time.process_time()
    row = [hashlib.sha256(b"\0" + leaf).digest() for leaf in data]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs]
    return time.process_time() - begun


def ms(took: list[float]) -> str:
    """Median and 99th percentile."""
    return f"{took[len(took) // 2] * 1000:.2f} ms (99 %: {took[len(took) * 99 // 100] * 1000:.1f})"


def main() -> None:
    """Print the table."""
    leaves = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    key, chance = Ed25519PrivateKey.generate(), random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        log = Log(Path(folder) / "log", key=key, origin="bench.example/log")
        took, busy, bare = fill(log, leaves)
        singles = timed(
            lambda number: log.append([entry_of(number)]), range(leaves, leaves + SINGLES)
        )
        picks = [chance.randrange(leaves) for _ in range(PROOFS)]
        texts = [log.proof(pick) for pick in picks[:100]]
        proofs = timed(log.proof, picks)
        found = timed(lambda number: log.find(sha256=entry_of(number).sha256), picks)
        checks = timed(lambda at: check_proof(texts[at], log_key=log.vkey()), range(len(texts)))
        floor = fsync_s(Path(folder))
        log.close()
        root = Path(folder) / "log"
        tiles, lookup = disk(root, "tile"), disk(root, ".state/lookup.sqlite")
        entries = disk(root, "tile/entries")
    many = f"{leaves:,} entries in batches of {BATCH:,}"
    rows = {
        many: f"{took:.1f} s, {took / leaves * 1e6:.0f} µs each; processor"
        f" {busy:.1f} s, of which hashing alone {bare:.1f} s",
        f"one entry more, durable and published, {SINGLES} times": f"{ms(singles)};"
        f" one fsync of this disk: {floor * 1000:.2f} ms",
        "a proof": f"{ms(proofs)}, {len(texts[0].encode()):,} bytes with its entry",
        "checking one offline": ms(checks),
        "finding an entry by its digest": ms(found),
        "disk": f"{entries / 1e6:.0f} MB entries, {(tiles - entries) / 1e6:.0f} MB hashes,"
        f" {lookup / 1e6:.0f} MB look-up",
    }
    print("| what | figure |\n| --- | --- |")
    for what, figure in rows.items():
        print(f"| {what} | {figure} |")


if __name__ == "__main__":
    main()
