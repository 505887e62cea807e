"""Tables of a plan about money: what is due, who pays, what a purse holds, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from konbit.dossier.columns import Row, choice, flag, integer, money, reference, text

if TYPE_CHECKING:
    from konbit.terms import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Row):
    """A cost that falls due in a month, and who pays it."""

    TABLE: ClassVar[str] = "obligations"
    TITLE: ClassVar[str] = "Obligations"
    ABOUT: ClassVar[str] = "Every cost of the plan by month, cost head and subject."
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("month", "cost_head", "subject", "site")

    month: str = text("Month", required=True)
    cost_head: str = reference("cost_heads", "Cost head")
    subject: str = text("Subject", "Unit, site or building option that costs.", required=True)
    site: str = reference("sites", "Site")
    payer: str = text("Payer", "A fund's code, `contributor` or `bilateral`.")
    amount: Money | None = money("Amount", "Before programme support cost.", required=True)
    support_cost: Money | None = money("Programme support cost", required=True)
    placeholder: bool = flag("Rests on a placeholder or assumed rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Row):
    """Cash of an earmark that covers an obligation, or is set aside for the tail."""

    TABLE: ClassVar[str] = "payments"
    TITLE: ClassVar[str] = "Payments"
    ABOUT: ClassVar[str] = (
        "Cash of each earmark used in a month for an obligation (kind `pay`), and cash set aside "
        "at the end of a month for minimum stays and the way home (kind `aside`)."
    )
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = (
        "kind",
        "month",
        "fund",
        "earmark",
        "cost_head",
        "subject",
        "site",
    )

    kind: str = choice("Kind", {"pay": "pays an obligation", "aside": "set aside for the tail"})
    month: str = text("Month", required=True)
    fund: str = reference("funds", "Fund")
    earmark: str = text("Earmark", "Code of the earmark; `-` for money without earmark.")
    cost_head: str = reference("cost_heads", "Cost head")
    subject: str = text("Subject", required=True)
    site: str = reference("sites", "Site")
    amount: Money | None = money("Amount", "With programme support cost.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CashPosition(Row):
    """Cash of an earmark of a fund at the end of a month."""

    TABLE: ClassVar[str] = "cash"
    TITLE: ClassVar[str] = "Cash by earmark"
    ABOUT: ClassVar[str] = "Spendable cash by fund and earmark at the end of each month."
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("fund", "earmark", "month")

    fund: str = reference("funds", "Fund")
    earmark: str = text("Earmark", "`-` for money without earmark.")
    month: str = text("Month", required=True)
    opening: Money | None = money("At the start", required=True)
    used: Money | None = money("Used", required=True)
    closing: Money | None = money("At the end", required=True)
    set_aside: Money | None = money("Of this set aside", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyStage(Row):
    """Money of a fund, or beside it, at one stage, as of the plan's day."""

    TABLE: ClassVar[str] = "money_stages"
    TITLE: ClassVar[str] = "Money by stage"
    ABOUT: ClassVar[str] = (
        "Each row is one stage of one fund or instrument; stages are never added to each other."
    )
    LINK: ClassVar[str] = "fund"
    KEY: ClassVar[tuple[str, ...]] = ("holder", "stage")

    holder: str = text("Fund or instrument", required=True)
    stage: str = text("Stage", required=True)
    amount: Money | None = money(
        "Amount", "Amounts in other currencies at the dated rate.", required=True
    )
    contributions: int = integer("Contributions counted")
    unknown_amounts: int = integer("Contributions whose amount is not known")
