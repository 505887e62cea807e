"""The tables of `konbit.dossier.tables.arrears`, line by line.

What funds owe contributors.
"""

from __future__ import annotations

from konbit.dossier.tables import arrears as rows
from konbit.web.bridge.lines import currency_of_amounts, line, minor_units
from konbit.web.tables.mirrored.base import MirroredFact


class ClaimStanding(MirroredFact):
    """Arrears."""

    ROW = rows.ClaimStanding

    fund = line(ROW, "fund")
    claim = line(ROW, "claim")
    on = line(ROW, "on")
    contributor = line(ROW, "contributor")
    unit = line(ROW, "unit")
    served_until_on = line(ROW, "served_until_on")
    claimed_on = line(ROW, "claimed_on")
    claimed_minor = minor_units(ROW, "claimed")
    approved_minor = minor_units(ROW, "approved")
    paid_minor = minor_units(ROW, "paid")
    expected_on = line(ROW, "expected_on")
    currency = currency_of_amounts()

    class Meta(MirroredFact.Meta):
        db_table = "tables_arrears"
