"""The tables of `konbit.dossier.tables.situation`, line by line.

What the mission is there to change.
"""

from __future__ import annotations

from konbit.dossier.tables import situation as rows
from konbit.web.bridge.lines import line
from konbit.web.tables.mirrored.base import MirroredFact


class Indicator(MirroredFact):
    """Indicators."""

    ROW = rows.Indicator

    code = line(ROW, "code")
    title = line(ROW, "title")
    unit = line(ROW, "unit")
    theme = line(ROW, "theme")

    class Meta(MirroredFact.Meta):
        db_table = "tables_indicators"


class Observation(MirroredFact):
    """Observations."""

    ROW = rows.Observation

    code = line(ROW, "code")
    indicator = line(ROW, "indicator")
    location = line(ROW, "location")
    organisation = line(ROW, "organisation")
    from_on = line(ROW, "from_on")
    on = line(ROW, "on")
    value = line(ROW, "value")

    class Meta(MirroredFact.Meta):
        db_table = "tables_observations"


class Milestone(MirroredFact):
    """Milestones."""

    ROW = rows.Milestone

    code = line(ROW, "code")
    title = line(ROW, "title")
    kind = line(ROW, "kind")
    on = line(ROW, "on")
    status = line(ROW, "status")
    location = line(ROW, "location")

    class Meta(MirroredFact.Meta):
        db_table = "tables_milestones"
