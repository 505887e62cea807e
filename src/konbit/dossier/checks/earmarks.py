"""Rules on earmarks: money that nothing can use."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.dossier.tables.fund import (
    Contribution,
    CostHead,
    Earmark,
    EarmarkRule,
    Fund,
    FundingModel,
    PayerRule,
)
from konbit.dossier.tables.pledge import Offer
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.dossier import Dossier

# Costs of a place rather than of a unit: they have neither contributor nor capability.
_COSTS_OF_PLACES = frozenset({"site_month", "building"})
_Allowed = dict[str, set[str]]


def _funds_by_earmark(known: Dossier) -> dict[str, set[str]]:
    """The funds that hold money of each earmark."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in known.rows(Contribution):
        if row.instrument == "trust_fund" and row.earmark and row.fund:
            found[row.earmark].add(row.fund)
    return found


def _heads_paid(known: Dossier) -> dict[str, set[str]]:
    """Cost heads that each fund pays under some funding model.

    A head without a rule under a model is paid by the first fund.
    """
    heads = {head.code for head in known.rows(CostHead)}
    paid: dict[str, set[str]] = defaultdict(set)
    ruled: dict[str, set[str]] = defaultdict(set)
    for rule in known.rows(PayerRule):
        ruled[rule.funding_model].add(rule.cost_head)
        if rule.payer == "fund":
            paid[rule.fund].add(rule.cost_head)
    funds = known.rows(Fund)
    models = [model.code for model in known.rows(FundingModel)]
    if funds:
        for model in models or [""]:
            paid[funds[0].code] |= heads - ruled[model]
    return paid


def _allowed_by_earmark(known: Dossier) -> dict[str, _Allowed]:
    found: dict[str, _Allowed] = defaultdict(lambda: defaultdict(set))
    for rule in known.rows(EarmarkRule):
        found[rule.earmark][rule.dimension].add(rule.allows)
    return found


def earmarks_usable(scope: Scope) -> Iterator[Finding]:
    """Some cost that the fund pays is allowed by each earmark under which the fund holds money.

    Judged by cost head, contributor and main capability; without cost heads not at all.
    """
    known = scope.known
    heads = {head.code: head for head in known.rows(CostHead)}
    if not heads:
        return
    paid, allowed, offers = _heads_paid(known), _allowed_by_earmark(known), known.rows(Offer)
    for earmark, funds in sorted(_funds_by_earmark(known).items()):
        rules = allowed[earmark]
        usable = {head for fund in funds for head in paid[fund] if head in heads}
        if "cost_head" in rules:
            usable &= rules["cost_head"]
        if "contributor" in rules or "capability" in rules:
            usable = {h for h in usable if heads[h].counted not in _COSTS_OF_PLACES}
            if not any(_fits(offer, rules) for offer in offers):
                usable = set()
        if not usable:
            yield finding("earmark-unusable", Severity.WARNING, Earmark.TABLE, earmark)


def _fits(offer: Offer, rules: Mapping[str, set[str]]) -> bool:
    contributors, capabilities = rules.get("contributor"), rules.get("capability")
    by_whom = contributors is None or offer.contributor in contributors
    return by_whom and (capabilities is None or offer.capability in capabilities)


def earmark_windows_open(scope: Scope) -> Iterator[Finding]:
    """The window of an earmark under which a fund holds money has not ended."""
    holding = _funds_by_earmark(scope.known)
    for row in scope.known.rows(Earmark):
        if row.code in holding and row.until_on is not None and row.until_on <= scope.as_of_on:
            yield finding(
                "earmark-window-over",
                Severity.WARNING,
                row.TABLE,
                row.label,
                "until_on",
                until_on=row.until_on,
                as_of_on=scope.as_of_on,
            )


RULES: tuple[Rule, ...] = (earmarks_usable, earmark_windows_open)
