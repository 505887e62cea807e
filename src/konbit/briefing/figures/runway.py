"""How long the cash of each earmark lasts. Free cash is never one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import MoneyScale, money_of, nice_ticks, plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.names import earmark_title, holder_title
from konbit.briefing.figures.panels import Panel, Series, grid_of_panels
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, INK, LINE, NARROW, WIDE

if TYPE_CHECKING:
    from collections.abc import Sized

    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import CashPosition, Plan
    from konbit.terms import Month

NAME = "runway"
MOST_PANELS = 9
MOST_PANELS_NARROW = 6
Purse = tuple[str, str]
"""A fund and an earmark."""

_NUMERIC = (False, False, False, True, True, True, True)


def runway(
    plan: Plan, words: Words, *, dossier: Dossier | None = None, width_px: int = WIDE
) -> Figure:
    """Cash by fund and earmark at the end of each month, and what of it is set aside.

    Each panel has its own scale. When there are more than nine (on a phone six), those with most
    cash are drawn; the table has all.

    Args:
        plan: whose cash is shown.
        words: the reader's language.
        dossier: for titles of funds and earmarks; without it their codes are shown.
        width_px: of the picture, in pixels.
    """
    columns = tuple(
        words.say(f"figure-column-{name}")
        for name in ("fund", "earmark", "month", "opening", "used", "closing", "set-aside")
    )
    purses: dict[Purse, dict[str, CashPosition]] = {}
    for row in sorted(plan.cash, key=lambda row: row.key):
        purses.setdefault((row.fund, row.earmark), {})[row.month] = row
    highest = max(
        (max(money_of(row.opening), money_of(row.closing)) for row in plan.cash), default=0
    )
    scale = MoneyScale.of(highest, plan.currency)
    title = words.say("figure-runway-title", unit=scale.title(words))
    if not purses:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    months = plan_months([row.month for row in plan.cash])
    called = {
        (fund, earmark): (
            holder_title(dossier, fund, words),
            earmark_title(dossier, earmark, words),
        )
        for fund, earmark in purses
    }
    most = MOST_PANELS_NARROW if width_px < NARROW else MOST_PANELS
    shown = sorted(purses, key=lambda purse: (-_most(purses[purse]), purse))[:most]
    panels = [_panel(called[purse], purses[purse], months, scale, words) for purse in shown]
    return Figure(
        name=NAME,
        title=title,
        spec=grid_of_panels(
            panels, months, words, width_px, height=72, footnote=_footnote(purses, shown, words)
        ),
        table=FigureTable(
            columns,
            tuple(
                (*called[purse], words.month(row.month), *_amounts(row, words))
                for purse, by_month in purses.items()
                for row in by_month.values()
            ),
            _NUMERIC,
        ),
        alt=_alt(purses, called, months, words),
    )


def _alt(
    purses: dict[Purse, dict[str, CashPosition]],
    called: dict[Purse, tuple[str, str]],
    months: tuple[Month, ...],
    words: Words,
) -> str:
    ends = {purse: _end(by_month, months) for purse, by_month in purses.items()}
    ending = [(end, purse) for purse, end in ends.items() if end is not None]
    number = words.number(len(purses))
    if not ending:
        return words.say("figure-runway-alt-lasts", number=number, month=words.month(months[-1]))
    first, purse = min(ending)
    return words.say(
        "figure-runway-alt",
        ending=words.number(len(ending)),
        number=number,
        fund=called[purse][0],
        earmark=called[purse][1],
        month=words.month(first),
    )


def _footnote(purses: Sized, shown: Sized, words: Words) -> str:
    left_out = len(purses) - len(shown)
    return words.say("figure-runway-more", number=words.number(left_out)) if left_out else ""


def _most(by_month: dict[str, CashPosition]) -> int:
    return max(money_of(row.opening) for row in by_month.values())


def _amounts(row: CashPosition, words: Words) -> tuple[str | None, ...]:
    amounts = (row.opening, row.used, row.closing, row.set_aside)
    return tuple(None if amount is None else words.money(amount) for amount in amounts)


def _panel(
    called: tuple[str, str],
    by_month: dict[str, CashPosition],
    months: tuple[Month, ...],
    scale: MoneyScale,
    words: Words,
) -> Panel:
    rows = [by_month.get(str(month)) for month in months]
    closing = tuple(None if row is None else money_of(row.closing) for row in rows)
    aside = tuple(None if row is None else money_of(row.set_aside) for row in rows)
    known = [value for value in closing if value is not None]
    last_aside = [value for value in aside if value is not None][-1]
    ticks = nice_ticks(max(known), 2, min(0, *known))
    return Panel(
        words.say("figure-runway-heading", fund=called[0], earmark=called[1]),
        (
            Series(
                "closing",
                words.say("figure-runway-closing", amount=scale.text(known[-1], words)),
                closing, ACCENT, ACCENT, fill=ACCENT_PALE, bold=True,
            ),
            Series(
                "set-aside",
                words.say("figure-runway-aside", amount=scale.text(last_aside, words)),
                aside, INK, INK, width=1, fill=LINE,
            ),
        ),
        scale.labels(ticks, words),
        _remark(by_month, months, words),
    )  # fmt: skip


def _end(by_month: dict[str, CashPosition], months: tuple[Month, ...]) -> Month | None:
    """The first month at whose end all cash is set aside."""
    return next(
        (
            month
            for month in months
            if (row := by_month.get(str(month))) is not None
            and money_of(row.closing) <= money_of(row.set_aside)
        ),
        None,
    )


def _remark(by_month: dict[str, CashPosition], months: tuple[Month, ...], words: Words) -> str:
    end = _end(by_month, months)
    if end is None:
        return words.say("figure-runway-lasts", month=words.month(months[-1]))
    return words.say("figure-runway-ends", month=words.month(end))
