"""The tables of `konbit.dossier.tables.uncertainty`, line by line.

What may come otherwise than promised.
"""

from __future__ import annotations

from konbit.dossier.tables import uncertainty as rows
from konbit.web.bridge.lines import line
from konbit.web.tables.mirrored.base import MirroredFact


class Prior(MirroredFact):
    """Uncertainty."""

    ROW = rows.Prior

    code = line(ROW, "code")
    kind = line(ROW, "kind")
    organisation = line(ROW, "organisation")
    probability_share = line(ROW, "probability_share")
    low = line(ROW, "low")
    likely = line(ROW, "likely")
    high = line(ROW, "high")
    within_months = line(ROW, "within_months")

    class Meta(MirroredFact.Meta):
        db_table = "tables_priors"
