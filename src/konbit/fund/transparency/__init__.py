"""Transparency: a fund's records as leaves of a tree that can only grow, signed and witnessed."""

from konbit.fund.transparency.canonical import NotCanonicalError, canonical, parse_canonical
from konbit.fund.transparency.checkpoints import Checkpoint, Opened, Seen, opened, signed
from konbit.fund.transparency.notes import (
    COSIGNATURE,
    ED25519,
    Note,
    NoteError,
    Signature,
    SigningKey,
    VerifierKey,
)
from konbit.fund.transparency.proofs import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from konbit.fund.transparency.receipts import (
    Opening,
    Proven,
    Receipt,
    ReceiptError,
    verify_receipt,
)
from konbit.fund.transparency.tiles import Tiles, nodes_to_keep
from konbit.fund.transparency.tree import EMPTY_ROOT, Frontier, Node, leaf_hash, node_hash
from konbit.fund.transparency.withheld import is_withheld_value, withhold
from konbit.fund.transparency.witnessing import Growth, WitnessRefusedError, cosigned

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "EMPTY_ROOT",
    "Checkpoint",
    "Frontier",
    "Growth",
    "Node",
    "NotCanonicalError",
    "Note",
    "NoteError",
    "Opened",
    "Opening",
    "Proven",
    "Receipt",
    "ReceiptError",
    "Seen",
    "Signature",
    "SigningKey",
    "Tiles",
    "VerifierKey",
    "WitnessRefusedError",
    "canonical",
    "consistency_proof",
    "cosigned",
    "inclusion_proof",
    "is_withheld_value",
    "leaf_hash",
    "node_hash",
    "nodes_to_keep",
    "opened",
    "parse_canonical",
    "signed",
    "verify_consistency",
    "verify_inclusion",
    "verify_receipt",
    "withhold",
]
