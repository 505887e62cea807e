"""Secret addresses of calendars, and texts that were read."""

from __future__ import annotations

from textwrap import shorten
from typing import ClassVar

from django.conf import settings
from django.db import models

from konbit.web.bridge.clock import NOW
from konbit.web.missions.models import Mission

_MOST_TOLD = 60  # characters of a text without symbol and file


class Feed(models.Model):
    """A user's own address of a mission's calendar.

    Attributes:
        digest: SHA-256 of the secret in the address; the secret itself is not kept.
        start: its first characters, by which its owner knows it again.
        revoked_at: since when it answers no more.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=12)
    at = models.DateTimeField(db_default=NOW)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar = ["pk"]


class Reading(models.Model):
    """The text of a document, as it was sent to be read. A press article's text is never kept.

    Attributes:
        name: of the file, as its sender called it; shown, never opened.
        digest: SHA-256 of the text.
        symbol: of the document, as read from it; empty where it was not found.
        text: its characters; what is proposed is read from them anew each time.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.TextField()
    digest = models.CharField(max_length=64)
    text = models.TextField()
    symbol = models.TextField(blank=True, default="")

    class Meta:
        """The newest first; a text once a mission."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "digest"], name="read_once")
        ]

    @property
    def told_as(self) -> str:
        """How it is told in a list: by its symbol, its file, or the words by which it begins."""
        return self.symbol or self.name or shorten(self.text, _MOST_TOLD, placeholder=" …")
