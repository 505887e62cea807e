"""What a reader takes away: receipts, proofs, and the whole log as an export."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date, timedelta
from typing import IO, TYPE_CHECKING, Any

from konbit.fund import Record, statement_of
from konbit.fund.transparency import (
    Opening,
    Receipt,
    canonical,
    consistency_proof,
    inclusion_proof,
    parse_canonical,
)
from konbit.web.ledger.models import LedgerOpening, LedgerRecord
from konbit.web.transparency.queries import (
    Log,
    checkpoint_over,
    checkpoints_of,
    keys_of,
    lines_of,
    note_of,
    tree_around,
    tree_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_README = """\
The public log of a fund: every record since its beginning, in order.

log.jsonl     one record a line, canonical JSON (RFC 8785)
checkpoints   what the log signed, and witnesses with it (C2SP signed notes)
keys.txt      public keys: the log's own first, then its witnesses'
statements    what the records add up to, as the fund states it

Replay it and trust nobody:  konbit-audit {name}
What each record means:      docs/reference/ledger-records.md of Konbit
Compare the first key with the one in your agreement, and keep the newest checkpoint for next time.
"""


class NotSignedYetError(LookupError):
    """A record is not under a checkpoint yet."""


def receipt_of(log: Log, sequence: int, *, with_openings: bool = False) -> Receipt:
    """The receipt of a record.

    Args:
        log: whose record.
        sequence: its number.
        with_openings: whether withheld members that the reader may read are opened in it.

    Raises:
        NotSignedYetError: no checkpoint covers it yet, or there is no such record.
    """
    row = LedgerRecord.objects.filter(fund=log.pk, sequence=sequence).first()
    checkpoint = checkpoint_over(log, sequence)
    if row is None or checkpoint is None:
        raise NotSignedYetError
    line, size = bytes(row.bytes), checkpoint.size
    return Receipt(
        line,
        sequence,
        inclusion_proof(sequence, size, tree_around(log, size, sequence).node_at),
        str(note_of(checkpoint)),
        tuple(map(str, keys_of(log))),
        _openings(log, line) if with_openings else {},
    )


def _openings(log: Log, line: bytes) -> dict[str, Opening]:
    body: Mapping[str, Any] = parse_canonical(line)["body"]
    committed = {
        member["withheld"]: name
        for name, member in body.items()
        if isinstance(member, dict) and "withheld" in member
    }
    found = LedgerOpening.objects.filter(fund=log.pk, commitment__in=committed)
    return {committed[row.commitment]: Opening(bytes.fromhex(row.salt), row.text) for row in found}


def inclusion_document(log: Log, index: int, size: int) -> dict[str, Any]:
    """An inclusion proof, hashes in hexadecimal.

    Raises:
        ValueError: there is no such record in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"record {index} is not in a log of {size}")
    path = inclusion_proof(index, size, tree_around(log, size, index).node_at)
    return {"index": index, "size": size, "path": [step.hex() for step in path]}


def consistency_document(log: Log, old: int, new: int) -> dict[str, Any]:
    """A consistency proof, hashes in hexadecimal.

    Raises:
        ValueError: a tree of the new size cannot have grown from the old.
    """
    path = consistency_proof(old, new, tree_of(log, new).node_at)
    return {"old": old, "new": new, "path": [step.hex() for step in path]}


def export_of(log: Log) -> IO[bytes]:
    """The log up to its newest checkpoint as a ZIP archive, at its beginning.

    Raises:
        NotSignedYetError: nothing was signed yet.
    """
    checkpoints = checkpoints_of(log)
    if not checkpoints:
        raise NotSignedYetError
    size, name = checkpoints[0].size, log.file_name
    # It is given to who sends it, and gone when that closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        last = b""
        with archive.open(f"{name}/log.jsonl", "w", force_zip64=True) as lines:
            for line in lines_of(log, size):
                lines.write(line + b"\n")
                last = line
        for checkpoint in checkpoints:
            note = str(note_of(checkpoint))
            archive.writestr(f"{name}/checkpoints/{checkpoint.size:09d}.txt", note)
        archive.writestr(f"{name}/keys.txt", "".join(f"{key}\n" for key in keys_of(log)))
        day = date.fromisoformat(Record.from_bytes(last).recorded_at[:10])
        said = _statement(log, size, day)
        archive.writestr(f"{name}/statements/{day.isoformat()}.json", said)
        archive.writestr(f"{name}/README.txt", _README.format(name=name))
    file.seek(0)
    return file


def _statement(log: Log, size: int, day: date) -> bytes:
    """What the fund states it holds at the end of the day of its last record."""
    records = (Record.from_bytes(line) for line in lines_of(log, size))
    until = (day + timedelta(days=1)).isoformat()
    return canonical(statement_of(records, until=until, known_before=size)) + b"\n"
