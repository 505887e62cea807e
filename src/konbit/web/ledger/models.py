"""Tables of the ledger. The log is the truth; postings and balances are made from its bytes.

Nobody who serves pages writes them: the database's own function `konbit_ledger_append` does, from
the bytes of the records, and refuses what would not balance. See `konbit.web.guards.ledger`.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import cached_property

from konbit.fund import Record
from konbit.fund.kinds import MANY
from konbit.web.bridge.lines import CODE_PATTERN, THREE_LETTERS, TextLine
from konbit.web.missions.models import Mission

# What is opened, or decided, at most once by its code.
OPENED = ("allotted", "bank_opened", "claim_approved", "claimed", "contribution_opened",
          "fund_opened", "obligated", "purse_opened", "rate_dated")  # fmt: skip
_NOW = Func(function="clock_timestamp")


def new_salt() -> str:
    """A secret by which people's opaque identities are made."""
    return secrets.token_hex(32)


class Leaf(Func):
    """SHA-256 of a zero byte and a record's bytes: its leaf in the tree of RFC 9162."""

    template = r"sha256('\x00'::bytea || %(expressions)s)"


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
    def placeholders(self) -> tuple[Record, ...] | None:
        """Records that say no source gives them, of a log put together afterwards; else None."""
        lines = LedgerRecord.objects.filter(fund=self).order_by("sequence")
        first = lines.filter(sequence=0).first()
        if first is None or not Record.from_bytes(bytes(first.bytes)).body["reconstruction"]:
            return None
        records = (Record.from_bytes(bytes(row.bytes)) for row in lines)
        return tuple(record for record in records if record.body.get("placeholder"))


class LedgerProposal(models.Model):
    """Records that wait for a second person.

    Attributes:
        drafts: each with kind, body, key, authority, document.
        keys: idempotency keys of the drafts: the same are not proposed twice.
    """

    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="proposals")
    at = models.DateTimeField(db_default=_NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(blank=True)
    drafts = models.JSONField()
    first_key = models.TextField()

    class Meta:
        """The newest first."""

        db_table = "ledger_proposal"
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "first_key"], name="ledger_proposed_once")
        ]


class LedgerRefusal(models.Model):
    """A proposal that a second person refused, or its author took back."""

    proposal = models.OneToOneField(LedgerProposal, models.PROTECT, related_name="refusal")
    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=_NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        """Its table."""

        db_table = "ledger_refusal"


class LedgerAppend(models.Model):
    """Records that came into a log together, in one transaction.

    Attributes:
        first: number of the first of them.
        until: number after the last of them.
        proposal: what was approved; at most once.
        by: who sent them; the second person where one was needed.
        transaction: the database's number of the transaction.
    """

    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="appends")
    first = models.BigIntegerField()
    until = models.BigIntegerField()
    proposal = models.OneToOneField(
        LedgerProposal, models.PROTECT, null=True, related_name="append"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=_NOW)
    transaction = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField())
    )

    class Meta:
        """Without gaps: each begins where another ended, once."""

        db_table = "ledger_append"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "first"], name="ledger_append_first"),
            models.CheckConstraint(name="ledger_append_forward", condition=Q(until__gt=F("first"))),
        ]


