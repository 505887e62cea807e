"""Frozen revisions, plans made of them, and who approved which."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from konbit.web.bridge.clock import NOW
from konbit.web.missions.models import Mission

STATES = ("waiting", "running", "done", "failed", "interrupted")


class Revision(models.Model):
    """A mission's tables after a change, frozen under the SHA-256 of what they say.

    Attributes:
        digest: its name: `Dossier.digest` of its rows.
        change: number of the change after which the tables were so; 0 for none.
        content: the canonical JSON of the rows, packed with zlib.
        rows: how many rows it has.
        title: what it is called by who froze it.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="revisions")
    digest = models.CharField(max_length=64)
    change = models.BigIntegerField()
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
    title = models.TextField(blank=True)

    class Meta:
        """The newest first; each is frozen once."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "digest"], name="frozen_once")
        ]


class Run(models.Model):
    """A plan asked for: of a revision, as known on a day, under a scenario.

    Attributes:
        as_of_on: the day as of which the revision is read.
        scenario: code of the scenario; empty for the one that the mission's row names.
        state: where it stands.
        step: what is being done, by the code that the planner tells.
        share: how far it is, in thousandths.
        digest: of the plan, when it is done.
        content: the plan's tables as a zip archive, when it is done.
        trouble: why it failed, as findings or one word.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="runs")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="runs")
    as_of_on = models.DateField()
    scenario = models.TextField(blank=True)
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.TextField(default="waiting")
    step = models.TextField(blank=True)
    share = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)
    covered_points = models.BigIntegerField(null=True)
    needed_points = models.BigIntegerField(null=True)
    trouble = models.JSONField(default=list)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="done_with_content",
                condition=~Q(state="done") | Q(content__isnull=False),
            ),
        ]


class Approval(models.Model):
    """A second person approves a plan: from then on it is the mission's approved plan."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="approvals")
    run = models.OneToOneField(Run, models.PROTECT, related_name="approval")
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        """The newest first: it is the one that holds."""

        ordering: ClassVar = ["-pk"]
