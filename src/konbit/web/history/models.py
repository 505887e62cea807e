"""Changes, and proposals that wait for a second person. Neither is ever altered or deleted."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q

from konbit.web.missions.models import Mission

VERBS = (
    "row-saved",
    "row-taken-out",
    "import",
    "unit-step",
    "money-step",
    "proposal-approved",
    "follow-up-taken-up",
    "follow-up-settled",
    "mandate-read",
)


class Change(models.Model):
    """One change of a mission's tables: one verb, one transaction, one entry.

    Changes of a mission are made one after the other, so their numbers are their order, and the
    state of every table after change *n* is fixed for ever.

    Attributes:
        mission: whose.
        at: when, by the database's clock.
        by: who changed, or who proposed where a second person approved.
        second: who approved; never the same person.
        proposal: what was approved.
        verb: what was done.
        why: the reason given.
        document: the document it rests on, as its author named it.
        counts: rows concerned, by table.
        transaction: the database's number of the transaction, by which nothing can be added later.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="changes")
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    proposal = models.OneToOneField("history.Proposal", models.PROTECT, null=True)
    verb = models.TextField()
    why = models.TextField(blank=True)
    document = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    transaction = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField())
    )

    class Meta:
        """In order; nobody is their own second person."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="second_is_another",
                condition=Q(second__isnull=True) | (~Q(second=F("by")) & Q(proposal__isnull=False)),
            ),
            models.CheckConstraint(name="verb_known", condition=Q(verb__in=VERBS)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mission", "-id"], name="change_feed"),
            models.Index(fields=["transaction"], name="change_of_transaction"),
        ]


class Proposal(models.Model):
    """A change that waits for a second person, because money is promised or set free.

    Attributes:
        mission: whose.
        at: when it was proposed.
        by: who proposed.
        verb: what is to be done.
        why: the reason given.
        document: the document it rests on.
        edits: the edits, as `konbit.web.tables.edits` writes them, or the number of an import.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="proposals")
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verb = models.TextField()
    why = models.TextField(blank=True)
    document = models.TextField(blank=True)
    edits = models.JSONField(default=list)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]


class Refusal(models.Model):
    """A proposal that somebody refused or took back, and why."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="refusal")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField()


class Comment(models.Model):
    """What somebody said about a row."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="comments")
    table = models.TextField()
    key = models.TextField(db_collation="C")
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()

    class Meta:
        """In the order in which they were said."""

        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["mission", "table", "key"], name="comments_of_row")
        ]
