"""Who could answer an ask, and why they in particular."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.money_stages import is_counted
from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.fund import Contribution, ContributionEvent, Fund
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer, TrackRecord

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from konbit.dossier import Dossier
    from konbit.planner.world import World
    from konbit.terms import Money

_MOST = 5
_NEAR_KM = 3_000
_WEIGHTS = {
    "holds-the-frozen-money": 100,
    "set-the-earmark": 100,
    "made-the-offer": 100,
    "sets-its-own-limit": 100,
    "owes-it": 100,
    "decides": 100,
    "promised": 9,
    "offers-now": 8,
    "same-capability": 5,
    "gave-in-kind": 4,
    "past-gift": 4,
    "promised-without-sum": 3,
    "lift-reach": 2,
    "already-there": 1,
}
# Asks that nobody travels for: how far away the donor is says nothing.
_OF_MONEY = frozenset({"money", "unfreeze", "unearmark", "advance", "arrears"})
_GIVES_LIFT = frozenset({"lift", "camp", "equipment"})


class Suppliers:
    """Organisations of a dossier with the reasons to ask each of them."""

    def __init__(self, world: World) -> None:
        known = world.dossier
        self._organisations = known.by_code(Organisation)
        self._offers = known.by_code(Offer)
        self._contributions = known.by_code(Contribution)
        self._records = known.rows(TrackRecord)
        self._claims = known.rows(ClaimStanding)
        self._funds = known.rows(Fund)
        self._promised = still_promised(known, world.as_of_on)
        self._present = {u.offer.contributor for u in world.units if u.is_opening}
        self._gave = {
            self._contributions[event.contribution].donor
            for event in known.rows(ContributionEvent)
            if event.stage in {"received", "disbursed"}
            and event.contribution in self._contributions
        }

    def for_ask(self, kind: str, subject: str) -> str:
        """The likeliest organisations with reasons: `KEN offers-now,lift-reach; USA ...`."""
        reasons: defaultdict[str, set[str]] = defaultdict(set)
        for organisation, reason in self._reasons(kind, subject):
            reasons[organisation].add(reason)
        for organisation, found in reasons.items():
            row = self._organisations.get(organisation)
            if kind not in _OF_MONEY and _is_near(row):
                found.add("lift-reach")
            if organisation in self._present:
                found.add("already-there")
        ranked = sorted(
            (code for code in reasons if self._may_be_asked(code)),
            key=lambda code: (-sum(_WEIGHTS[r] for r in reasons[code]), code),
        )
        return "; ".join(
            f"{code} {','.join(sorted(reasons[code], key=lambda r: (-_WEIGHTS[r], r)))}"
            for code in ranked[:_MOST]
        )

    def _may_be_asked(self, code: str) -> bool:
        row = self._organisations.get(code)
        return row is not None and row.kind != "group"

    def _reasons(self, kind: str, subject: str) -> list[tuple[str, str]]:
        if kind == "unit":
            return self._with_capability(subject)
        if kind in {"ready", "clearance", "admission"} and subject in self._offers:
            return [(self._offers[subject].contributor, "made-the-offer")]
        if kind == "unfreeze":
            return [(self._contributions[subject].donor, "holds-the-frozen-money")]
        if kind == "unearmark":
            donors = {c.donor for c in self._contributions.values() if c.earmark == subject}
            return [(donor, "set-the-earmark") for donor in sorted(donors)]
        if kind == "advance":
            return [(subject, "sets-its-own-limit")]
        if kind == "arrears":
            owing = {c.fund for c in self._claims if c.contributor == subject}
            managers = {f.manager for f in self._funds if f.code in owing}
            return [(manager, "owes-it") for manager in sorted(managers)]
        if kind == "ceiling":
            return []
        if kind == "money":
            promised = [(donor, why) for fund, donor, why in self._promised if fund == subject]
            return sorted(promised) + self._donors(kind)
        return self._donors(kind)

    def _with_capability(self, capability: str) -> list[tuple[str, str]]:
        offered = [
            (offer.contributor, "offers-now")
            for offer in self._offers.values()
            if offer.capability == capability
        ]
        before = [
            (record.organisation, "same-capability")
            for record in self._records
            if record.capability == capability
        ]
        return offered + before

    def _donors(self, kind: str) -> list[tuple[str, str]]:
        found = [
            (record.organisation, "past-gift") for record in self._records if not record.capability
        ]
        found += [(donor, "past-gift") for donor in sorted(self._gave)]
        if kind in _GIVES_LIFT:
            in_kind = {
                c.donor for c in self._contributions.values() if c.instrument != "trust_fund"
            }
            found += [(donor, "gave-in-kind") for donor in sorted(in_kind)]
        return found


def _is_near(row: Organisation | None) -> bool:
    return row is not None and row.distance_km is not None and row.distance_km <= _NEAR_KM


def still_promised(known: Dossier, on: date) -> set[tuple[str, str, str]]:
    """Funds, donors and why: pledges and agreements not fully received on a day.

    `promised` where the sum is known, `promised-without-sum` where none is said and nothing came.
    What was taken back or has expired does not stand. Amounts are compared within a contribution,
    and only where all are in one currency.
    """
    stages: defaultdict[str, defaultdict[str, list[Money | None]]]
    stages = defaultdict(lambda: defaultdict(list))
    for event in known.rows(ContributionEvent):
        if event.on <= on:
            stages[event.contribution][event.stage].append(event.amount)
    found = {
        (row.fund, row.donor, _standing(stages[row.code]))
        for row in known.rows(Contribution)
        if row.instrument == "trust_fund" and is_counted(row)
    }
    return {(fund, donor, why) for fund, donor, why in found if why}


def _standing(at: Mapping[str, list[Money | None]]) -> str:
    promised, received = at.get("signed") or at.get("pledged") or [], at.get("received", [])
    if not promised or "withdrawn" in at or "expired" in at:
        return ""
    if None in promised:
        return "" if received else "promised-without-sum"
    amounts = [amount for amount in (*promised, *received) if amount is not None]
    if len(amounts) < len(promised) + len(received) or len({a.currency for a in amounts}) > 1:
        return ""
    minor = [amount.amount_minor for amount in amounts]
    return "promised" if sum(minor[len(promised) :]) < sum(minor[: len(promised)]) else ""
