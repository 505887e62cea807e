"""Who relieves whom: the contingents of units with a tour, over the months of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import shortened, text_width, widest
from konbit.briefing.figures.names import site_title, title_of
from konbit.briefing.figures.pixels import boxes, placed_text, rules, texts_layers
from konbit.briefing.figures.theme import ACCENT, GRID, INK, LINE, NARROW, PALE, WIDE, view
from konbit.briefing.figures.timeline import LABEL_HEIGHT, Timeline
from konbit.dossier.tables.pledge import Offer
from konbit.terms import Month, months_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Contingent, Plan

NAME = "rotation"
MOST_LANES = 40
"""With more lanes than these only the units that are relieved in the plan are drawn."""

_NUMERIC = (False, False, False, False, False, False, True, True)
_COLUMNS = ("unit-relieved", "site", "kind", "arrived", "due", "gone", "contingents", "people")
_BAR = 8
_LANE = 22
_HEAD = 18


@dataclass(slots=True)
class _Lane:
    """Contingents one after the other, as months from the plan's first: from, until, relief."""

    spans: list[tuple[int, int, bool]] = field(default_factory=list)
    most: int = 0


def rotation(plan: Plan, dossier: Dossier, words: Words, width_px: int = WIDE) -> Figure:
    """Contingents as bars, in turn in the upper and the lower half of their lane.

    Where both halves are filled two contingents are there, where neither is, a place is kept. A
    stroke across the lane is a relief arriving.

    Args:
        plan: whose contingents are shown.
        dossier: for titles, overlaps and gaps.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-rotation-title")
    columns = tuple(words.say(f"figure-column-{name}") for name in _COLUMNS)
    of_units = _of_units(plan, dossier)
    if not of_units:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    if sum(len(lanes) for _, lanes in of_units) > MOST_LANES:
        of_units = [found for found in of_units if _is_relieved(found[1])] or of_units
    groups = _of_offers(of_units)
    names = [_name(offer, site, dossier) for (offer, site), _ in groups]
    drawing = _Drawing(plan, names, width_px)
    for name, (_, lanes) in zip(names, groups, strict=True):
        drawing.unit(name, lanes)
    reliefs = [row for row in plan.contingents if row.kind == "relief"]
    return Figure(
        name=NAME,
        title=title,
        spec=drawing.spec(words),
        table=FigureTable(
            columns,
            tuple(_table_row(row, dossier, words) for row in plan.contingents),
            _NUMERIC,
        ),
        alt=words.say(
            "figure-rotation-alt",
            units=words.number(len({row.unit for row in plan.contingents})),
            number=words.number(sum(row.contingents for row in reliefs)),
            people=words.number(sum(row.strength_persons for row in reliefs)),
        ),
    )


def _of_units(plan: Plan, dossier: Dossier) -> list[tuple[tuple[str, str], list[_Lane]]]:
    """Lanes by unit and site: a relief goes on where the one that it relieves was.

    Who is gone before the first month has nothing to be drawn.
    """
    offers = dossier.by_code(Offer)
    found: dict[tuple[str, str], list[_Lane]] = {}
    for row in sorted(plan.contingents, key=lambda r: (r.arrived, r.kind != "there", r.key)):
        first = Month.parse(row.arrived) - plan.first_month
        last = Month.parse(row.until) if row.until else plan.until_month
        offer = offers.get(row.offer)
        overlap = (offer.overlap_months or 0) if offer else 0
        # Units already there may move: their reliefs go on in one group wherever they land.
        site = row.unit.partition("@")[2] or row.site
        lanes = found.setdefault((row.unit, site), [])
        ended = [lane for lane in lanes if lane.spans[-1][1] <= first + overlap]
        if row.kind == "relief" and ended:
            lane = max(ended, key=lambda lane: lane.spans[-1][1])
        else:
            lane = _Lane()
            lanes.append(lane)
        lane.spans.append((first, last - plan.first_month, row.kind == "relief"))
        lane.most = max(lane.most, row.contingents)
    seen = {
        at: [lane for lane in lanes if any(until > 0 for _, until, _ in lane.spans)]
        for at, lanes in found.items()
    }
    return sorted(((at, lanes) for at, lanes in seen.items() if lanes), key=lambda one: one[0])


def _of_offers(
    of_units: Sequence[tuple[tuple[str, str], list[_Lane]]],
) -> list[tuple[tuple[str, str], list[_Lane]]]:
    """Lanes by offer and site: units already there, and then those that come."""
    found: dict[tuple[str, str], list[_Lane]] = {}
    for (unit, site), lanes in sorted(of_units, key=lambda one: "@" not in one[0][0]):
        found.setdefault((unit.partition("@")[0], site), []).extend(lanes)
    return sorted(found.items())


def _is_relieved(lanes: Sequence[_Lane]) -> bool:
    return any(is_relief for lane in lanes for _, _, is_relief in lane.spans)


def _name(offer: str, site: str, dossier: Dossier) -> str:
    return f"{title_of(dossier, Offer, offer)}, {site_title(dossier, site)}"


def _fitted(name: str, room: int) -> str:
    """A unit and its site; where room is short something of both is left."""
    if text_width(name) <= room:
        return name
    title, _, site = name.rpartition(", ")
    site = shortened(site, room * 2 // 5)
    return f"{shortened(title, room - text_width(f', {site}'))}, {site}"


def _table_row(row: Contingent, dossier: Dossier, words: Words) -> tuple[str | int | None, ...]:
    return (
        title_of(dossier, Offer, row.offer),
        site_title(dossier, row.site),
        words.say(f"figure-rotation-{row.kind}"),
        words.month(row.arrived),
        words.month(row.due),
        words.month(row.until) if row.until else None,
        row.contingents,
        row.strength_persons,
    )


class _Drawing:
    """Collects lanes from the top. On a phone names stand over their lanes, else to their left."""

    def __init__(self, plan: Plan, names: Sequence[str], width_px: int) -> None:
        months = months_between(plan.first_month, plan.until_month)
        self._narrow = width_px < NARROW
        self._width_px = width_px
        room = width_px * 44 // 100
        self._left = 4 if self._narrow else min(room, widest(names) + 12)
        self._right = widest(["× 000"], bold=True) + 12
        self._timeline = Timeline(tuple(months), 0, width_px - self._left - self._right)
        self._y = 0
        self._first: list[dict[str, Any]] = []
        self._reliefs: list[dict[str, Any]] = []
        self._marks: list[dict[str, Any]] = []
        self._kept: list[dict[str, Any]] = []
        self._texts: list[dict[str, Any]] = []

    def unit(self, name: str, lanes: Sequence[_Lane]) -> None:
        """The lanes of one unit under, or beside, its name."""
        if self._narrow:
            told = _fitted(name, self._width_px - 8)
            self._texts.append(placed_text(told, 0, self._y + _HEAD // 2, INK))
            self._y += _HEAD
        else:
            told = _fitted(name, self._left - 12)
            self._texts.append(placed_text(told, -8, self._y + _LANE // 2, INK, align="right"))
        for lane in lanes:
            self._lane(name, lane)

    def _lane(self, name: str, lane: _Lane) -> None:
        top, middle = self._y + 2, self._y + 2 + _BAR + 1
        last = len(self._timeline.months)
        gone = None
        for turn, (first, until, is_relief) in enumerate(lane.spans):
            y = middle if turn % 2 else top
            start, end = max(first, 0), min(until, last)
            place = {"name": name, "x": self._timeline.at(start), "x2": self._timeline.at(end)}
            bar = {**place, "y": y, "y2": y + _BAR, "color": ACCENT if is_relief else PALE}
            if end > start:
                (self._reliefs if is_relief else self._first).append(bar)
            if is_relief:
                x = self._timeline.at(start)
                self._marks.append({"x": x, "x2": x, "y": top - 1, "y2": middle + _BAR + 1})
                if gone is not None and gone < first:
                    kept = {"x": self._timeline.at(max(gone, 0)), "x2": x}
                    self._kept.append({**kept, "y": middle - 1, "y2": middle - 1})
            gone = until
        if lane.most > 1:
            end = self._timeline.width + 6
            self._texts.append(placed_text(f"× {lane.most}", end, middle, INK, bold=True))
        self._y += _LANE

    def spec(self, words: Words) -> dict[str, Any]:
        """Everything laid out, as a specification."""
        height = self._y + 6
        ticks, texts = self._timeline.labels(height, words)
        grid = [{**tick, "y": 0, "y2": height} for tick in ticks]
        layers = [
            *rules("grid", grid, color=GRID),
            *boxes("first", self._first, stroke=LINE, strokeWidth=0.75),
            *boxes("reliefs", self._reliefs),
            *rules("kept", self._kept, color=LINE, strokeDash=[2, 3]),
            *rules("relieved", self._marks, color=INK, strokeWidth=2),
            *rules("ticks", ticks, color=LINE),
            *texts_layers([*self._texts, *texts], halo=True),
        ]
        return view(layers, width=self._width_px, height=height, left=self._left,
                    right=self._right, top=4, bottom=LABEL_HEIGHT)  # fmt: skip
