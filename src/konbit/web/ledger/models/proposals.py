"""Records that wait for a second person, and those that one refused."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from konbit.web.bridge.clock import NOW
from konbit.web.ledger.models.fund import LedgerFund


class LedgerProposal(models.Model):
    """Records that wait for a second person.

    Attributes:
        drafts: each with kind, body, key, authority, document.
        keys: idempotency keys of the drafts: the same are not proposed twice.
    """

    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="proposals")
    at = models.DateTimeField(db_default=NOW)
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
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        """Its table."""

        db_table = "ledger_refusal"
