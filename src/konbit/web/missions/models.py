"""A mission, and which organisations take part in its record."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from konbit.web.bridge.lines import CODE_PATTERN, TextLine

_CODE = f"{{0}} ~ '{CODE_PATTERN}'"


class Mission(models.Model):
    """One mission: everything in the record belongs to one.

    Attributes:
        code: its permanent short name, part of its addresses.
        title: what it is called.
        host: the organisation that opened it and says who takes part.
    """

    code = TextLine(unique=True, check=_CODE)
    title = models.TextField()
    host = models.ForeignKey("people.Organisation", models.PROTECT, related_name="hosted")

    class Meta:
        """In order of code."""

        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return str(self.code)
