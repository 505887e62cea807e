"""Lines of the approved plan become allotments that wait for a second person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from konbit.fund import Draft
from konbit.web.ledger.actions import propose
from konbit.web.plans.archives import read_plan_archive
from konbit.web.plans.queries import approved_plan

if TYPE_CHECKING:
    from konbit.dossier import Plan
    from konbit.fund import Books
    from konbit.web.ledger.models import LedgerFund, LedgerProposal
    from konbit.web.people.models import User

_NO_EARMARK = "-"


@dataclass(frozen=True, slots=True)
class Planned:
    """What a month of a plan asks of a fund.

    Attributes:
        drafts: allotments, one for each purse and cost head.
        left: earmarks of the plan for which the fund has no purse, or several.
    """

    drafts: tuple[Draft, ...]
    left: tuple[str, ...]


def plan_of(fund: LedgerFund) -> Plan | None:
    """The mission's approved plan, if its money is in the fund's currency."""
    run = approved_plan(fund.mission)
    if run is None or run.content is None:
        return None
    plan = read_plan_archive(bytes(run.content)).plan
    return plan if plan is not None and plan.currency == fund.currency else None


def planned(plan: Plan, fund: LedgerFund, month: str, books: Books, on: str) -> Planned:
    """Allotments for what a plan pays from a fund in a month, with programme support cost.

    A purse is the one that has the earmark's code; for money without earmark the only one without
    terms. An allotment that was proposed before has the same key, so it is not proposed twice.
    """
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for payment in plan.payments:
        is_asked = (payment.kind, payment.fund, payment.month) == ("pay", fund.code, month)
        if is_asked and payment.amount is not None:
            sums[(payment.earmark, payment.cost_head)] += payment.amount.amount_minor
    drafts, left = [], set()
    for (earmark, head), amount in sorted(sums.items()):
        purse = _purse_of(earmark, books)
        if purse is None:
            left.add(earmark)
        elif amount > 0:
            drafts.append(_draft(plan, month, purse, head, amount, on))
    return Planned(tuple(drafts), tuple(sorted(left)))


def propose_month(user: User, fund: LedgerFund, asked: Planned, why: str) -> LedgerProposal:
    """Propose a month's allotments together.

    Raises:
        PermissionDenied: the user may not.
        LedgerRefusedError: a rule does not allow one of them now.
    """
    return propose(user, fund, asked.drafts, why=why)


def _purse_of(earmark: str, books: Books) -> str | None:
    if earmark in books.purses:
        return earmark
    terms = ("cost_heads", "contributors", "places")
    free = [c for c, purse in books.purses.items() if not any(purse[term] for term in terms)]
    return free[0] if earmark == _NO_EARMARK and len(free) == 1 else None


def _draft(plan: Plan, month: str, purse: str, head: str, amount: int, on: str) -> Draft:
    code = f"{plan.digest[:8]}/{month}/{purse[:16]}/{head[:24]}"
    body = {
        "on": on,
        "purse": purse,
        "allotment": code,
        "cost_head": head,
        "contributor": "",
        "place": "",
        "lethal": False,
        "amount_minor": amount,
        "until_on": None,
        "plan": f"{plan.digest[:12]} {month} {head}",
    }
    return Draft(kind="allotted", body=body, key=f"plan-{code}", authority="Approved plan")
