"""A coarse map: what is required in each region, and how many people are there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.empty import empty_figure
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.labels import text_width, wrapped
from konbit.briefing.figures.outlines import Projection, area_of, feature_of, shape_of
from konbit.briefing.figures.pixels import pixels, placed_text, texts_layers
from konbit.briefing.figures.regions import COARSE, Region, regions_in
from konbit.briefing.figures.theme import ACCENT, INK, LINE, MUTED, NARROW, PAPER, WIDE, view
from konbit.dossier.tables.mandate import Mission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.figures.words import Words
    from konbit.dossier.dossier import Dossier
    from konbit.dossier.plan import Plan
    from konbit.terms import Month

NAME = "mission-map"
_NUMERIC = (False, True, True, True)
_LINE = 14
# From no need to the greatest, by quarters of it; INK reads on all.
_NEED_FILLS = ("#ffffff", "#f1f1f1", "#dedede", "#c9c9c9", "#b3b3b3")

# Largest circle and free margin, in pixels, on a phone and else.
_LARGEST = {True: 15, False: 24}
_MARGIN = {True: 24, False: 34}

Box = tuple[int, int, int, int]


def mission_map(
    plan: Plan, dossier: Dossier, month: Month | str, words: Words, *, width_px: int = WIDE
) -> Figure:
    """Regions shaded by the people required; a ring as large as the need, a disc as the strength.

    Nothing finer than a region is shown and strength is rounded to fifty, so that the map endangers
    nobody. The mission's disclaimer stands under it. Regions without outline are shown by ring and
    disc alone; what has no place at all stands in the table.

    Args:
        plan: whose need and strength are shown.
        dossier: for regions, sites and the disclaimer.
        month: the month shown.
        words: the reader's language.
        width_px: of the picture, in pixels.
    """
    title = words.say("figure-mission-map-title", month=words.month(month))
    columns = tuple(
        words.say(f"figure-column-{name}") for name in ("region", "required", "present", "met")
    )
    regions = regions_in(plan, dossier, str(month))
    placed = [region for region in regions if region.middle is not None]
    if not placed:
        return empty_figure(NAME, title, columns, _NUMERIC, words, width_px)
    required = sum(region.required_persons for region in regions)
    present = sum(region.strength_persons for region in regions)
    return Figure(
        name=NAME,
        title=title,
        spec=_spec(placed, _disclaimer(dossier), words, width_px),
        table=FigureTable(
            columns, tuple(_table_row(region, words) for region in regions), _NUMERIC
        ),
        alt=words.say(
            "figure-mission-map-alt",
            month=words.month(month),
            required=words.number(required),
            present=words.number(present),
            regions=words.number(sum(r.required_persons > 0 for r in regions if r.code)),
        ),
    )


def _disclaimer(dossier: Dossier) -> str:
    return " ".join(mission.disclaimer for mission in dossier.rows(Mission)).strip()


def _table_row(region: Region, words: Words) -> tuple[str | int | None, ...]:
    return (
        region.title or words.say("figure-elsewhere"),
        region.required_persons,
        _strength(region, words),
        words.share(region.met.share // 100 * 100) if region.met.weight else None,
    )


def _strength(region: Region, words: Words) -> str:
    if region.is_few:
        return words.say("figure-mission-map-few", number=words.number(COARSE // 2))
    return words.number(region.strength_persons)


def _spec(
    regions: Sequence[Region], disclaimer: str, words: Words, width_px: int
) -> dict[str, Any]:
    width = width_px - 8
    largest, margin = _LARGEST[width_px < NARROW], _MARGIN[width_px < NARROW]
    points = [p for r in regions for p in (*(p for ring in r.rings for p in ring), r.middle) if p]
    shape = min(max(shape_of(points), 0.5), 1.1)
    height = min(round((width - 2 * margin) * shape) + 2 * margin, 460)
    projection = Projection.fitting(points, width, height, margin)
    most = max(max(r.required_persons, r.strength_persons) for r in regions)
    discs = [_disc(region, projection, most, largest) for region in regions]
    labels = _labels(regions, discs, words, (0, 0, width, height))
    small = [
        *wrapped(words.say("figure-mission-map-key", number=words.number(COARSE)), width),
        *(wrapped(disclaimer, width) if disclaimer else ()),
    ]
    labels += [
        placed_text(line, 0, height + 10 + _LINE * at, MUTED) for at, line in enumerate(small)
    ]
    layers = [
        *_ground(regions, projection, most),
        *_circles("strength", discs, filled=True, color=ACCENT),
        *_circles("required", discs, name="casing", filled=False, color=PAPER, strokeWidth=3.5),
        *_circles("required", discs, filled=False, color=INK, strokeWidth=1.5),
        *texts_layers(labels, halo=True),
    ]
    return view(
        layers, width=width_px, height=height, left=4, right=4, top=4, bottom=_LINE * len(small) + 8
    )


def _ground(regions: Sequence[Region], projection: Projection, most: int) -> list[dict[str, Any]]:
    """The regions, largest first, so that one that lies inside another is drawn over it."""
    outlined = sorted(
        (region for region in regions if region.rings),
        key=lambda r: -max(abs(area_of(ring)) for ring in r.rings),
    )
    if not outlined:
        return []
    features = [
        feature_of(
            region.rings,
            {"code": region.code, "name": region.title, "required": region.required_persons,
             "color": _NEED_FILLS[-(-region.required_persons * 4 // max(most, 1))]},
        )
        for region in outlined
    ]  # fmt: skip
    return [
        {
            "name": "regions",
            "data": {"values": features},
            "projection": projection.spec,
            "mark": {"type": "geoshape", "clip": False, "stroke": LINE, "strokeWidth": 1},
            "encoding": {"fill": {"field": "properties.color", "type": "nominal", "scale": None}},
        }
    ]


def _disc(region: Region, projection: Projection, most: int, largest: int) -> dict[str, Any]:
    """Where a region's ring and disc stand, and their areas in square pixels."""
    assert region.middle is not None  # noqa: S101 - only regions with a place are drawn
    x, y = projection.place(region.middle)
    return {
        "name": region.title,
        "x": x,
        "y": y,
        "required": _area(region.required_persons, most, largest),
        "strength": _area(region.strength_persons, most, largest),
    }


