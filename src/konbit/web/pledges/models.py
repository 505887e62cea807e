"""Papers attached to rows: letters, agreements, receipts. What a row says stands in the tables."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Func

from konbit.web.missions.models import Mission


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
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
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
