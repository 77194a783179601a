"""The Merkle tree of RFC 6962, section 2.1: hashes, paths and their checks.

Pure functions. Where hashes come from (tiles, a list) is said by the caller, as a function that
gives the hash of a perfect subtree; no more than about 2·log2(n) of them are asked for.
"""

import hashlib
from collections.abc import Callable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of the tree without leaves."""

MAX_SIZE = (1 << 63) - 1
"""Largest tree that any check here accepts."""

Subtree = Callable[[int, int], bytes]
"""(height, index) to the hash of the perfect subtree over leaves [index·2^h, (index+1)·2^h)."""


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of 0x00 and the leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\1" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Root over a power of two of hashes."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def fold(peaks: Sequence[bytes]) -> bytes:
    """Root over the perfect subtrees that a tree falls into, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def range_hash(begin: int, end: int, subtree: Subtree) -> bytes:
    """MTH(D[begin:end]) for a `begin` that is a multiple of the range's power of two or 0."""
    peaks = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        peaks.append(subtree(height, begin >> height))
        begin += 1 << height
    return fold(peaks)


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """PATH(index, D[size]), from the leaf's sibling up (RFC 6962, 2.1.1)."""
    assert 0 <= index < size
    begin, end = 0, size
    path = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(begin, middle, subtree))
            begin = middle
    return path[::-1]


def consistency_path(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """PROOF(old, D[size]) (RFC 6962, 2.1.2); empty when `old` is 0 or `size`."""
    assert 0 <= old <= size
    begin, end, whole = 0, size, True
    path: list[bytes] = []
    while 0 < old < size and end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(begin, middle, subtree))
            begin, whole = middle, False
    if path and not whole:
        path.append(range_hash(begin, end, subtree))
    return path[::-1]


def root_of_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from a leaf's hash; None if it has not the right length."""
    if not 0 <= index < size <= MAX_SIZE:
        return None
    root, at, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = node_hash(sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def consistent(old: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the tree of `size` begins with the tree of `old` leaves."""
    if not 0 <= old <= size <= MAX_SIZE:
        return False
    if old == 0 or old == size:
        return not path and (old_root == root if old == size else old_root == EMPTY_ROOT)
    found = _roots_of_consistency(old, old_root, size, path)
    return found == (old_root, root)


def _roots_of_consistency(
    old: int, old_root: bytes, size: int, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """Both roots that a path leads to (RFC 9162, section 2.1.4.2)."""
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        return None
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = hashes[0]
    for node in hashes[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first, second = node_hash(node, first), node_hash(node, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, node)
        at, last = at >> 1, last >> 1
    return (first, second) if last == 0 else None
