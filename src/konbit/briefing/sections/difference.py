"""What changed between two plans: measures, people, arrivals, money by stage, rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from konbit.briefing import reckoning
from konbit.briefing.names import Names
from konbit.briefing.page import Page, Section, Table, cell
from konbit.briefing.sections.before_after import measures, shown
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.briefing.page import Rows
    from konbit.briefing.words import Words
    from konbit.dossier.difference import Difference
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import HeadCount, Plan

_NONE = "\N{EN DASH}"


class Told:
    """A difference with the words and titles that its tables need: those of the later dossier."""

    def __init__(self, found: Difference, earlier: Dossier, later: Dossier, words: Words) -> None:
        self.found = found
        self.words = words
        self._earlier, self._later = Names(earlier, words), Names(later, words)

    @property
    def names(self) -> Names:
        """Titles as the later dossier has them."""
        return self._later

    def offer(self, code: str) -> str:
        """An offer with its contributor; one that was taken out as the earlier dossier has it."""
        name = self._later.offer(code)
        return name if name != code else self._earlier.offer(code)

    def headings(self, *first: str) -> tuple[str, ...]:
        """Headings of a table that ends with earlier and later."""
        own = (self.words.say(heading) for heading in first)
        return (*own, *(self.words.say(f"difference-heading-{n}") for n in ("earlier", "later")))


def key(told: Told) -> str:
    """The one sentence: what became of coverage."""
    found, words = told.found, told.words
    before, after = (shown(reckoning.coverage_share(p)) for p in (found.earlier, found.later))
    which = "same" if before == after else "more" if after > before else "less"
    values = {} if which == "same" else {"before": words.share(before)}
    return words.say(f"difference-key-{which}", after=words.share(after), **values)


def caveats(told: Told) -> tuple[str, ...]:
    """What makes a part of the difference: other months, another need, plans that were ended."""
    found, say = told.found, told.words.say
    earlier, later = found.earlier, found.later
    lines = []
    if (earlier.first_month, earlier.until_month) != (later.first_month, later.until_month):
        lines.append(
            say(
                "difference-months",
                earlier_first=told.words.month_short(earlier.first_month),
                earlier_last=told.words.month_short(earlier.until_month + -1),
                later_first=told.words.month_short(later.first_month),
                later_last=told.words.month_short(later.until_month + -1),
            )
        )
    elif earlier.needed_points != later.needed_points:
        lines.append(say("difference-need"))
    if found.is_ended:
        lines.append(say("difference-ended"))
    return tuple(lines)


def plans(told: Told) -> Table:
    """Both plans, measure by measure."""
    found, words = told.found, told.words
    return Table(
        "difference-plans",
        words.say("difference-caption-plans"),
        (*told.headings("heading-measure"), words.say("replay-heading-difference")),
        (False, True, True, True),
        tuple(measures(found.earlier, found.later, told.names, words)),
    )


def people(told: Told) -> Table:
    """People of months that are in both plans, where their number differs."""
    words = told.words
    earlier, later = (
        {row.month: row for row in reckoning.planned(plan)}
        for plan in (told.found.earlier, told.found.later)
    )
    rows: Rows = tuple(
        (cell(words.month_short(month)), *(cell(text) for text in texts))
        for month in sorted(earlier.keys() & later.keys())
        for texts in [_counts(earlier[month], later[month], words)]
        if texts[0] != texts[1] or texts[2] != texts[3]
    )
    kinds = ("deployed-earlier", "deployed-later", "effective-earlier", "effective-later")
    return Table(
        "difference-people",
        words.say("difference-caption-people"),
        (words.say("heading-month"), *(words.say(f"difference-heading-{k}") for k in kinds)),
        (False, True, True, True, True),
        rows,
        note="" if rows else words.say("difference-no-people"),
    )


def _counts(earlier: HeadCount, later: HeadCount, words: Words) -> tuple[str, str, str, str]:
    counts = (earlier.deployed_persons, later.deployed_persons,
              earlier.effective_persons, later.effective_persons)  # fmt: skip
    one, two, three, four = (_NONE if n is None else words.number(n) for n in counts)
    return one, two, three, four


def arrivals(told: Told) -> Table:
    """Arrivals of an offer at a site that differ; those in months that only one plan has as well.

    What arrived before the first month of the later plan is no longer to come, and left out.
    """
    words, found = told.words, told.found
    since = str(found.later.first_month)
    earlier, later = (_arrivals(plan, since) for plan in (found.earlier, found.later))
    rows: Rows = tuple(
        (
            cell(told.offer(offer)),
            cell(told.names.title(site)),
            cell(_when(earlier.get((offer, site), {}), words)),
            cell(_when(later.get((offer, site), {}), words)),
        )
        for offer, site in sorted({*earlier, *later})
        if earlier.get((offer, site)) != later.get((offer, site))
    )
    return Table(
        "difference-arrivals",
        words.say("difference-caption-arrivals"),
        told.headings("replay-heading-unit", "heading-site"),
        (False, False, False, False),
        rows,
        note=words.say("difference-note-arrivals" if rows else "difference-no-arrivals"),
    )


def _arrivals(plan: Plan, since: str) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in plan.presence:
        if row.arriving_units and row.month >= since:
            found[row.offer, row.site][row.month] += row.arriving_units
    return {place: dict(months) for place, months in found.items()}


def _when(months: dict[str, int], words: Words) -> str:
    """`2 × May 2027, Jun 2027`; a dash for never."""
    told = (
        words.month_short(month) if units == 1
        else f"{words.number(units)} \N{MULTIPLICATION SIGN} {words.month_short(month)}"
        for month, units in sorted(months.items())
    )  # fmt: skip
    return ", ".join(told) or _NONE


def money(told: Told) -> Table:
    """Stages of money whose amount differs. Stages are never added to each other."""
    words, found = told.words, told.found
    earlier, later = (
        {(row.holder, row.stage): row.amount for row in plan.money_stages}
        for plan in (found.earlier, found.later)
    )
    nothing = Money(0, found.later.currency)
    rows: Rows = tuple(
        (
            cell(told.names.holder(holder)),
            cell(words.say(f"stage-{stage}")),
            *(cell(words.money(by.get((holder, stage)) or nothing)) for by in (earlier, later)),
        )
        for holder, stage in sorted({*earlier, *later})
        if earlier.get((holder, stage)) != later.get((holder, stage))
    )
    return Table(
        "difference-money",
        words.say("difference-caption-money"),
        told.headings("heading-holder", "heading-stage"),
        (False, False, True, True),
        rows,
        note="" if rows else words.say("difference-no-money"),
    )


def rows_changed(told: Told) -> Table:
    """Rows of the dossier that were added or taken out, and cells that were changed."""
    words = told.words
    rows: Rows = tuple(
        (
            cell(words.table_title(row.table)),
            cell(row.row),
            cell(row.column or words.say(_whole_row(row.after))),
            cell(row.before or _NONE),
            cell(row.after or _NONE),
        )
        for row in told.found.rows
    )
    return Table(
        "difference-rows",
        words.say("difference-caption-rows"),
        told.headings("heading-table", "heading-row", "replay-heading-column"),
        (False,) * 5,
        rows,
        note="" if rows else words.say("difference-no-rows"),
    )


def _whole_row(after: str) -> str:
    return "replay-row-new" if after else "difference-row-gone"


def _section(
    told: Told, code: str, lines: tuple[str, ...], tables: tuple[Table, ...], key: str = ""
) -> Section:
    """A section; of a table without rows only its note is said."""
    notes = tuple(table.note for table in tables if not table.rows)
    title = told.words.say(f"difference-section-{code}")
    return Section(code, title, (*lines, *notes), tuple(t for t in tables if t.rows), key)


def page(told: Told) -> Page:
    """A difference as a page of its own."""
    say, words, found = told.words.say, told.words, told.found
    earlier, later = found.earlier, found.later
    sections = (
        _section(told, "plans", caveats(told), (plans(told), people(told)), key(told)),
        _section(told, "arrivals", (), (arrivals(told),)),
        _section(told, "money", (), (money(told),)),
        _section(told, "rows", (), (rows_changed(told),)),
    )
    status = tuple(
        (say(label), value)
        for label, value in (
            ("difference-heading-earlier", words.day(earlier.as_of_on)),
            ("difference-heading-later", words.day(later.as_of_on)),
            ("label-scenario", later.scenario_title or later.scenario or say("scenario-none")),
            ("label-currency", later.currency),
            ("difference-label-earlier", earlier.dossier_digest[:16]),
            ("difference-label-later", later.dossier_digest[:16]),
        )
    )
    subtitle = say("difference-subtitle", earlier=earlier.as_of_on, later=later.as_of_on)
    return Page(
        words.language, say("difference-title", title=later.title), subtitle, status, sections
    )
