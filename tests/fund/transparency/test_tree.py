"""Trees and proofs: values that are known elsewhere, another program, and laws."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.fund.transparency import (
    EMPTY_ROOT,
    Frontier,
    Tiles,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    nodes_to_keep,
    verify_consistency,
    verify_inclusion,
)

# The leaves, and the root over each number of them, with which certificate logs test themselves.
KNOWN_LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
KNOWN_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SIZES = st.integers(0, 700)


def hashes(size: int) -> list[bytes]:
    """Leaves 0, 1, 2 … as text."""
    return [leaf_hash(str(number).encode()) for number in range(size)]


@cache
def root(size: int) -> bytes:
    """Root over the first `size` leaves, by the definition (RFC 9162 §2.1.1) and nothing clever."""

    def over(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        left = 1
        while left * 2 < len(leaves):
            left *= 2
        return sha256(b"\x01" + over(leaves[:left]) + over(leaves[left:])).digest()

    return over(hashes(size)) if size else sha256(b"").digest()


def stored(size: int) -> Tiles:
    """The tree as a store holds it that was filled bit by bit."""
    levels: dict[int, list[bytes]] = {0: hashes(size)}

    def read(level: int, first: int, after: int) -> list[bytes]:
        return levels.get(level, [])[first:after]

    for part in (size // 3, size // 2, size):
        for node in nodes_to_keep(lambda level: len(levels.get(level, [])), part, read):
            assert len(levels.setdefault(node.level, [])) == node.position
            levels[node.level].append(node.hash)
    return Tiles(size, read)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_that_are_known(size: int) -> None:
    grown = Frontier()
    for leaf in KNOWN_LEAVES[:size]:
        grown = grown.append(leaf_hash(bytes.fromhex(leaf)))
    assert grown.root.hex() == KNOWN_ROOTS[size]
    assert (grown.root == EMPTY_ROOT) == (size == 0)


def test_the_worked_example_of_the_standard() -> None:
    """RFC 9162 §2.1.5: seven leaves; the paths that it lists, written with its own letters."""
    a, b, c, d, e, f, j = hashes(7)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, m = node_hash(g, h), node_hash(i, j)
    at = stored(7).node_at
    assert inclusion_proof(0, 7, at) == (b, h, m)
    assert inclusion_proof(3, 7, at) == (c, g, m)
    assert inclusion_proof(4, 7, at) == (f, j, k)
    assert inclusion_proof(6, 7, at) == (i, k)
    assert consistency_proof(3, 7, at) == (c, d, g, m)
    assert consistency_proof(4, 7, at) == (m,)
    assert consistency_proof(6, 7, at) == (i, j, k)


@given(SIZES)
def test_a_tree_that_grows_has_the_root_of_the_definition(size: int) -> None:
    grown = Frontier()
    for leaf in hashes(size):
        grown = grown.append(leaf)
    assert grown.size == size
    assert len(grown.hashes) == size.bit_count()
    assert grown.root == root(size) == stored(size).root


def test_growing_names_each_inner_node_once_it_is_complete() -> None:
    grown, found = Frontier(), {}
    for leaf in hashes(300):
        grown, nodes = grown.grow(leaf)
        found.update({(node.level, node.position): node.hash for node in nodes})
    at = stored(300).node_at
    assert {level: sum(1 for at_level, _ in found if at_level == level) for level in range(10)} == {
        level: 0 if level == 0 else 300 >> level for level in range(10)
    }
    assert all(at(level, position) == value for (level, position), value in found.items())


@given(st.data())
def test_a_leaf_is_proven_and_nothing_else_is(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 700))
    index = data.draw(st.integers(0, size - 1))
    leaf = hashes(size)[index]
    path = inclusion_proof(index, size, stored(size).node_at)
    assert verify_inclusion(leaf, index, size, path, root(size))
    assert not verify_inclusion(leaf_hash(b"another"), index, size, path, root(size))
    assert not verify_inclusion(leaf, index, size, path, leaf_hash(b"another"))
    assert not verify_inclusion(leaf, index, size, (*path, leaf), root(size))
    assert not verify_inclusion(leaf, size, size, path, root(size))
    other = data.draw(st.integers(0, size - 1))
    if other != index:
        assert not verify_inclusion(leaf, other, size, path, root(size))
    if path:
        assert not verify_inclusion(leaf, index, size, path[:-1], root(size))
        changed = data.draw(st.integers(0, len(path) - 1))
        wrong = [leaf_hash(b"x") if at == changed else step for at, step in enumerate(path)]
        assert not verify_inclusion(leaf, index, size, wrong, root(size))


@given(st.data())
def test_a_tree_that_grew_is_proven_and_nothing_else_is(data: st.DataObject) -> None:
    new = data.draw(st.integers(0, 700))
    old = data.draw(st.integers(0, new))
    path = consistency_proof(old, new, stored(new).node_at)
    assert verify_consistency(old, new, root(old), root(new), path)
    wrong = leaf_hash(b"another")
    assert not verify_consistency(old, new, wrong, root(new), path)
    assert not verify_consistency(old, new, root(old), root(new), (*path, wrong))
    if old:
        assert not verify_consistency(old, new, root(old), wrong, path)
    if path:
        assert not verify_consistency(old, new, root(old), root(new), path[:-1])
        assert not verify_consistency(old, new, root(old), root(new), (wrong, *path[1:]))


def test_what_is_not_in_a_tree_has_no_proof() -> None:
    at = stored(5).node_at
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="leaf"):
            inclusion_proof(index, size, at)
    with pytest.raises(ValueError, match="grown"):
        consistency_proof(6, 5, at)
    assert not verify_consistency(6, 5, root(6), root(5), ())
    with pytest.raises(LookupError):
        at(3, 0)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 63, 64, 65, 257])
def test_another_program_makes_the_same_trees_and_proofs(size: int) -> None:
    other = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        other.append_entry(str(number).encode())
    assert other.get_root() == root(size)
    at = stored(size).node_at
    for index in {0, size // 2, size - 1}:
        theirs = other.prove_inclusion(index + 1, size).path[1:]
        assert inclusion_proof(index, size, at) == tuple(theirs)
    for old in {1, size // 2 or 1, size - 1 or 1, size}:
        proof = other.prove_consistency(old, size)
        pymerkle.verify_consistency(root(old), root(size), proof)
        assert verify_consistency(
            old, size, root(old), root(size), consistency_proof(old, size, at)
        )


def test_a_proof_over_a_million_leaves_reads_three_short_runs() -> None:
    reads: list[tuple[int, int]] = []

    def read(level: int, first: int, after: int) -> list[bytes]:
        reads.append((level, after - first))
        return [bytes(32)] * (after - first)

    path = inclusion_proof(123_456, 1_000_000, Tiles(1_000_000, read).node_at)
    assert len(path) == 20
    assert sorted({level for level, _ in reads}) == [0, 8, 16]
    assert len(reads) <= 6
    assert all(count <= 256 for _, count in reads)


@given(st.integers(1, 200_000), st.data())
def test_runs_told_beforehand_are_all_that_a_proof_reads(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    asked: list[tuple[int, int, int]] = []

    def read(level: int, first: int, after: int) -> list[bytes]:
        asked.append((level, first, after))
        return [bytes(32)] * (after - first)

    tree = Tiles(size, read)
    for level, first, after in tree.runs_of(index):
        tree.hold(level, first, [bytes(32)] * (after - first))
    inclusion_proof(index, size, tree.node_at)
    assert asked == []
