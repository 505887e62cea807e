"""Coverage of the weighted need by month, before and after a shock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import plan_months
from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.panels import Panel, Series, grid_of_panels
from konbit.briefing.figures.theme import ACCENT, ACCENT_PALE, INK, MUTED, NARROW, WIDE
from konbit.dossier.plan import FULL

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.plan import Plan
    from konbit.dossier.replay import Replay

NAME = "replay-coverage"
_NUMERIC = (False, True, True)
_TICKS = (0, 2_500, 5_000, 7_500, FULL)


def replay_coverage(replay: Replay, words: Words, *, width_px: int = WIDE) -> Figure:
    """A dashed line before, a solid one on its area after; months as steps.

    Args:
        replay: whose plans are shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-replay-coverage-title")
    columns = tuple(words.say(f"figure-column-{name}") for name in ("month", "before", "after"))
    before, after = _by_month(replay.before), _by_month(replay.after)
    if not before or not after:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    months = plan_months([*before, *after])
    pairs = [(str(month), before.get(str(month)), after.get(str(month))) for month in months]
    worst = max(pairs, key=lambda pair: (pair[1] or 0) - (pair[2] or 0))

    def series(code: str, values: tuple[int | None, ...], plan: Plan, **style: object) -> Series:
        name = words.say(f"figure-column-{code}")
        legend = words.say("figure-label", name=name, value=_mean(plan, words))
        return Series(code, legend, values, **style)  # type: ignore[arg-type] # fields of Series

    panel = Panel(
        words.say("figure-replay-coverage-name"),
        (
            series(
                "after",
                tuple(pair[2] for pair in pairs),
                replay.after,
                color=ACCENT,
                ink=ACCENT,
                width=2.4,
                fill=ACCENT_PALE,
                bold=True,
            ),
            series(
                "before",
                tuple(pair[1] for pair in pairs),
                replay.before,
                color=INK,
                ink=MUTED,
                width=1.4,
                dash=(5, 3),
            ),
        ),
        {tick: words.share(tick) for tick in _ticks(pairs)},
    )
    return Figure(
        name=NAME,
        title=title,
        spec=grid_of_panels(
            [panel], months, words, width_px, height=150 if width_px < NARROW else 190
        ),
        table=FigureTable(
            columns,
            tuple((words.month(m), _said(b, words), _said(a, words)) for m, b, a in pairs),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-replay-coverage-alt",
            before=_mean(replay.before, words),
            after=_mean(replay.after, words),
            month=words.month(worst[0]),
            worst_before=words.share(worst[1] or 0),
            worst_after=words.share(worst[2] or 0),
        ),
    )


def _mean(plan: Plan, words: Words) -> str:
    """Coverage over all months."""
    return words.share(plan.covered_points * FULL // max(1, plan.needed_points))


def _ticks(pairs: list[tuple[str, int | None, int | None]]) -> tuple[int, ...]:
    """From nothing to the first quarter not below what is shown."""
    most = max((share or 0 for _, *both in pairs for share in both), default=0)
    top = next(tick for tick in _TICKS[1:] if tick >= min(most, FULL))
    return tuple(tick for tick in _TICKS if tick <= top)


def _said(share: int | None, words: Words) -> str:
    return "" if share is None else words.share(share)


def _by_month(plan: Plan) -> dict[str, int]:
    """Weighted coverage of each month, in parts of ten thousand."""
    met: dict[str, int] = {}
    weight: dict[str, int] = {}
    for row in plan.coverage:
        met[row.month] = met.get(row.month, 0) + row.share * row.weight
        weight[row.month] = weight.get(row.month, 0) + row.weight
    return {month: met[month] // weight[month] for month in sorted(met)}
