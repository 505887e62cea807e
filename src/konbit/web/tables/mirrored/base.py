"""What every mirrored table has beside its columns: of which mission, since and until which change.

A row of the database is one *state* of a row of the mission: it holds from the change that opened
it until the change that closed it, half-open. Nothing is overwritten and nothing is deleted, so
that the state of any table after any change is a plain question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from konbit.dossier.facts import Fact
from konbit.web.bridge.lines import line
from konbit.web.history.models import Change
from konbit.web.missions.models import Mission
from konbit.web.tables.queries import States

if TYPE_CHECKING:
    from konbit.dossier.columns import Row


class Mirrored(models.Model):
    """One state of one row.

    Attributes:
        row_mission: the mission.
        row_key: the row's key in one text: how it is found again.
        row_opened: the change since which it holds.
        row_closed: the change since which it holds no longer; none for the current state.
    """

    ROW: ClassVar[type[Row]]

    row_mission = models.ForeignKey(Mission, models.PROTECT, related_name="+", db_index=False)
    row_key = models.TextField(db_collation="C")
    row_opened = models.ForeignKey(Change, models.PROTECT, related_name="+")
    row_closed = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")

    objects = States.as_manager()

    class Meta:
        """One current state a row; states are asked for by mission and key."""

        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["row_mission", "row_key"],
                condition=Q(row_closed__isnull=True),
                name="%(class)s_one_current",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["row_mission", "row_key", "row_opened"], name="%(class)s_states")
        ]


class MirroredFact(Mirrored):
    """One state of a row that states a fact: with its source, days and how sure it is."""

    source = line(Fact, "source")
    source_on = line(Fact, "source_on")
    confidence = line(Fact, "confidence")
    basis = line(Fact, "basis")
    known_on = line(Fact, "known_on")
    superseded_on = line(Fact, "superseded_on")
    used = line(Fact, "used")
    alternative_to = line(Fact, "alternative_to")
    note = line(Fact, "note")

    class Meta(Mirrored.Meta):
        """As every mirrored table."""

        abstract = True
