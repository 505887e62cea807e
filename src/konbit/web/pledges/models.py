"""What stands beside the tables: papers of rows, looks at what a loss would do, reminders."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from konbit.web.bridge.clock import NOW
from konbit.web.missions.models import Mission
from konbit.web.plans.models import STATES, Run


class Attachment(models.Model):
    """A file attached to a row, found again by the SHA-256 of its bytes.

    Attributes:
        table: of the row.
        key: of the row.
        name: as its sender called it; shown, never opened.
        kind: its media type, as its first bytes say.
        digest: SHA-256 of its bytes.
        content: its bytes.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="attachments")
    table = models.TextField()
    key = models.TextField(db_collation="C")
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.TextField()
    kind = models.TextField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        """In the order in which they came; a file once a row."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mission", "table", "key", "digest"], name="attached_once"
            )
        ]


class Preview(models.Model):
    """What a step would do to the approved plan, looked at before it is confirmed.

    Attributes:
        run: the plan that was approved then; its revision is what is planned again.
        table: of the pledge.
        key: of the pledge.
        asked: the step's form as it was sent, to be sent again when it is confirmed.
        loss: what is taken away, as `previews.loss_of` writes it.
        content: by language, one sentence and the rows of what slips, when it is done.
        trouble: why it failed: findings, or nothing where the fault is ours.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="previews")
    run = models.ForeignKey(Run, models.PROTECT, related_name="previews")
    table = models.TextField()
    key = models.TextField(db_collation="C")
    asked = models.JSONField()
    loss = models.JSONField()
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.TextField(default="waiting")
    share = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    content = models.JSONField(null=True)
    trouble = models.JSONField(default=list)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="preview_state_known", condition=Q(state__in=STATES))
        ]


class Reminded(models.Model):
    """Somebody was reminded of something, once.

    Attributes:
        user: who was reminded.
        code: which sentence says it.
        table: of the row it is about; empty for what waits for a second person.
        key: of the row, or the number of what waits.
        on: the day since which it waits, or on which it ends.
        stage: the stage in which it waits, where there is one.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminded")
    code = models.TextField()
    table = models.TextField(blank=True)
    key = models.TextField(db_collation="C")
    on = models.DateField()
    stage = models.TextField(blank=True)
    at = models.DateTimeField(db_default=NOW)

    class Meta:
        """The newest first; each once."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "mission", "code", "table", "key", "on", "stage"],
                name="reminded_once",
            )
        ]
