"""The log itself: what came together, records, postings."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q

from konbit.fund.kinds import MANY
from konbit.web.bridge.clock import NOW
from konbit.web.ledger.models.fund import LedgerFund
from konbit.web.ledger.models.proposals import LedgerProposal

# What is opened, or decided, at most once by its code.
OPENED = ("allotted", "bank_opened", "claim_approved", "claimed", "contribution_opened",
          "fund_opened", "obligated", "purse_opened", "rate_dated")  # fmt: skip


class Leaf(Func):
    """SHA-256 of a zero byte and a record's bytes: its leaf in the tree of RFC 9162."""

    template = r"sha256('\x00'::bytea || %(expressions)s)"


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
    at = models.DateTimeField(db_default=NOW)
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