def _area(persons: int, most: int, largest: int) -> int:
    return persons * (2 * largest) ** 2 // max(most, 1)


def _circles(
    field: str, discs: Sequence[dict[str, Any]], *, name: str = "", **mark: Any
) -> list[dict[str, Any]]:
    values = [disc for disc in discs if disc[field]]
    if not values:
        return []
    size = {"field": field, "type": "quantitative", "scale": None}
    return [
        {
            "name": name or field,
            "data": {"values": values},
            "mark": {"type": "point", "shape": "circle", "opacity": 1, **mark},
            "encoding": {"x": pixels("x"), "y": pixels("y"), "size": size},
        }
    ]


def _labels(
    regions: Sequence[Region], discs: Sequence[dict[str, Any]], words: Words, frame: Box
) -> list[dict[str, Any]]:
    """Names with numbers under, over or beside their circles; left out where there is no room.

    The regions with most need choose first.
    """
    taken = [_circle_box(disc) for disc in discs if disc["required"] or disc["strength"]]
    texts: list[dict[str, Any]] = []
    order = sorted(zip(regions, discs, strict=True), key=lambda pair: -pair[0].required_persons)
    for region, disc in order:
        lines = [region.title]
        if region.required_persons or region.strength_persons or region.is_few:
            lines.append(
                words.say(
                    "figure-mission-map-label",
                    present=_strength(region, words),
                    required=words.number(region.required_persons),
                )
            )
        half = max(text_width(line, bold=at == 0) for at, line in enumerate(lines)) // 2
        for x, y in _choices(disc, half, len(lines)):
            box = (x - half, y, x + half, y + _LINE * len(lines))
            if _inside(box, frame) and not any(_touch(box, other) for other in taken):
                taken.append(box)
                texts += [
                    placed_text(line, x, y + _LINE * at + _LINE // 2, INK, align="center",
                                bold=at == 0 and len(lines) > 1)
                    for at, line in enumerate(lines)
                ]  # fmt: skip
                break
    return texts


def _circle_box(disc: dict[str, Any]) -> Box:
    radius = _radius(disc)
    return (disc["x"] - radius, disc["y"] - radius, disc["x"] + radius, disc["y"] + radius)


def _radius(disc: dict[str, Any]) -> int:
    return math.isqrt(max(disc["required"], disc["strength"])) // 2


def _choices(disc: dict[str, Any], half: int, lines: int) -> list[tuple[int, int]]:
    """Middle and top of a label: under, over, right and left of the circle."""
    x, y, radius = disc["x"], disc["y"], _radius(disc)
    high = _LINE * lines
    return [
        (x, y + radius + 3),
        (x, y - radius - 3 - high),
        (x + radius + 5 + half, y - high // 2),
        (x - radius - 5 - half, y - high // 2),
    ]


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


__all__ = ["mission_map"]
