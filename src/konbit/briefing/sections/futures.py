"""Uncertain futures as a page: what to decide now, what it leads to, who is likely there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.names import Names
from konbit.briefing.page import FigurePlace, Page, Section, Table, cell
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.briefing.page import Cell
    from konbit.briefing.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.futures import Futures, Measure

_WHOLE = ("mean", "worst_tenth", "best_tenth", "known_at_most")
_AGAINST = (
    ("cash", "promise_cash", "mean_cash", "worst_cash", "gain_cash"),
    ("expected", "promise_expected", "mean_expected", "worst_expected", "gain_expected"),
)
MOST_MONTHS = 6
_DOUBTFUL = FULL // 100  # below this share an offer's line says nothing


def futures_page(futures: Futures, dossier: Dossier, words: Words) -> Page:
    """The whole page."""
    return Page(
        language=words.language,
        title=futures.title,
        subtitle=words.say("futures-subtitle", count=len(futures.futures)),
        status=_status(futures, words),
        sections=(
            _told(futures, words),
            Section(
                "decide",
                words.say("futures-decide"),
                (decide_sentence(futures, words),),
                (*decided(futures, dossier, words), who_is_there(futures, dossier, words)),
            ),
            Section(
                "spread",
                words.say("futures-spread"),
                (words.say("futures-spread-lead"),),
                tuple(
                    FigurePlace(name)
                    for name in ("future-coverage", "future-people", "future-cash")
                ),
            ),
            Section(
                "assumptions",
                words.say("futures-footing"),
                (
                    priors_sentence(futures, words),
                    words.say("futures-footing-how"),
                    checked_sentence(futures, words),
                ),
                (chosen_from(futures, words),),
            ),
        ),
    )


def _status(futures: Futures, words: Words) -> tuple[tuple[str, str], ...]:
    last = futures.until_month + -1
    return (
        (words.say("futures-as-of"), words.day(futures.as_of_on)),
        (words.say("futures-scenario"), futures.scenario_title or words.say("scenario-none")),
        (
            words.say("futures-months"),
            words.say(
                "figure-range",
                low=words.month_short(futures.first_month),
                high=words.month_short(last),
            ),
        ),
        (words.say("futures-seed"), words.number(futures.seed)),
        (words.say("futures-dossier"), futures.dossier_digest[:12]),
        (words.say("futures-digest"), futures.digest[:12]),
    )


def _told(futures: Futures, words: Words) -> Section:
    return Section(
        "futures",
        words.say("futures-covers"),
        (earmarks_sentence(futures, words), gap_sentence(futures, words)),
        (against(futures, words), overall(futures, words)),
        key=key_sentence(futures, words),
    )


def key_sentence(futures: Futures, words: Words) -> str:
    """What the plan on cash at hand promises, and what deciding now with futures in view covers."""
    names = ("promise_cash", "mean_cash", "mean", "worst_tenth")
    promised, delivered, mean, worst = (words.share(futures.measure(n).share) for n in names)
    return words.say("futures-key", promised=promised, delivered=delivered, mean=mean, worst=worst)


def earmarks_sentence(futures: Futures, words: Words) -> str:
    """What earmarks cost."""
    cost = futures.measure("earmark_cost")
    if cost.share <= 0:
        return words.say("futures-earmarks-nothing")
    return words.say("futures-earmarks", share=words.share(cost.share))


def gap_sentence(futures: Futures, words: Words) -> str:
    """How far from the best continuation the figures may be."""
    return words.say("futures-gap", share=words.share(futures.measure("gap").share))


def decide_sentence(futures: Futures, words: Words) -> str:
    """Which months are decided, and how many futures undo some of it."""
    undone = sum(row.undone_persons > 0 for row in futures.futures)
    code = "futures-decide-undone" if undone else "futures-decide-kept"
    return words.say(
        code,
        first=words.month_short(futures.first_month),
        last=words.month_short(futures.first_month + (futures.decide_months - 1)),
        undone=undone,
        all=len(futures.futures),
    )


def priors_sentence(futures: Futures, words: Words) -> str:
    """How many priors, how many of them assumed."""
    if not futures.priors:
        return words.say("futures-no-priors")
    return words.say("futures-priors", all=futures.priors, assumed=futures.assumed_priors)


def checked_sentence(futures: Futures, words: Words) -> str:
    """What was recomputed by separate arithmetic, and whether it held."""
    code = "futures-checked" if futures.verified else "futures-broken"
    return words.say(code, count=futures.checked)


def overall(futures: Futures, words: Words) -> Table:
    """Mean, tenths, and the mean with the future known."""
    return Table(
        "futures-overall",
        words.say("futures-overall"),
        (words.say("futures-column-measure"), words.say("figure-column-coverage"),
         words.say("futures-column-interval")),
        (False, True, True),
        tuple(
            (
                cell(words.say(f"futures-measure-{name.replace('_', '-')}")),
                _drawn(row, futures, words),
                _interval(row, futures, words),
            )
            for name in _WHOLE
            for row in [futures.measure(name)]
        ),
    )  # fmt: skip


def _drawn(row: Measure, futures: Futures, words: Words) -> Cell:
    """A figure over futures: as sure as the priors they are drawn from."""
    promised = row.measure.startswith("promise")
    return cell(words.share(row.share), assumed=futures.assumed_priors > 0 and not promised)


def _interval(row: Measure, futures: Futures, words: Words) -> Cell:
    if row.low_points is None or row.high_points is None or not futures.needed_points:
        return cell("")
    low, high = (
        words.share(points * FULL // futures.needed_points)
        for points in (row.low_points, row.high_points)
    )
    return cell(words.say("figure-range", low=low, high=high))


def against(futures: Futures, words: Words) -> Table:
    """What the plans for one future promise, and what their first months lead to."""
    own = ("", "mean", "worst_tenth", "")
    rows = [
        (words.say("futures-plan-chosen"), *(own[i] for i in range(4))),
        *((words.say(f"futures-plan-{name}"), *measures) for name, *measures in _AGAINST),
    ]
    return Table(
        "futures-against",
        words.say("futures-against"),
        tuple(
            words.say(f"futures-column-{name}")
            for name in ("plan", "promises", "mean", "worst", "gain")
        ),
        (False, True, True, True, True),
        tuple(
            (
                cell(title),
                *(
                    _drawn(futures.measure(name), futures, words) if name else cell("")
                    for name in measures
                ),
            )
            for title, *measures in rows
        ),
        note=words.say("futures-against-note"),
    )


def decided(futures: Futures, dossier: Dossier, words: Words) -> tuple[Table, ...]:
    """Who is there, who starts and what is ordered in the months decided now."""
    names = Names(dossier, words)
    months = [str(futures.first_month + t) for t in range(futures.decide_months)]
    lines: dict[tuple[str, str, str], dict[str, int]] = {}
    for row in futures.decisions:
        if row.kind != "start":
            lines.setdefault((row.kind, row.subject, row.site), {})[row.month] = row.units
    rows = tuple(
        (
            cell(_subject(kind, subject, names, words)),
            cell(names.title(site) if site else ""),
            *(cell(words.number(by_month[m]) if m in by_month else "") for m in months),
        )
        for (kind, subject, site), by_month in sorted(lines.items())
    )
    headings = (words.say("futures-column-what"), words.say("figure-column-site"))
    return (
        Table(
            "futures-decided",
            words.say("futures-decided"),
            (*headings, *(words.month_short(m) for m in months)),
            (False, False, *(True for _ in months)),
            rows,
        ),
    )


def _subject(kind: str, subject: str, names: Names, words: Words) -> str:
    if kind == "order":
        return words.say("futures-order", option=names.title(subject))
    return names.offer(subject)


def who_is_there(futures: Futures, dossier: Dossier, words: Words) -> Table:
    """In what share of the futures units of an offer are there, in a few months."""
    names = Names(dossier, words)
    horizon = futures.until_month - futures.first_month
    every = max(1, -(-horizon // MOST_MONTHS))
    shown = [str(futures.first_month + t) for t in range(every - 1, horizon, every)]
    by_offer: dict[str, dict[str, int]] = {}
    for row in futures.units:
        by_offer.setdefault(row.offer, {})[row.month] = row.share
    likely = [
        (offer, shares)
        for offer, shares in sorted(by_offer.items())
        if max(shares.values()) >= _DOUBTFUL
    ]
    return Table(
        "futures-units",
        words.say("futures-units"),
        (words.say("figure-column-offer"), *(words.month_short(m) for m in shown)),
        (False, *(True for _ in shown)),
        tuple(
            (
                cell(names.offer(offer)),
                *(cell(words.share(shares[m] // 100 * 100)) for m in shown),
            )
            for offer, shares in likely
        ),
        note=words.say("futures-units-note"),
    )


def chosen_from(futures: Futures, words: Words) -> Table:
    """The candidates, and how they did on the futures set apart."""

    def share(points: int) -> str:
        return words.share(points * FULL // futures.needed_points if futures.needed_points else 0)

    return Table(
        "futures-candidates",
        words.say("futures-candidates"),
        tuple(words.say(f"futures-column-{n}") for n in ("candidate", "mean", "worst", "whole")),
        (False, True, True, False),
        tuple(
            (
                cell(words.say(f"futures-candidate-{row.name}")),
                cell(share(row.mean_points)),
                cell(share(row.worst_points)),
                cell(words.say("yes" if row.whole else "futures-by-bound")),
            )
            for row in futures.candidates
        ),
        note=words.say("futures-candidates-note"),
    )
