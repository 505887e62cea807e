"""Who could answer an ask, and why they in particular."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.arrears import ClaimStanding
from konbit.dossier.tables.fund import Contribution, ContributionEvent, Fund
from konbit.dossier.tables.mandate import Organisation
from konbit.dossier.tables.pledge import Offer, TrackRecord

if TYPE_CHECKING:
    from konbit.planner.world import World

_MOST = 5
_NEAR_KM = 3_000
_WEIGHTS = {
    "holds-the-frozen-money": 100,
    "set-the-earmark": 100,
    "made-the-offer": 100,
    "sets-its-own-limit": 100,
    "owes-it": 100,
    "decides": 100,
    "offers-now": 8,
    "same-capability": 5,
    "gave-in-kind": 4,
    "past-gift": 4,
    "lift-reach": 2,
    "already-there": 1,
}
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
            if row is not None and row.distance_km is not None and row.distance_km <= _NEAR_KM:
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
        if kind == "ready" and subject in self._offers:
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
