"""Tables of a log's tree and of who signed it. All are only ever added to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from konbit.web.bridge.clock import NOW
from konbit.web.ledger.models import LedgerFund


class TreeNode(models.Model):
    """A complete node of a log's tree, of level 8, 16, 24 …; the database itself computes it."""

    pk = models.CompositePrimaryKey("fund_id", "level", "position")
    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        """Its table."""

        db_table = "transparency_node"


class SignedCheckpoint(models.Model):
    """What a log said of itself.

    Attributes:
        size: how many records.
        note: checkpoint as a signed note, with the log's own signature.
    """

    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="checkpoints")
    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField(db_default=NOW)

    class Meta:
        """One for each size; the newest first."""

        db_table = "transparency_checkpoint"
        ordering: ClassVar = ["-size"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "size"], name="transparency_size_once"),
            models.CheckConstraint(name="transparency_size", condition=Q(size__gte=1)),
        ]


class Witness(models.Model):
    """Somebody elsewhere who watches a log, and whose signatures are published.

    Attributes:
        key: public key as C2SP writes it.
    """

    fund = models.ForeignKey(LedgerFund, models.PROTECT, related_name="witnesses")
    name = models.TextField()
    key = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=NOW)

    class Meta:
        """A key once in a log."""

        db_table = "transparency_witness"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "key"], name="transparency_witness_once")
        ]


class Cosignature(models.Model):
    """A witness's line under a checkpoint."""

    checkpoint = models.ForeignKey(SignedCheckpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    at = models.DateTimeField(db_default=NOW)

    class Meta:
        """Once for each checkpoint and witness."""

        db_table = "transparency_cosignature"
        ordering: ClassVar = ["witness__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="transparency_cosigned_once"
            )
        ]


class Publication(models.Model):
    """That a fund's log is open to everybody. It cannot be taken back: others have copies."""

    fund = models.OneToOneField(LedgerFund, models.PROTECT, related_name="publication")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=NOW)

    class Meta:
        """Its table."""

        db_table = "transparency_publication"
