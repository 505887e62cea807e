"""What is added up from postings: balances now, and sums of blocks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from konbit.web.ledger.models.fund import LedgerFund


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
