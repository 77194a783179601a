"""The tree's hashes, paths and checks are those of RFC 6962."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.provenance.log import tree
from tests.provenance.log import spec

# The inputs and roots that Certificate Transparency's implementations have tested with since
# RFC 6962: eight leaves, and the root after each.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def subtree_of(leaves: list[bytes]) -> tree.Subtree:
    return lambda height, index: tree.perfect_root(
        [tree.leaf_hash(leaf) for leaf in leaves[index << height : (index + 1) << height]]
    )


def root_of(leaves: list[bytes]) -> bytes:
    return tree.range_hash(0, len(leaves), subtree_of(leaves))


def test_the_empty_tree_and_the_known_vectors_have_their_roots() -> None:
    assert root_of([]) == hashlib.sha256(b"").digest() == tree.EMPTY_ROOT
    for size, root in enumerate(ROOTS, 1):
        assert root_of(LEAVES[:size]).hex() == root
        assert spec.mth(LEAVES[:size]).hex() == root


def test_the_example_of_the_rfc_has_the_paths_that_it_names() -> None:
    leaves = [bytes([at]) for at in range(7)]
    a, b, c, d, e, f, j = (tree.leaf_hash(leaf) for leaf in leaves)
    g, h, i = tree.node_hash(a, b), tree.node_hash(c, d), tree.node_hash(e, f)
    k, m = tree.node_hash(g, h), tree.node_hash(i, j)
    subtree = subtree_of(leaves)
    assert tree.inclusion_path(0, 7, subtree) == [b, h, m]
    assert tree.inclusion_path(3, 7, subtree) == [c, g, m]
    assert tree.inclusion_path(4, 7, subtree) == [f, j, k]
    assert tree.inclusion_path(6, 7, subtree) == [i, k]
    assert tree.consistency_path(3, 7, subtree) == [c, d, g, m]
    assert tree.consistency_path(4, 7, subtree) == [m]
    assert tree.consistency_path(6, 7, subtree) == [i, j, k]


SIZES = st.integers(1, 70)


@given(SIZES, st.data())
@settings(max_examples=120, deadline=None)
def test_paths_are_those_of_the_definition_and_hold_for_nothing_else(
    size: int, data: st.DataObject
) -> None:
    leaves = [f"leaf {at}".encode() for at in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path = tree.inclusion_path(index, size, subtree_of(leaves))
    assert path == spec.path(index, leaves)
    root, leaf = spec.mth(leaves), tree.leaf_hash(leaves[index])
    assert tree.root_of_inclusion(leaf, index, size, path) == root
    other = data.draw(st.integers(0, size - 1).filter(lambda at: at != index) | st.just(size))
    assert tree.root_of_inclusion(leaf, other, size, path) != root
    assert tree.root_of_inclusion(tree.leaf_hash(b"another"), index, size, path) != root
    assert tree.root_of_inclusion(leaf, index, size, [*path, root]) != root
    assert tree.root_of_inclusion(leaf, index, size, path[:-1]) != root or not path


@given(SIZES, st.data())
@settings(max_examples=120, deadline=None)
def test_consistency_is_that_of_the_definition_and_a_changed_leaf_breaks_it(
    size: int, data: st.DataObject
) -> None:
    leaves = [f"leaf {at}".encode() for at in range(size)]
    old = data.draw(st.integers(1, size))
    path = tree.consistency_path(old, size, subtree_of(leaves))
    assert path == spec.proof(old, leaves)
    first, second = spec.mth(leaves[:old]), spec.mth(leaves)
    assert spec.roots_from_proof(old, size, path, first, True) == (first, second)
    assert tree.consistent(old, first, size, second, path)
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:changed], b"rewritten", *leaves[changed + 1 :]]
    forged = tree.consistency_path(old, size, subtree_of(rewritten))
    assert not tree.consistent(old, first, size, spec.mth(rewritten), forged)
    assert not tree.consistent(old, first, size, spec.mth(rewritten), path)
    assert not tree.consistent(old, first, size, second, [*path, second])


@given(
    st.integers(-1, 1 << 64),
    st.integers(-1, 1 << 64),
    st.lists(st.binary(min_size=32, max_size=32), max_size=70),
)
@settings(max_examples=150, deadline=None)
def test_any_numbers_and_hashes_are_answered(old: int, size: int, path: list[bytes]) -> None:
    assert tree.root_of_inclusion(b"\0" * 32, old, size, path) != b"\1" * 32
    assert tree.consistent(old, b"\0" * 32, size, b"\1" * 32, path) is False


@pytest.mark.parametrize("size", [1, 2, 3, 64, 255, 256, 257, 70_000, (1 << 63) - 1])
def test_a_path_is_never_longer_than_the_tree_is_high(size: int) -> None:
    for index in {0, size // 2, size - 1}:
        path = tree.inclusion_path(index, size, lambda height, at: b"\0" * 32)
        assert len(path) <= (size - 1).bit_length() <= 63
        assert tree.root_of_inclusion(b"\0" * 32, index, size, path) is not None
