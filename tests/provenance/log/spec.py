"""A verifier written from the specifications alone: RFC 6962 and C2SP's tlog-tiles,
tlog-checkpoint, signed-note, tlog-cosignature and tlog-proof. It imports nothing of berg's.

It is slow and plain on purpose: definitions are followed word by word, recursively.
"""

import base64
import hashlib
import struct
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def mth(entries: list[bytes]) -> bytes:
    """RFC 6962, 2.1: the Merkle Tree Hash."""
    n = len(entries)
    if n == 0:
        return hashlib.sha256().digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = largest_power_below(n)
    return hashlib.sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, entries: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.1: PATH(m, D[n])."""
    n = len(entries)
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m: int, entries: list[bytes]) -> list[bytes]:
    """RFC 6962, 2.1.2: PROOF(m, D[n])."""
    return subproof(m, entries, True)


def subproof(m: int, entries: list[bytes], whole: bool) -> list[bytes]:
    n = len(entries)
    if m == n:
        return [] if whole else [mth(entries)]
    k = largest_power_below(n)
    if m <= k:
        return [*subproof(m, entries[:k], whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], False), mth(entries[:k])]


def root_from_path(leaf: bytes, m: int, n: int, hashes: list[bytes]) -> bytes:
    """The root that a path leads to, by PATH's own recursion; the last hash is the top one."""
    if n == 1:
        assert not hashes
        return leaf
    k = largest_power_below(n)
    *rest, top = hashes
    if m < k:
        return node(root_from_path(leaf, m, k, rest), top)
    return node(top, root_from_path(leaf, m - k, n - k, rest))


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_from_proof(
    m: int, n: int, hashes: list[bytes], old: bytes, whole: bool
) -> tuple[bytes, bytes]:
    """Old and new root that a consistency proof leads to, by SUBPROOF's own recursion."""
    if m == n:
        if whole:
            assert not hashes
            return old, old
        (only,) = hashes
        return only, only
    k = largest_power_below(n)
    *rest, top = hashes
    if m <= k:
        first, second = roots_from_proof(m, k, rest, old, whole)
        return first, node(second, top)
    first, second = roots_from_proof(m - k, n - k, rest, old, False)
    return node(top, first), node(top, second)


def key_of(vkey: str) -> tuple[str, bytes, int, Ed25519PublicKey]:
    name, key_id, data = vkey.split("+", 2)
    raw = base64.b64decode(data, validate=True)
    assert hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() == key_id
    return name, bytes.fromhex(key_id), raw[0], Ed25519PublicKey.from_public_bytes(raw[1:])


def open_note(note: str, vkeys: list[str]) -> tuple[str, dict[str, int]]:
    """A note's text, and who of the known keys signed it and when (0 for plain signatures)."""
    at = note.rindex("\n\n")
    text, lines = note[: at + 1], note[at + 2 :]
    assert lines.endswith("\n")
    signers: dict[str, int] = {}
    for line in lines[:-1].split("\n"):
        dash, name, data = line.split(" ")
        assert dash == "\u2014"
        raw = base64.b64decode(data, validate=True)
        for known, key_id, kind, key in map(key_of, vkeys):
            if (known, key_id) != (name, raw[:4]):
                continue
            if kind == 1:
                key.verify(raw[4:], text.encode())
                signers[name] = 0
            else:
                assert kind == 4
                (stamp,) = struct.unpack(">Q", raw[4:12])
                key.verify(raw[12:], f"cosignature/v1\ntime {stamp}\n{text}".encode())
                signers[name] = stamp
    return text, signers


def read_checkpoint(note: str, vkeys: list[str]) -> tuple[str, int, bytes, dict[str, int]]:
    """Origin, size, root and signers."""
    text, signers = open_note(note, vkeys)
    origin, size, root = text.splitlines()[:3]
    assert str(int(size)) == size
    assert key_of(vkeys[0])[0] == origin
    assert origin in signers
    return origin, int(size), base64.b64decode(root, validate=True), signers


def check_tlog_proof(text: str, vkeys: list[str], leaf: bytes) -> dict[str, int]:
    """Checks a tlog-proof of a leaf; the witnesses and times that it carries."""
    lines = text.split("\n")
    assert lines.pop(0) == "c2sp.org/tlog-proof@v1"
    if lines[0].startswith("extra "):
        assert base64.b64decode(lines.pop(0)[6:], validate=True) == leaf
    assert lines[0].startswith("index ")
    index = int(lines.pop(0)[6:])
    gap = lines.index("")
    hashes = [base64.b64decode(line, validate=True) for line in lines[:gap]]
    origin, size, root, signers = read_checkpoint("\n".join(lines[gap + 1 :]), vkeys)
    assert index < size
    leaf_hash = hashlib.sha256(b"\x00" + leaf).digest()
    assert root_from_path(leaf_hash, index, size, hashes) == root
    return {name: stamp for name, stamp in signers.items() if name != origin}


def tile_file(folder: Path, level: str, index: int, width: int) -> bytes:
    """A tile's bytes; where a partial one is gone, the beginning of the full one."""
    groups = []
    while True:
        groups.insert(0, f"{index % 1000:03}")
        index //= 1000
        if not index:
            break
    name = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    full = folder / "tile" / level / name
    if width == 256:
        return full.read_bytes()
    part = full.with_name(full.name + ".p") / str(width)
    return part.read_bytes() if part.exists() else full.read_bytes()


def read_entries(folder: Path, size: int) -> list[bytes]:
    """All entries of a log of this size, out of its bundles."""
    entries: list[bytes] = []
    for bundle in range((size + 255) // 256):
        width = min(256, size - bundle * 256)
        data, taken = tile_file(folder, "entries", bundle, width), 0
        while taken < width:
            (length,) = struct.unpack(">H", data[:2])
            entries.append(data[2 : 2 + length])
            assert len(entries[-1]) == length
            data, taken = data[2 + length :], taken + 1
    return entries


def check_tiles(folder: Path, entries: list[bytes]) -> int:
    """Every tile of the tree, at every level, is the hashes that the formula says; how many."""
    level, seen, size = 0, 0, len(entries)
    while size >> (8 * level):
        span = 256**level
        count = size // span
        for tile in range((count + 255) // 256):
            width = min(256, count - tile * 256)
            want = b"".join(
                mth(entries[(tile * 256 + i) * span : (tile * 256 + i + 1) * span])
                for i in range(width)
            )
            assert tile_file(folder, str(level), tile, width)[: width * 32] == want
            seen += 1
        level += 1
    return seen
