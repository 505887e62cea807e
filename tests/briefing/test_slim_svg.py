"""A slimmed drawing shows the same shapes and texts, painted the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

import pytest

from every_figure import every_figure
from konbit.briefing import Words
from konbit.briefing.figures import render
from konbit.briefing.slim_svg import slim

if TYPE_CHECKING:
    from collections.abc import Iterator

PAINT = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-weight", "text-anchor",
         "fill-opacity", "stroke-linejoin", "font-size")  # fmt: skip
SHAPES = {"path", "text", "line", "rect", "circle", "image"}
Shown = tuple[str, str, tuple[tuple[str, str], ...], float]

FIGURES = {
    f"{name}-{width}": figure
    for width in (760, 360)
    for name, figure in every_figure(Words("fr"), width).items()
}


def read(drawn: str) -> Tree.Element:
    return Tree.fromstring(drawn)  # noqa: S314 - drawn by this program


def shown(
    element: Tree.Element, said: dict[str, str] | None = None, faded: float = 1.0
) -> Iterator[Shown]:
    """What is seen, in order: kind, text, paint with what groups say for it, and opacity."""
    if element.get("display") == "none":
        return
    own = {**(said or {}), **{n: v for n, v in element.attrib.items() if n in PAINT}}
    faded *= float(element.get("opacity", "1"))
    tag = element.tag.rpartition("}")[2]
    if tag in SHAPES:
        yield tag, "".join(element.itertext()), tuple(sorted(own.items())), faded
    for child in element:
        yield from shown(child, own, faded)


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_same_is_seen_in_fewer_bytes(name: str) -> None:
    drawn = render.svg(FIGURES[name])
    slimmed = slim(drawn)
    assert list(shown(read(slimmed))) == list(shown(read(drawn)))
    assert len(slimmed) < 0.95 * len(drawn)
    assert slim(slimmed) == slimmed
    for clip in read(slimmed).iter("{http://www.w3.org/2000/svg}clipPath"):
        assert not [child for child in clip if child.tag.endswith("}g")]


def ends(line: str) -> list[tuple[float, float]]:
    """The corners of a line in absolute strokes."""
    x = y = 0.0
    found: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MLHVZ])([^MLHVZ]*)", line):
        given = [float(n) for n in numbers.split(",") if n]
        x = given[0] if letter in "MLH" else x
        y = given[-1] if letter in "MLV" else y
        if letter != "Z" and (not found or found[-1] != (x, y)):
            found.append((x, y))
    return found


@pytest.mark.parametrize(
    "line",
    ["M0,1L5,1L5,1L5,9", "M0,0L0,0", "M0,0L4.5,-2L4.5,3L0,3Z", "M1,1L2,1M3,3L3,4L9,9"],
)
def test_lines_keep_their_corners(line: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{line}"/></svg>'
    (path,) = read(slim(svg))
    assert ends(path.attrib["d"]) == ends(line)
    assert len(path.attrib["d"]) <= len(line)


def test_a_text_of_several_lines_stays_where_it_is() -> None:
    """Its lines say where they begin, from the place of the text."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><text transform="translate(9,5)">'
        '<tspan>Jan</tspan><tspan x="0" dy="13">2026</tspan></text></svg>'
    )
    assert 'transform="translate(9,5)"' in slim(svg)
