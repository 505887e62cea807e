"""A dossier in which an ask of the call list has been answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from konbit.dossier.tables import arrears, fund, mandate, pledge, requirement
from missions import AS_OF, FACT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.dossier import Row
    from konbit.dossier.plan import Ask

NEW = "ZZZ"


def answered(rows: Sequence[Row], ask: Ask) -> list[Row]:
    """The rows after somebody has done what an ask says, no more and no less."""
    return _ANSWERS[ask.kind](list(rows), ask)


def _unit(rows: list[Row], ask: Ask) -> list[Row]:
    """A new state, without terms of its own, offers one unit like those that give as much."""
    like = next(
        r
        for r in rows
        if isinstance(r, pledge.Offer) and (r.capability, r.quantity) == (ask.subject, ask.quantity)
    )
    needed = [
        replace(r, offer="ANSWER")
        for r in rows
        if isinstance(r, pledge.OfferEquipment) and r.offer == like.code
    ]
    return [
        *rows,
        *needed,
        mandate.Organisation(code=NEW, title=NEW, kind="state", **FACT),
        replace(
            like,
            code="ANSWER",
            contributor=NEW,
            unit_count=1,
            available_from_on=None,
            available_until_on=None,
        ),
    ]


def _ready(rows: list[Row], ask: Ask) -> list[Row]:
    """The offer has passed every step but the arrival, and may come at once."""
    loaded = pledge.UnitEvent(
        code="ANSWER",
        offer=ask.subject,
        stage="loaded",
        on=AS_OF,
        units=ask.quantity or 0,
        **{**FACT, "source_on": AS_OF},
    )
    at_once = [
        replace(r, available_from_on=None)
        if isinstance(r, pledge.Offer) and r.code == ask.subject
        else r
        for r in rows
    ]
    return [*at_once, loaded]


def _money(rows: list[Row], ask: Ask) -> list[Row]:
    return [
        *rows,
        mandate.Organisation(code=NEW, title=NEW, kind="state", **FACT),
        fund.Contribution(
            code="ANSWER",
            title="Answer",
            donor=NEW,
            instrument="trust_fund",
            fund=ask.subject,
            **FACT,
        ),
        _money_event("ANSWER", "received", ask),
    ]


def _unfreeze(rows: list[Row], ask: Ask) -> list[Row]:
    return [*rows, _money_event(ask.subject, "released", ask)]


def _money_event(contribution: str, stage: str, ask: Ask) -> Row:
    return fund.ContributionEvent(
        code=f"ANSWER-{stage}",
        contribution=contribution,
        stage=stage,
        on=AS_OF,
        amount=ask.amount,
        **FACT,
    )


def _unearmark(rows: list[Row], ask: Ask) -> list[Row]:
    return [
        replace(r, earmark="")
        if isinstance(r, fund.Contribution) and r.earmark == ask.subject
        else r
        for r in rows
    ]


def _camp(rows: list[Row], ask: Ask) -> list[Row]:
    """More beds, and more people allowed where that is limited."""
    more = ask.quantity or 0
    return [
        replace(
            r,
            capacity_persons=r.capacity_persons + more,
            limit_persons=None if r.limit_persons is None else r.limit_persons + more,
        )
        if isinstance(r, requirement.Site) and r.code == ask.subject
        else r
        for r in rows
    ]


def _lift(rows: list[Row], ask: Ask) -> list[Row]:
    seats = ask.quantity or 0
    more = requirement.Lift(
        code="ANSWER", title="Answer", mode="air", passengers_per_month=seats, **FACT
    )
    return [*rows, more]


def _advance(rows: list[Row], ask: Ask) -> list[Row]:
    """The contributor advances the amount asked for beside what it advances now."""
    return [
        replace(r, prefinancing_limit=r.prefinancing_limit + ask.amount)
        if isinstance(r, pledge.ContributorTerm)
        and r.organisation == ask.subject
        and r.prefinancing_limit
        and ask.amount
        else r
        for r in rows
    ]


def _arrears(rows: list[Row], ask: Ask) -> list[Row]:
    """Nothing is owed any more to the contributor."""
    return [
        r
        for r in rows
        if not (isinstance(r, arrears.ClaimStanding) and r.contributor == ask.subject)
    ]


def _equipment(rows: list[Row], ask: Ask) -> list[Row]:
    pieces = ask.quantity or 0
    more = requirement.EquipmentPool(
        code="ANSWER", equipment_type=ask.subject, quantity=pieces, **FACT
    )
    return [*rows, more]


def _ceiling(rows: list[Row], ask: Ask) -> list[Row]:
    return [
        replace(r, strength_persons=r.strength_persons + (ask.quantity or 0))
        if isinstance(r, mandate.Ceiling) and r.code == ask.subject
        else r
        for r in rows
    ]


def _cleared(rows: list[Row], ask: Ask) -> list[Row]:
    """Due diligence is complete."""
    done = pledge.DueDiligence(
        code="ANSWER", offer=ask.subject, status="clear", on=AS_OF, **{**FACT, "source_on": AS_OF}
    )
    return [*rows, done]


def _admitted(rows: list[Row], ask: Ask) -> list[Row]:
    """Due diligence is complete, and the unit brings all that it needs."""
    equipped = [
        replace(r, brings=r.quantity)
        if isinstance(r, pledge.OfferEquipment) and r.offer == ask.subject
        else r
        for r in rows
    ]
    return _cleared(equipped, ask)


_ANSWERS: dict[str, Callable[[list[Row], Ask], list[Row]]] = {
    "unit": _unit,
    "ready": _ready,
    "money": _money,
    "unfreeze": _unfreeze,
    "unearmark": _unearmark,
    "camp": _camp,
    "lift": _lift,
    "advance": _advance,
    "arrears": _arrears,
    "equipment": _equipment,
    "ceiling": _ceiling,
    "clearance": _cleared,
    "admission": _admitted,
}
