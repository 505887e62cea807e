"""Proofs of RFC 9162: that a leaf is in a tree, and that a tree only grew.

A proof is a list of hashes. Making one reads complete nodes; checking one reads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.fund.transparency.tree import EMPTY_ROOT, left_of, node_hash, root_of_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.fund.transparency.tree import NodeAt


def inclusion_proof(index: int, size: int, node_at: NodeAt) -> tuple[bytes, ...]:
    """Hashes that lead from leaf `index` to the root over the first `size` leaves (§2.1.3.1).

    Raises:
        ValueError: there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    path = []
    first, after = 0, size
    while after - first > 1:
        middle = first + left_of(after - first)
        if index < middle:
            path.append(root_of_range(middle, after, node_at))
            after = middle
        else:
            path.append(root_of_range(first, middle, node_at))
            first = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, node_at: NodeAt) -> tuple[bytes, ...]:
    """Hashes that show that the first `old` of `new` leaves are as they were (§2.1.4.1).

    Empty where nothing needs showing: from an empty tree, and from a tree to itself.

    Raises:
        ValueError: `old` is not between 0 and `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} cannot have grown from one of {old}")
    if old in {0, new}:
        return ()
    path = []
    first, after, is_whole_old_tree = 0, new, True
    while after != old:
        middle = first + left_of(after - first)
        if old <= middle:
            path.append(root_of_range(middle, after, node_at))
            after = middle
        else:
            path.append(root_of_range(first, middle, node_at))
            first, is_whole_old_tree = middle, False
    if not is_whole_old_tree:
        path.append(root_of_range(first, after, node_at))
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether the path leads from the hash of leaf `index` to the root (§2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            leaf = node_hash(step, leaf)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            leaf = node_hash(leaf, step)
        position, last = position >> 1, last >> 1
    return last == 0 and leaf == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path shows that the tree with the new root grew from that with the old one."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    return bool(steps) and _grew(old, new, old_root, new_root, steps)


def _grew(old: int, new: int, old_root: bytes, new_root: bytes, steps: Sequence[bytes]) -> bool:
    """The loop of §2.1.4.2: rebuild both roots from the same hashes."""
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    from_old = from_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            from_old, from_new = node_hash(step, from_old), node_hash(step, from_new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            from_new = node_hash(from_new, step)
        position, last = position >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == new_root
