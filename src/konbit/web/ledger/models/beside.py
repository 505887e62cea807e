"""What stands beside a log and is no part of it: who waits, and what is withheld."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from konbit.web.bridge.clock import NOW
from konbit.web.ledger.models.fund import LedgerFund


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
    at = models.DateTimeField(db_default=NOW)
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
