"""Tables of what banks say, and of what people found to be the same money.

All are only ever added to, and, but for refusals of proposals, by functions of the database alone:
see `konbit.web.guards.ledger_banks`. No file is kept, no name and no whole number of an account.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from konbit.web.bridge.clock import NOW
from konbit.web.bridge.lines import CODE_PATTERN, THREE_LETTERS, TextLine

_FUND = "ledger.LedgerFund"


class BankAdded(models.Model):
    """Who added something about a bank account, and when."""

    fund = models.ForeignKey(_FUND, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        """A part of other tables."""

        abstract = True


class BankStatementRow(BankAdded):
    """A statement of a bank, as `konbit.terms.bank.BankStatement` has it.

    Attributes:
        bank: code of the account in the fund's log.
        identity: the same for the same days, balances and movements.
        number: which of the bank's statements it is, where the bank tells.
        file_sha256: of the file it came in, which is not kept; of several, in the order of pages
            and one after the other.
        is_csv: whether that was a CSV, in which people choose columns.
    """

    bank = TextLine(check=f"{{0}} ~ '{CODE_PATTERN}'")
    identity = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64)
    is_csv = models.BooleanField()
    reference = models.TextField()
    number = models.BigIntegerField(null=True)
    account_digest = models.CharField(max_length=64)
    account_last = models.CharField(max_length=4)
    currency = TextLine(check=f"{{0}} ~ '{THREE_LETTERS}'")
    from_on = models.DateField()
    until_on = models.DateField()
    opening_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()

    class Meta:
        """In order of days."""

        db_table = "ledger_bank_statement"
        ordering: ClassVar = ["from_on"]
        indexes: ClassVar = [models.Index(fields=["fund", "bank"], name="ledger_bank_statements")]


class BankEntryRow(models.Model):
    """An entry of a statement.

    Attributes:
        number: its place; 0 for the opening balance, on the day before the statement's first.
    """

    statement = models.ForeignKey(BankStatementRow, models.PROTECT, related_name="entries")
    fund = models.ForeignKey(_FUND, models.PROTECT, related_name="+")
    bank = models.TextField()
    number = models.IntegerField()
    booked_on = models.DateField()
    value_on = models.DateField()
    amount_minor = models.BigIntegerField()
    purpose = models.TextField()
    is_correction = models.BooleanField()
    references = ArrayField(models.TextField())
    other_digest = models.CharField(max_length=64)
    other_last = models.CharField(max_length=4)

    class Meta:
        """In order."""

        db_table = "ledger_bank_entry"
        ordering: ClassVar = ["booked_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "number"], name="ledger_bank_entry_once")
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "bank"], name="ledger_bank_entries")]


class BankWithdrawal(BankAdded):
    """A statement taken back, for it was of another account or wrong."""

    statement = models.OneToOneField(BankStatementRow, models.PROTECT, related_name="withdrawal")
    why = models.TextField()

    class Meta:
        """Its table."""

        db_table = "ledger_bank_withdrawal"


class BankMatch(BankAdded):
    """Entries and records that somebody found to be the same money.

    Attributes:
        rule: why they were proposed, or `by-hand`.
        certainty: how sure that was; empty by hand.
        others: how many others would have fitted as well.
        why: what the person says.
    """

    bank = models.TextField()
    rule = models.TextField()
    certainty = models.TextField()
    others = models.IntegerField()
    why = models.TextField()

    class Meta:
        """The newest first."""

        db_table = "ledger_bank_match"
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["fund", "bank"], name="ledger_bank_matches")]


class BankMatched(models.Model):
    """One entry, or one record, of a match, with its amount."""

    match = models.ForeignKey(BankMatch, models.PROTECT, related_name="matched")
    fund = models.ForeignKey(_FUND, models.PROTECT, related_name="+")
    entry = models.ForeignKey(BankEntryRow, models.PROTECT, null=True, related_name="matched")
    sequence = models.BigIntegerField(null=True)
    amount_minor = models.BigIntegerField()

    class Meta:
        """Either an entry or a record."""

        db_table = "ledger_bank_matched"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ledger_bank_one_side",
                condition=Q(entry__isnull=False, sequence__isnull=True)
                | Q(entry__isnull=True, sequence__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "sequence"], name="ledger_bank_records")]


class BankUndoing(BankAdded):
    """A match undone."""

    match = models.OneToOneField(BankMatch, models.PROTECT, related_name="undoing")
    why = models.TextField()

    class Meta:
        """Its table."""

        db_table = "ledger_bank_undoing"


class BankRefusal(BankAdded):
    """A proposal that somebody refused: this very combination is not proposed again."""

    bank = models.TextField()
    key = models.CharField(max_length=64)

    class Meta:
        """Once."""

        db_table = "ledger_bank_refusal"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "bank", "key"], name="ledger_bank_refused_once")
        ]


class BankCertificate(BankAdded):
    """A reconciliation that a second person looked at and agreed to.

    Attributes:
        on: its day.
        content: its figures as canonical JSON.
        digest: SHA-256 of that text, made by the database.
    """

    bank = models.TextField()
    on = models.DateField()
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        """The newest first."""

        db_table = "ledger_bank_certificate"
        ordering: ClassVar = ["-pk"]
