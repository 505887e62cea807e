"""Checkpoints of a log of any size, honest or with a leaf changed, and proofs that it grew."""

from __future__ import annotations

from konbit.fund.transparency import (
    ED25519,
    Checkpoint,
    Frontier,
    Note,
    SigningKey,
    consistency_proof,
    leaf_hash,
    signed,
)

LOG = SigningKey("fund.example/ledger/F", ED25519, bytes(range(32)))
STOLEN = SigningKey("fund.example/ledger/F", ED25519, bytes(range(1, 33)))
"""Bears the log's name and is not its key."""


def checkpoint(size: int, changed: int = -1, key: SigningKey = LOG) -> Note:
    """The signed checkpoint of the first leaves; with a leaf changed it is another history."""
    root = _root(_leaves(size, changed))
    return signed(Checkpoint(key.name, size, root), key)


def steps(old: int, new: int, changed: int = -1) -> list[bytes]:
    """A proof that the log of a size grew from the older one."""
    leaves = _leaves(new, changed)

    def node_at(level: int, position: int) -> bytes:
        return _root(leaves[position << level : (position + 1) << level])

    return list(consistency_proof(old, new, node_at))


def _leaves(size: int, changed: int) -> list[bytes]:
    return [leaf_hash(f"{number} {number == changed}".encode()) for number in range(size)]


def _root(leaves: list[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier.root