class LedgerRecord(models.Model):
    """One record of a log: its bytes, and what of them is looked for.

    Attributes:
        subject: what the record opens or decides: code of a purse, allotment, obligation, claim …
        claim: claim that an obligation pays.
        bytes: canonical JSON, for ever.
        leaf: hash of the bytes, computed by the database.
    """

    pk = models.CompositePrimaryKey("fund_id", "sequence")
    fund = models.ForeignKey(
        LedgerFund, models.PROTECT, related_name="records", db_index=False, db_constraint=False
    )
    sequence = models.BigIntegerField()
    kind = models.TextField()
    on = models.DateField()
    known_on = models.DateField()
    actor = models.TextField()
    approver = models.TextField(null=True)
    key = models.TextField()
    subject = models.TextField(null=True, db_collation="C")
    claim = models.TextField(null=True, db_collation="C")
    bytes = models.BinaryField()
    leaf = models.GeneratedField(
        expression=Leaf(F("bytes")), output_field=models.BinaryField(), db_persist=True
    )

    class Meta:
        """In order; a key once, and whatever is opened opened once."""

        db_table = "ledger_record"
        ordering: ClassVar = ["sequence"]
        constraints: ClassVar = [
            # The key first: were it the fund, plans made while a log is short would look a record's
            # number up here, and read the whole log for it.
            models.UniqueConstraint(fields=["key", "fund"], name="ledger_key_once"),
            # A list and no pattern, so that the database sees that a kind is in it.
            models.UniqueConstraint(
                fields=["fund", "kind", "subject"],
                condition=Q(kind__in=OPENED),
                name="ledger_opened_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["fund", "claim"], name="ledger_of_claim", condition=Q(claim__isnull=False)
            ),
            # What changes more than balances, but for allotments and obligations, of which there
            # are many: they are looked up one by one.
            models.Index(
                fields=["fund", "sequence"],
                name="ledger_facts",
                condition=~Q(kind__in=MANY),
            ),
        ]


class LedgerPosting(models.Model):
    """One posting, as the bytes of its record say.

    Attributes:
        line: its place in the record.
        account: whole name.
        statement_line: the account without allotment and obligation.
    """

    pk = models.CompositePrimaryKey("fund_id", "sequence", "line")
    fund = models.ForeignKey(
        LedgerFund, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    sequence = models.BigIntegerField()
    line = models.SmallIntegerField()
    account = models.TextField(db_collation="C")
    statement_line = models.TextField(db_collation="C")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    value_minor = models.BigIntegerField()
    on = models.DateField()
    known_on = models.DateField()

    class Meta:
        """Its table."""

        db_table = "ledger_posting"


class LedgerBalance(models.Model):
    """What stands on an account now. What is guarded is never below zero."""

    pk = models.CompositePrimaryKey("fund_id", "account", "currency")
    fund = models.ForeignKey(
        LedgerFund, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account = models.TextField(db_collation="C")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    value_minor = models.BigIntegerField()

    class Meta:
        """Its table."""

        db_table = "ledger_balance"


class LedgerSum(models.Model):
    """Sums of a block of records' postings by statement line and day: so that a statement is quick.

    Attributes:
        until: number after the block's last record; it begins where the block before it ends.
    """

    fund = models.ForeignKey(
        LedgerFund, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    until = models.BigIntegerField()
    statement_line = models.TextField(db_collation="C")
    currency = models.CharField(max_length=3)
    on = models.DateField()
    known_on = models.DateField()
    amount_minor = models.BigIntegerField()
    value_minor = models.BigIntegerField()

    class Meta:
        """Found by fund and the number up to which they count."""

        db_table = "ledger_sum"
        indexes: ClassVar = [models.Index(fields=["fund", "until"], name="ledger_sums")]


class LedgerWaiting(models.Model):
    """Records of somebody who waits for the log: whoever holds it next takes them along.

    Not a part of the log, and gone after a crash, when nobody waits any more.

    Attributes:
        since: number of records whose facts the sender knew.
        leaf: of the last of these.
        given: roles of the log that the sender was known to hold.
        lines: records, but for their numbers and their instant.
        first: number of the first, once they were taken along.
        is_refused: whether they have to be asked about alone.
    """

    fund = models.ForeignKey(
        LedgerFund, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField(db_default=_NOW)
    since = models.BigIntegerField()
    leaf = models.TextField()
    given = ArrayField(models.TextField())
    lines = ArrayField(models.TextField())
    first = models.BigIntegerField(null=True)
    is_refused = models.BooleanField(db_default=False)

    class Meta:
        """Its table."""

        db_table = "ledger_waiting"


class LedgerOpening(models.Model):
    """What a withheld member of a record says: for those who read the mission, in no export."""

    pk = models.CompositePrimaryKey("fund_id", "commitment")
    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="+", db_index=False)
    commitment = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        """Its table."""

        db_table = "ledger_opening"


# Django looks for models here.
from konbit.web.ledger.banks import models as banks  # noqa: E402 - theirs refer to those above

__all__ = ["banks"]
