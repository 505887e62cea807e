"""What may be asked of a log by whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Count

from konbit.fund import Record
from konbit.fund.transparency import (
    ED25519,
    Note,
    Signature,
    SigningKey,
    Tiles,
    VerifierKey,
)
from konbit.web.bridge.addresses import in_address
from konbit.web.ledger.models import LedgerRecord
from konbit.web.transparency.models import SignedCheckpoint, Witness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_READ_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Log:
    """A fund's log as everybody may know it.

    Attributes:
        pk: of the fund.
        mission_id: of its mission.
        mission: code of the mission.
        code: of the fund.
        size: how many records.
        is_published: whether it is open to everybody.
    """

    pk: int
    mission_id: int
    mission: str
    code: str
    size: int
    is_published: bool

    @property
    def origin(self) -> str:
        """Name of the log, which is also that of its key, and where it is found."""
        return f"{settings.ENVIRONMENT.host}/ledger/{self.mission}/{in_address(self.code)}"

    @property
    def file_name(self) -> str:
        """How files about it begin their names."""
        return f"{self.mission}-{in_address(self.code)}"

    @property
    def signing_key(self) -> SigningKey:
        """The key of the log. One secret of this record serves all its logs, under their names."""
        return SigningKey(self.origin, ED25519, settings.LEDGER_SEED)


def find_log(mission: str, code: str) -> Log | None:
    """The log of a fund; whether the reader may know of it is asked elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM konbit_tree_log(%s, %s)", [mission, code])
        row = cursor.fetchone()
    return Log(*row) if row else None


def logs() -> list[Log]:
    """Every log that has a record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM konbit_tree_logs()")
        return [Log(*row) for row in cursor.fetchall()]


def tree_of(log: Log, size: int) -> Tiles:
    """The tree over the first records of a log, read as proofs need it."""

    def read(level: int, first: int, after: int) -> Sequence[bytes]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM konbit_tree_run(%s, %s, %s, %s)", [log.pk, level, first, after]
            )
            return [bytes(row[0]) for row in cursor.fetchall()]

    return Tiles(size, read)


def tree_around(log: Log, size: int, index: int) -> Tiles:
    """The same, with all that the proof of a leaf needs, brought at once."""
    tree = tree_of(log, size)
    runs = tree.runs_of(index)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT konbit_tree_runs(%s, %s::int[], %s::bigint[], %s::bigint[])",
            [log.pk, *(list(column) for column in zip(*runs, strict=True))],
        )
        for (level, first, _), (joined,) in zip(runs, cursor.fetchall(), strict=True):
            hashes = bytes(joined or b"")
            tree.hold(level, first, [hashes[at : at + 32] for at in range(0, len(hashes), 32)])
    return tree


def checkpoints_of(log: Log) -> Sequence[SignedCheckpoint]:
    """Checkpoints of a log, the newest first, with who signed them."""
    return list(
        SignedCheckpoint.objects.filter(fund=log.pk).prefetch_related("cosignatures__witness")
    )


def checkpoint_over(log: Log, sequence: int) -> SignedCheckpoint | None:
    """The checkpoint that best proves a record: signed by most witnesses, then the newest."""
    return (
        SignedCheckpoint.objects.filter(fund=log.pk, size__gt=sequence)
        .annotate(seen=Count("cosignatures"))
        .order_by("-seen", "-size")
        .prefetch_related("cosignatures__witness")
        .first()
    )


def newest_checkpoint(log: Log) -> SignedCheckpoint | None:
    """The last checkpoint."""
    found = SignedCheckpoint.objects.filter(fund=log.pk)
    return found.prefetch_related("cosignatures__witness").first()


def note_of(checkpoint: SignedCheckpoint) -> Note:
    """A checkpoint with the log's signature and those of witnesses."""
    note = Note.parse(checkpoint.note)
    for cosignature in checkpoint.cosignatures.all():
        note = note.with_signature(Signature.parse(cosignature.line))
    return note


def keys_of(log: Log) -> list[VerifierKey]:
    """Public keys: the log's own first, then its witnesses'."""
    witnesses = Witness.objects.filter(fund=log.pk).values_list("key", flat=True)
    return [log.signing_key.verifier, *map(VerifierKey.parse, witnesses)]


def lines_of(log: Log, size: int) -> Iterator[bytes]:
    """Bytes of the first records, in order, a few thousand at a time."""
    for first in range(0, size, _READ_AT_ONCE):
        after = min(first + _READ_AT_ONCE, size)
        rows = LedgerRecord.objects.filter(fund=log.pk, sequence__gte=first, sequence__lt=after)
        for line in rows.order_by("sequence").values_list("bytes", flat=True):
            yield bytes(line)


def placeholders_of(log: Log) -> int | None:
    """How many records no source gives, of a log put together afterwards; None for any other."""
    first = next(lines_of(log, min(1, log.size)), None)
    if first is None or not Record.from_bytes(first).body["reconstruction"]:
        return None
    records = map(Record.from_bytes, lines_of(log, log.size))
    return sum(bool(record.body.get("placeholder")) for record in records)
