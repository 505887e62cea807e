"""The funds whose books are kept here."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property

from konbit.fund import Record
from konbit.web.bridge.lines import CODE_PATTERN, THREE_LETTERS, TextLine
from konbit.web.missions.models import Mission


def new_salt() -> str:
    """A secret by which people's opaque identities are made."""
    return secrets.token_hex(32)


class LedgerFund(models.Model):
    """A fund whose books are kept here.

    Attributes:
        mission: whose fund it is.
        code: as in every record of its log.
        title: as people call it.
        currency: its own, ISO 4217.
        salt: secret from which opaque identities of people are made.
        size: number of records in its log; moved by the database alone.
        recorded_at: instant of the last record, as that record writes it.
        closed_until: first day that is still open.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="ledger_funds")
    code = TextLine(check=f"{{0}} ~ '{CODE_PATTERN}'")
    title = models.TextField()
    currency = TextLine(check=f"{{0}} ~ '{THREE_LETTERS}'")
    salt = models.CharField(max_length=64, default=new_salt)
    size = models.BigIntegerField(default=0)
    recorded_at = models.TextField(default="")
    closed_until = models.DateField(null=True)

    class Meta:
        """Once in a mission."""

        db_table = "ledger_fund"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "code"], name="ledger_fund_once")
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def is_reconstruction(self) -> bool:
        """Whether its log was put together afterwards, as its first record says."""
        first = self.records.filter(sequence=0).first()
        return first is not None and bool(
            Record.from_bytes(bytes(first.bytes)).body["reconstruction"]
        )

    @cached_property
    def placeholders(self) -> tuple[Record, ...] | None:
        """Records that say no source gives them, of a log put together afterwards; else None."""
        if not self.is_reconstruction:
            return None
        lines = self.records.order_by("sequence")
        records = (Record.from_bytes(bytes(row.bytes)) for row in lines)
        return tuple(record for record in records if record.body.get("placeholder"))
