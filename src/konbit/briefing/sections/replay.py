"""A shock replayed, as sentences and tables: what goes wrong, what it costs, who slips, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing import reckoning, sentences
from konbit.briefing.names import Names
from konbit.briefing.page import Commands, FigurePlace, Page, Section, Table, cell
from konbit.briefing.sections.before_after import measures, shown
from konbit.dossier.plan import FULL
from konbit.dossier.replay import START_WEIGHT
from konbit.dossier.shocks import Close, CutAssessed, Delay, Freeze, Withdraw
from konbit.terms import Money

if TYPE_CHECKING:
    from konbit.briefing.page import Cell
    from konbit.briefing.words import Words
    from konbit.dossier.plan import Plan
    from konbit.dossier.replay import Effect, Replay, Slip

_ARROW = " \u2192 "


class Told:
    """A replay with the words and titles that its tables need."""

    def __init__(self, replay: Replay, words: Words) -> None:
        self.replay = replay
        self.words = words
        self.names = Names(replay.shocked, words)

    def share(self, points: int) -> str:
        """Points as a share of the need."""
        return self.words.share(reckoning.share_of(points, self.replay.before.needed_points))


def happens(told: Told) -> tuple[str, ...]:
    """Each shock in a sentence."""
    effects = told.replay.effects
    return tuple(_happens(told, effect) for effect in effects) or (
        told.words.say("replay-nothing"),
    )


def _happens(told: Told, effect: Effect) -> str:
    shock, say, title = effect.shock, told.words.say, told.names.title
    month = effect.struck
    if isinstance(shock, Freeze):
        gift = title(shock.contribution)
        return say("replay-freeze", gift=gift, amount=effect.amount, month=month)
    if isinstance(shock, Close):
        return say("replay-close", lift=title(shock.lift), count=shock.months, month=month)
    if isinstance(shock, Delay):
        subject = told.names.offer(shock.subject)
        return say("replay-delay", subject=subject, count=shock.months)
    if isinstance(shock, CutAssessed):
        share = told.words.share(int(shock.share * FULL))
        return say("replay-cut", share=share, amount=effect.amount, month=month)
    offer = told.names.offer(shock.offer)
    return say("replay-withdraw", offer=offer, units=effect.units, month=month)


def key(told: Told) -> str:
    """The one sentence: what is lost."""
    replay, words = told.replay, told.words
    before, after = (shown(reckoning.coverage_share(p)) for p in (replay.before, replay.after))
    if before <= after:
        return words.say("replay-holds", after=words.share(after))
    return words.say(
        "replay-lost",
        before=words.share(before),
        after=words.share(after),
        lost=words.share(before - after),
    )


def repaired(told: Told) -> tuple[str, ...]:
    """How far the plan is from the one before, and how good it is beside one made afresh."""
    replay, say = told.replay, told.words.say
    changes = replay.changes
    first = (
        say(
            "replay-changes",
            count=changes.weighted,
            unit_months=changes.unit_months,
            starts=changes.starts,
            orders=changes.orders,
            weight=START_WEIGHT,
        )
        if changes.weighted
        else say("replay-unchanged")
    )
    afresh = say(
        "replay-afresh",
        afresh=told.share(replay.afresh_points),
        count=replay.afresh_changes.weighted,
        tolerance=told.words.share(replay.tolerance),
    )
    more = replay.afresh_points > replay.before.covered_points
    told_more = (say("replay-afresh-more"),) if more else ()
    most = say("replay-most", most=told.share(replay.bound_points))
    near = (say("replay-near"),) if replay.is_near else ()
    ended = (say("replay-ended"),) if replay.is_ended else ()
    return (first, *_between(told), afresh, *told_more, most, _kept(told), *near, *ended)


def _between(told: Told) -> tuple[str, ...]:
    """From least to most what the best plan loses, where the gaps of the two plans are open."""
    replay = told.replay
    points = (replay.lost_at_least_points, replay.lost_at_most_points)
    needed = replay.before.needed_points
    least, most = (shown(reckoning.share_of(lost, needed)) for lost in points)
    if least == most:
        return ()
    share = told.words.share
    return (told.words.say("replay-between", least=share(least), most=share(most)),)


def _kept(told: Told) -> str:
    replay, say = told.replay, told.words.say
    if replay.kept_until <= replay.before.first_month:
        return say("replay-kept-none")
    if replay.kept_changes:
        return say("replay-kept-but", month=replay.kept_until, count=replay.kept_changes)
    return say("replay-kept", month=replay.kept_until)


def cost(told: Told) -> Table:
    """The plan before and after, measure by measure, and the money that the shocks took away."""
    replay, words = told.replay, told.words
    rows = measures(replay.before, replay.after, told.names, words)
    nothing = Money(0, replay.after.currency)
    lost = sum((e.amount for e in replay.effects if e.amount is not None), nothing)
    if lost.amount_minor:
        name = words.say("replay-row-spendable")
        rows.append((cell(name), cell(""), cell(""), cell(words.money(nothing - lost))))
    return Table(
        "replay-cost",
        words.say("replay-caption-cost"),
        (
            words.say("heading-measure"),
            *(words.say(f"replay-heading-{name}") for name in ("before", "after", "difference")),
        ),
        (False, True, True, True),
        tuple(rows),
    )


def capabilities(told: Told, *, changed_only: bool = False) -> Table:
    """Coverage of each capability before and after, the heaviest loss first."""
    replay, words = told.replay, told.words
    before = {row.capability: row for row in reckoning.covered_by_capability(replay.before)}
    after = {row.capability: row for row in reckoning.covered_by_capability(replay.after)}
    lost = {code: _points(replay.before, code) - _points(replay.after, code) for code in before}
    rows = tuple(
        (
            cell(told.names.title(code)),
            cell(words.share(before[code].mean_share)),
            cell(words.share(after[code].mean_share)),
            cell(_lost(told, lost[code])),
            cell(words.say(f"family-{after[code].reason}")),
        )
        for code in sorted(before, key=lambda code: (-lost[code], code))
        if code in after and (lost[code] or not changed_only)
    )
    headings = ("heading-capability", "replay-heading-before", "replay-heading-after",
                "heading-lost", "heading-held-back")  # fmt: skip
    return Table(
        "replay-capabilities",
        words.say("replay-caption-capabilities"),
        tuple(words.say(heading) for heading in headings),
        (False, True, True, True, False),
        rows,
    )


def _points(plan: Plan, capability: str) -> int:
    return sum(row.share * row.weight for row in plan.coverage if row.capability == capability)


def _lost(told: Told, points: int) -> str:
    """Points lost as a share of all that is needed; a small loss is not called none."""
    if points > 0:
        return sentences.gain_share(points, told.replay.before, told.words)
    return told.words.share(-reckoning.share_of(-points, told.replay.before.needed_points))


def slips(told: Told) -> Table:
    """Who slips, by how long, how much presence is lost, and what holds them back."""
    words = told.words
    headings = ("replay-heading-unit", "replay-heading-change", "replay-heading-before",
                "replay-heading-after", "replay-heading-slip", "replay-heading-lost",
                "heading-held-back")  # fmt: skip
    return Table(
        "replay-slips",
        words.say("replay-caption-slips"),
        tuple(words.say(heading) for heading in headings),
        (False, False, False, False, True, True, False),
        tuple(_slip(told, slip) for slip in told.replay.slips),
        note=words.say("replay-note-slips" if told.replay.slips else "replay-no-slips"),
    )


def idle(told: Told) -> tuple[str, ...]:
    """A sentence for each withdrawal of units that the plan before did not use."""
    moved = {slip.offer for slip in told.replay.slips}
    return tuple(
        told.words.say(
            "replay-withdraw-idle",
            offer=told.names.offer(effect.shock.offer),
            month=effect.struck,
        )
        for effect in told.replay.effects
        if isinstance(effect.shock, Withdraw) and effect.shock.offer not in moved
    )


def _slip(told: Told, slip: Slip) -> tuple[Cell, ...]:
    words = told.words
    return (
        cell(unit_of(told, slip)),
        cell(words.say(f"replay-change-{slip.change}")),
        cell(when(told, slip, slip.before)),
        cell(when(told, slip, slip.after)),
        cell("\u2013" if slip.months is None else words.number(slip.months)),
        cell(words.number(slip.lost_unit_months)),
        cell(why(told, slip)),
    )


def unit_of(told: Told, slip: Slip) -> str:
    """The units of a row, with their sites."""
    unit = told.names.offer(slip.offer)
    sites = [told.names.title(site) for site in (slip.site_before, slip.site_after) if site]
    places = _ARROW.join(dict.fromkeys(sites))
    named = f"{unit} @ {places}" if places else unit
    if slip.units == 1:
        return named
    return told.words.say("replay-count-units", units=slip.units, unit=named)


def when(told: Told, slip: Slip, month: str) -> str:
    """The month of an arrival or of the end of a stay, or why there is none."""
    if month:
        return told.words.month_short(month)
    stays = slip.change in {"leaves-earlier", "leaves-later"}
    return told.words.say("replay-to-the-end" if stays else "replay-not-coming")


def why(told: Told, slip: Slip) -> str:
    """What holds units back."""
    if slip.reason == "none":
        return "\u2013"
    code = f"replay-reason-{slip.reason}"
    said = told.words.say(code if told.words.knows(code) else f"family-{slip.reason}")
    about = told.names.detail(slip.detail)
    own = slip.detail == slip.offer or not about
    return said if own else told.words.say("cli-reason-about", reason=said, detail=about)


def order_changes(told: Told) -> tuple[tuple[str, str, str], ...]:
    """Building options that are ordered in another month: title, month before, month after."""

    def ordered(plan: Plan) -> dict[str, str]:
        return {row.option: told.words.month_short(row.month) for row in plan.building_orders}

    before, after = ordered(told.replay.before), ordered(told.replay.after)
    none = told.words.say("replay-not-ordered")
    return tuple(
        (told.names.title(option), before.get(option, none), after.get(option, none))
        for option in sorted({*before, *after})
        if before.get(option) != after.get(option)
    )


def orders(told: Told) -> tuple[Table, ...]:
    """Orders of camps that change; no table when none does."""
    words = told.words
    changed = order_changes(told)
    if not changed:
        return ()
    headings = ("heading-option", "replay-heading-before", "replay-heading-after")
    rows = tuple(tuple(cell(text) for text in row) for row in changed)
    caption = words.say("replay-caption-orders")
    return (
        Table(
            "replay-orders",
            caption,
            tuple(words.say(heading) for heading in headings),
            (False, False, False),
            rows,
        ),
    )


def trade_off(told: Told) -> Table:
    """How much coverage each number of changes buys."""
    words = told.words
    return Table(
        "replay-trade",
        words.say("replay-caption-trade"),
        (words.say("replay-heading-changes"), words.say("heading-covered")),
        (False, True),
        tuple(
            (cell(words.number(point.changes)), cell(told.share(point.covered_points)))
            for point in told.replay.trade_off
        ),
        note=words.say("replay-note-trade"),
    )


def rows_written(told: Told) -> Table:
    """What the shocks are as rows of the dossier."""
    words = told.words
    headings = ("heading-table", "heading-row", "replay-heading-column", "replay-heading-before",
                "replay-heading-after")  # fmt: skip
    return Table(
        "replay-rows",
        words.say("replay-caption-rows"),
        tuple(words.say(heading) for heading in headings),
        (False,) * len(headings),
        tuple(
            (
                cell(words.table_title(edit.table)),
                cell(edit.row),
                cell(edit.column or words.say("replay-row-new")),
                cell(edit.before or "\u2013"),
                cell(edit.after or "\u2013"),
            )
            for edit in told.replay.edits
        ),
    )


def page(replay: Replay, words: Words) -> Page:
    """A replay as a page of its own."""
    told = Told(replay, words)
    say = words.say
    after = replay.after
    sections = (
        Section(
            "happens",
            say("replay-section-happens"),
            (*happens(told), say("replay-supposition", day=after.as_of_on)),
            (cost(told), capabilities(told)),
            key=key(told),
        ),
        Section(
            "slips",
            say("replay-section-slips"),
            idle(told),
            (
                FigurePlace("replay-coverage"),
                FigurePlace("replay-gantt"),
                slips(told),
                *orders(told),
            ),
        ),
        Section("repair", say("replay-section-repair"), repaired(told), (trade_off(told),)),
        Section("rows", say("replay-section-rows"), (), (rows_written(told),)),
        Section(
            "check",
            say("replay-section-check"),
            (sentences.verified(after, words),),
            (Commands(("konbit verify plan dossier", "konbit plan dossier")),),
        ),
    )
    status = (
        (say("label-as-of"), words.day(after.as_of_on)),
        (say("label-scenario"), after.scenario_title or after.scenario or say("scenario-none")),
        (
            say("label-months"),
            say(
                "month-span",
                first=words.month_short(after.first_month),
                last=words.month_short(after.until_month + -1),
            ),
        ),
        (say("label-currency"), after.currency),
        (say("label-dossier"), after.dossier_digest[:16]),
        (say("label-plan"), after.digest[:16]),
    )
    return Page(
        words.language,
        say("replay-title", title=after.title),
        say("replay-subtitle", day=after.as_of_on),
        status,
        sections,
        replay.shocked.mission.disclaimer,
    )
