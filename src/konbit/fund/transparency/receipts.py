"""Receipts: one file that shows, without asking anybody, that a record is in a fund's log.

It holds the record, the path from it to the root, the signed checkpoint with that root, and the
public keys. Where a member is withheld from the public, its owner's receipt may open it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from konbit.fund.transparency.canonical import NotCanonicalError, canonical, parse_canonical
from konbit.fund.transparency.checkpoints import Opened, opened
from konbit.fund.transparency.notes import ED25519, Note, NoteError, VerifierKey
from konbit.fund.transparency.proofs import verify_inclusion
from konbit.fund.transparency.tree import HASH_BYTES, leaf_hash
from konbit.fund.transparency.withheld import is_withheld_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT: Final = "konbit-receipt/1"
_MEMBERS: Final = frozenset({"format", "record", "index", "path", "checkpoint", "keys", "opened"})


class ReceiptError(ValueError):
    """A receipt that proves nothing.

    Attributes:
        code: `receipt-form`, `receipt-record`, `receipt-signature`, `receipt-key`,
            `receipt-inclusion` or `receipt-withheld`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands behind a withheld member, for whom it concerns."""

    salt: bytes
    value: Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """See the module.

    Attributes:
        record: canonical bytes, as they are in the log.
        index: its place in the log, from 0.
        path: from its leaf to the root of the checkpoint.
        checkpoint: a signed note.
        keys: of the log and its witnesses, as the log's keeper says; trust them by other ways.
        openings: by name of a member of the record's body.
    """

    record: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    keys: tuple[str, ...]
    openings: Mapping[str, Opening] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The file: canonical JSON and a line end."""
        return (
            canonical(
                {
                    "format": FORMAT,
                    "record": parse_canonical(self.record),
                    "index": self.index,
                    "path": [step.hex() for step in self.path],
                    "checkpoint": self.checkpoint,
                    "keys": list(self.keys),
                    "opened": {
                        name: {"salt": opening.salt.hex(), "value": opening.value}
                        for name, opening in self.openings.items()
                    },
                }
            )
            + b"\n"
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Read the file; how a mail program ended its lines does not matter.

        Raises:
            ReceiptError: it is no receipt.
        """
        try:
            found = parse_canonical(content.strip(b" \t\r\n"))
            if type(found) is not dict or found.keys() != _MEMBERS or found["format"] != FORMAT:
                raise ReceiptError("receipt-form")
            return cls(
                canonical(found["record"]),
                _whole(found["index"]),
                tuple(_hash(step) for step in found["path"]),
                _text(found["checkpoint"]),
                tuple(_text(key) for key in found["keys"]),
                {
                    name: Opening(bytes.fromhex(opening["salt"]), opening["value"])
                    for name, opening in found["opened"].items()
                },
            )
        except (NotCanonicalError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise ReceiptError("receipt-form") from error


@dataclass(frozen=True, slots=True)
class Proven:
    """What a receipt has shown.

    Attributes:
        record: what is in the log.
        index: its place, from 0.
        opened: the checkpoint, who signed it, who saw it.
        is_key_trusted: whether the reader brought the log's key; otherwise only the receipt says
            that it is the log's.
        disclosed: withheld members that the receipt opens, by name.
    """

    record: Mapping[str, Any]
    index: int
    opened: Opened
    is_key_trusted: bool
    disclosed: Mapping[str, Any]

    @property
    def is_rebuilt(self) -> bool:
        """Whether it is of a log put together afterwards: no other has such members."""
        body = self.record.get("body")
        if type(body) is not dict:
            return False
        return "known_on" in body or "placeholder" in body or body.get("reconstruction") is True


def verify_receipt(receipt: Receipt, trusted: Iterable[VerifierKey] = ()) -> Proven:
    """Check everything that a receipt says.

    Args:
        receipt: as read.
        trusted: keys that the reader has from elsewhere. Where there are any, only they count.

    Raises:
        ReceiptError: something of it is not so.
    """
    own = tuple(trusted)
    try:
        note = Note.parse(receipt.checkpoint)
        stated = tuple(VerifierKey.parse(key) for key in receipt.keys)
    except NoteError as error:
        raise ReceiptError("receipt-form") from error
    if own and not any(note.by(key) for key in own if key.algorithm == ED25519):
        raise ReceiptError("receipt-key")
    try:
        found = opened(note, own or stated)
    except NoteError as error:
        raise ReceiptError("receipt-signature") from error
    checkpoint = found.checkpoint
    leaf = leaf_hash(receipt.record)
    if not verify_inclusion(leaf, receipt.index, checkpoint.size, receipt.path, checkpoint.root):
        raise ReceiptError("receipt-inclusion")
    record = parse_canonical(receipt.record)
    if type(record) is not dict or record.get("sequence") != receipt.index:
        raise ReceiptError("receipt-record")
    if not _is_of_fund(checkpoint.origin, record.get("fund")):
        raise ReceiptError("receipt-record")
    return Proven(record, receipt.index, found, bool(own), _disclosed(record, receipt.openings))


def _is_of_fund(origin: str, fund: object) -> bool:
    """A log is named for where it is found, and a code stands there with `~` for `/`."""
    return type(fund) is str and origin.rpartition("/")[2] == fund.replace("/", "~")


def _disclosed(record: Mapping[str, Any], openings: Mapping[str, Opening]) -> dict[str, Any]:
    body = record.get("body")
    members = body if type(body) is dict else {}
    for name, opening in openings.items():
        if not is_withheld_value(members.get(name), opening.value, opening.salt):
            raise ReceiptError("receipt-withheld")
    return {name: opening.value for name, opening in sorted(openings.items())}


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ReceiptError("receipt-form")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ReceiptError("receipt-form")
    return value


def _hash(value: Any) -> bytes:
    content = bytes.fromhex(value)
    if len(content) != HASH_BYTES or content.hex() != value:
        raise ReceiptError("receipt-form")
    return content
