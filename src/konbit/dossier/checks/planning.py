"""Rules on what planning needs: prices, payers, and scenarios that apply cleanly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.dossier.checks.references import keys_of, unresolved
from konbit.dossier.facts import Fact
from konbit.dossier.scenario import under
from konbit.dossier.tables.fund import CostHead, FundingModel, PayerRule, Rate, Scenario
from konbit.dossier.tables.mandate import Mission
from konbit.dossier.tables.pledge import Offer
from konbit.dossier.tables.requirement import Requirement
from konbit.terms import Finding, Severity
from konbit.terms.finding import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.checks.scope import Rule, Scope
    from konbit.dossier.columns import Row
    from konbit.dossier.dossier import Dossier


def something_to_plan(scope: Scope) -> Iterator[Finding]:
    """A plan needs something required. A mission of which nothing is stated has not even a day."""
    if not any(isinstance(row, Fact) for row in scope.whole.all_rows):
        if len(scope.whole.rows(Mission)) == 1:
            yield finding("nothing-stated", Severity.ERROR, Mission.TABLE)
    elif not scope.whole.rows(Requirement):
        yield finding("no-requirement", Severity.WARNING, Requirement.TABLE)


def something_priced(scope: Scope) -> Iterator[Finding]:
    """Without any rate a plan costs nothing, and no want of money holds anything back."""
    is_planned = bool(scope.known.rows(Requirement)) and bool(scope.known.rows(Offer))
    if is_planned and not scope.known.rows(Rate):
        yield finding("nothing-priced", Severity.WARNING, Rate.TABLE)


def heads_priced(scope: Scope) -> Iterator[Finding]:
    """Every cost head has a rate, or it costs nothing. Buildings bring their own cost."""
    priced = {rate.cost_head for rate in scope.known.rows(Rate)}
    for head in scope.known.rows(CostHead):
        if head.code not in priced and head.counted != "building":
            yield finding("cost-head-without-rate", Severity.WARNING, head.TABLE, head.label)


def heads_have_payers(scope: Scope) -> Iterator[Finding]:
    """Under every funding model somebody is named who pays each cost head."""
    ruled = {(rule.funding_model, rule.cost_head) for rule in scope.known.rows(PayerRule)}
    for model in scope.known.rows(FundingModel):
        for head in scope.known.rows(CostHead):
            if (model.code, head.code) not in ruled:
                yield finding(
                    "payer-missing",
                    Severity.WARNING,
                    model.TABLE,
                    model.label,
                    funding_model=model.code,
                    cost_head=head.code,
                )


def scenarios_apply(scope: Scope) -> Iterator[Finding]:
    """The edits of every scenario can be applied, and lead to no reference without a row."""
    keys = keys_of(scope.whole)
    for scenario in scope.whole.rows(Scenario):
        edited, findings = under(scope.whole, scenario.code)
        yield from findings
        yield from unresolved(_changed(scope.whole, edited), keys)


def _changed(before: Dossier, after: Dossier) -> Iterator[Row]:
    for table in after.tables:
        rows = after.rows(table)
        if rows is not before.rows(table):
            old = before.rows(table)
            yield from (new for new, was in zip(rows, old, strict=True) if new is not was)


RULES: tuple[Rule, ...] = (
    something_to_plan,
    something_priced,
    heads_priced,
    heads_have_payers,
    scenarios_apply,
)
