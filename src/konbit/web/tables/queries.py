"""What may be asked of a mirrored table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from konbit.dossier.facts import Fact
from konbit.web.bridge.mapping import fields_of, row_of
from konbit.web.people.access import readable_missions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from konbit.dossier.columns import Row
    from konbit.web.people.models import User

_BATCH = 2_000


class States(models.QuerySet[Any]):
    """States of the rows of a table."""

    def for_user(self, user: User) -> Self:
        """Those of missions that a user may read."""
        return self.filter(row_mission__in=readable_missions(user))

    def of(self, mission: int) -> Self:
        """Those of one mission, by its number."""
        return self.filter(row_mission_id=mission)

    def current(self) -> Self:
        """Those that hold now."""
        return self.filter(row_closed__isnull=True)

    def after(self, change: int | None) -> Self:
        """Those that held after a change, by its number; without one, those that hold now."""
        if change is None:
            return self.current()
        still = Q(row_closed__isnull=True) | Q(row_closed__gt=change)
        return self.filter(still, row_opened__lte=change)

    def known(self, on: date | None) -> Self:
        """Those of facts that were known, and still believed, on a day; used or not."""
        if on is None or not issubclass(self.model.ROW, Fact):
            return self
        return self.alias(since=Coalesce(F("known_on"), F("source_on"))).filter(
            Q(superseded_on__isnull=True) | Q(superseded_on__gt=on), since__lte=on
        )

    def rows(self) -> Iterator[Row]:
        """The rows themselves, as a dossier holds them."""
        table = self.model.ROW
        for values in self.values_list(*fields_of(table)).iterator(_BATCH):
            yield row_of(table, values)

    def rows_with_states(self) -> Iterator[tuple[int, Row]]:
        """The number of each state, and its row."""
        table = self.model.ROW
        for number, *values in self.values_list("pk", *fields_of(table)).iterator(_BATCH):
            yield number, row_of(table, values)
