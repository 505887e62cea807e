"""The Merkle tree of RFC 9162 §2.1: what it hashes, and its edge while it grows.

A tree over n leaves falls into complete subtrees, one for each bit of n. Node (level, position) is
the root over the 2^level leaves from position × 2^level on. A complete node never changes again,
so it can be stored; everything else follows from complete nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

# Gives the hash of the complete node (level, position); level 0 holds the hashes of leaves.
NodeAt = Callable[[int, int], bytes]

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """Hash of a leaf: SHA-256(0x00 || content)."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A complete node."""

    level: int
    position: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a growing tree must remember of itself: at most one hash for each bit of its size.

    Attributes:
        size: how many leaves.
        hashes: of its complete subtrees, from the left, the largest first.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Frontier:
        """The tree with one leaf more, by its hash."""
        return self.grow(leaf)[0]

    def grow(self, leaf: bytes) -> tuple[Frontier, tuple[Node, ...]]:
        """The tree with one leaf more, and the inner nodes that this completes, lowest first."""
        hashes, level, completed = list(self.hashes), 0, []
        while self.size >> level & 1:
            leaf = node_hash(hashes.pop(), leaf)
            level += 1
            completed.append(Node(level, self.size >> level, leaf))
        return Frontier(self.size + 1, (*hashes, leaf)), tuple(completed)

    @property
    def root(self) -> bytes:
        """Root over all leaves so far."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in self.hashes[-2::-1]:
            root = node_hash(left, root)
        return root


def root_of_range(first: int, after: int, node_at: NodeAt) -> bytes:
    """Root over the leaves from `first` up to, and without, `after`, which split as a tree does."""
    count = after - first
    if count == 0:
        return EMPTY_ROOT
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node_at(level, first >> level)
    middle = first + left_of(count)
    return node_hash(root_of_range(first, middle, node_at), root_of_range(middle, after, node_at))


def left_of(count: int) -> int:
    """How many of `count` ≥ 2 leaves are on the left: the largest power of two below it."""
    return 1 << ((count - 1).bit_length() - 1)
