"""A small log with its keys, and receipts from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.fund.transparency import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Opening,
    Receipt,
    SigningKey,
    Tiles,
    canonical,
    inclusion_proof,
    leaf_hash,
    signed,
    withhold,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LOG = SigningKey("fund.example/ledger/F", ED25519, bytes(range(32)))
STRANGER = SigningKey("fund.example/ledger/F", ED25519, bytes(32))
WITNESS = SigningKey("witness/w", COSIGNATURE, bytes(range(1, 33)))
KEYS = (LOG.verifier, WITNESS.verifier)
SALT = bytes(range(16))
SEEN_AT_SECONDS = 1_790_000_000


def a_receipt(
    *,
    index: int = 3,
    size: int = 11,
    sequence: int | None = None,
    note: str = "",
    signer: SigningKey = LOG,
    fund: str = "F",
) -> Receipt:
    """A receipt of one of `size` records; `sequence` and `fund` are what that record says."""
    committed = withhold(note, SALT)
    body = {"on": "2026-05-04", "amount_minor": 5_000_000, "currency": "CAD", "note": committed}
    record = canonical(
        {
            "kind": "received",
            "fund": fund,
            "sequence": index if sequence is None else sequence,
            "recorded_at": "2026-05-04T10:00:00.000000Z",
            "body": body,
        }
    )
    lines = [canonical(f"another record, {number}") for number in range(size)]
    lines[index] = record
    leaves = [leaf_hash(line) for line in lines]

    def read(level: int, first: int, after: int) -> Sequence[bytes]:
        return leaves[first:after] if level == 0 else ()

    tree = Tiles(size, read)
    checkpoint = signed(Checkpoint(signer.name, size, tree.root), signer)
    checkpoint = checkpoint.with_signature(WITNESS.sign(checkpoint.text, SEEN_AT_SECONDS))
    return Receipt(
        record,
        index,
        inclusion_proof(index, size, tree.node_at),
        str(checkpoint),
        (str(signer.verifier), str(WITNESS.verifier)),
        {"note": Opening(SALT, note)} if note else {},
    )
