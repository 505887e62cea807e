"""A plan beside everything that is recomputed from its dossier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.dossier.scenario import under
from konbit.planner.verifying.arrears import Arrears
from konbit.planner.verifying.calendar import Calendar, Models
from konbit.planner.verifying.dues import Dues
from konbit.planner.verifying.lifts import Lifts
from konbit.planner.verifying.movement import Movement
from konbit.planner.verifying.needs import Needs
from konbit.planner.verifying.permits import Permits
from konbit.planner.verifying.prices import Exchange, Payers, Prices
from konbit.planner.verifying.purse import Acceptance, Purse
from konbit.planner.verifying.roster import roster
from konbit.planner.verifying.tours import due_home
from konbit.planner.verifying.wear import Wear

if TYPE_CHECKING:
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.planner.verifying.roster import Entity
    from konbit.terms import Money


@dataclass(frozen=True)
class Case:
    """What the rules look at: the plan as given, and its dossier as known, read anew."""

    plan: Plan
    dossier: Dossier
    known: Dossier
    calendar: Calendar
    models: Models
    roster: dict[str, Entity]
    needs: Needs
    permits: Permits
    lifts: Lifts
    due_home: dict[str, tuple[int, ...]]
    wear: Wear
    movement: Movement
    exchange: Exchange
    payers: Payers
    dues: Dues
    purse: Purse
    acceptance: Acceptance
    arrears: Arrears

    @classmethod
    def of(cls, dossier: Dossier, plan: Plan) -> Case:
        """Read the full dossier as of the plan's day and under its scenario.

        Raises:
            NoRateError: an amount cannot be converted into the planning currency.
            ValueError: the dossier has no mission, or several.
        """
        edited = under(dossier, plan.scenario)[0]
        known = edited.known_on(plan.as_of_on)
        calendar = Calendar(plan.as_of_on, known.mission.horizon_months)
        models = Models(known, plan.scenario, calendar)
        entities = roster(known, calendar)
        lifts = Lifts(known, calendar)
        needs = Needs(known, calendar)
        wear = Wear(known)
        movement = Movement(plan, entities, calendar)
        exchange = Exchange(known)
        prices = Prices(known, calendar, exchange)
        payers = Payers(known, models)
        dues = Dues(known, plan, calendar, movement, exchange, prices, payers)
        return cls(
            plan=plan,
            dossier=dossier,
            known=known,
            calendar=calendar,
            models=models,
            roster=entities,
            needs=needs,
            permits=Permits(known, calendar, models, needs, wear),
            lifts=lifts,
            due_home=due_home(entities, lifts),
            wear=wear,
            movement=movement,
            exchange=exchange,
            payers=payers,
            dues=dues,
            purse=Purse(known, calendar, exchange),
            acceptance=Acceptance(known, calendar, dues.heads),
            arrears=Arrears(known, calendar, exchange),
        )

    @property
    def rotates(self) -> bool:
        """Whether a unit has a tour, or the plan says so."""
        tours = any(entity.tour_months for entity in self.roster.values())
        return tours or bool(self.plan.contingents)

    def minor(self, money: Money | None) -> int | None:
        """Minor units of an amount of the plan; none where it is empty or in another currency."""
        if money is None or money.currency != self.exchange.currency:
            return None
        return money.amount_minor
