"""Files that somebody sent to be read into a mission."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Func

from konbit.web.history.models import Change
from konbit.web.missions.models import Mission


class Import(models.Model):
    """A file, as it came; what it would change is found out anew whenever it is asked.

    Attributes:
        name: of the file, as its sender called it; shown, never opened.
        digest: SHA-256 of its bytes.
        content: its bytes.
        why: the reason given.
        document: the document that it rests on.
        change: what came of it; none until it is committed.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="imports")
    at = models.DateTimeField(db_default=Func(function="clock_timestamp"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.TextField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    why = models.TextField(blank=True)
    document = models.TextField(blank=True)
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="file")

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-pk"]
