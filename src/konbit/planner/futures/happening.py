"""What happens in one future, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that a future has and the dossier does not.

    Attributes:
        kind: `received`, `new`, `frozen`, `released` (money of a contribution), `stays_away`,
            `late`, `withdraws` (units of an offer), `lift_lost`.
        subject: code of the contribution, offer or lift.
        month: index of the month planned in which it happens. For `late` the first in which the
            units can come, for `withdraws` that in which the contributor says so.
        until: first month index after; for lost lift.
        amount_minor: money, in the planning currency.
        units: units that stay away.
        share: of the lift that is lost, in ten-thousandths.
    """

    kind: str
    subject: str
    month: int = 0
    until: int = 0
    amount_minor: int = 0
    units: int = 0
    share: int = 0
