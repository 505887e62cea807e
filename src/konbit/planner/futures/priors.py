"""The priors of a dossier: the row that names an organisation before the row for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.tables.uncertainty import Prior

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.planner.futures.chances import Chances


class Priors:
    """Looks up priors by kind and organisation, and asks chance on their behalf."""

    def __init__(self, known: Dossier) -> None:
        self._rows = {(row.kind, row.organisation): row for row in known.rows(Prior)}

    def of(self, kind: str, organisation: str) -> Prior | None:
        """The prior of a kind about an organisation; None where it is certain."""
        return self._rows.get((kind, organisation)) or self._rows.get((kind, ""))

    def weight(self, prior: Prior, chances: Chances, subject: str) -> float:
        """Whether, or how far, it happens to a subject."""
        share = prior.probability_share
        return 1.0 if share is None else chances.weight(float(share), prior.kind, subject)

    def value(self, prior: Prior, chances: Chances, subject: str) -> float:
        """A share or a number of months for a subject."""
        likely = float(prior.likely or 0)
        low = likely if prior.low is None else float(prior.low)
        high = likely if prior.high is None else float(prior.high)
        return chances.between(low, likely, high, prior.kind, subject)

    def month(self, prior: Prior, chances: Chances, subject: str, horizon: int) -> int:
        """The month in which it begins."""
        return chances.month(prior.within_months or horizon, prior.kind, subject)
