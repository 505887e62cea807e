"""The same drawing in fewer bytes: what neighbours have in common is said once, nothing is lost."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# What a group may say for all that is in it. Opacity is no such thing: a group fades as a whole.
_INHERITED = (
    "fill", "fill-opacity", "font-family", "font-size", "font-style", "font-weight", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "text-anchor",
)  # fmt: skip
_SAYS_NOTHING = {("transform", "translate(0,0)"), ("opacity", "1")}
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_LINE = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+)+Z?")
_POINT = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)|Z")
_PLACES = frozenset({"d", "transform", "x", "x1", "x2", "y", "y1", "y2"})
_LONG = re.compile(r"\d+\.\d{4,}")  # further digits are less than a thousandth of a pixel
_FEWEST = 3  # neighbours for which a group of their own is worth its bytes


def slim(drawn: str) -> str:
    """A drawing with the same picture.

    Args:
        drawn: an SVG document.
    """
    root = Tree.fromstring(drawn)  # noqa: S314 - drawn by this program, from no document
    for element in root.iter():
        _shorten(element)
    _drop(root)
    _gather(root)
    Tree.register_namespace("", SVG)
    Tree.register_namespace("xlink", XLINK)
    return Tree.tostring(root, encoding="unicode", short_empty_elements=True).replace(" />", "/>")


def _shorten(element: Tree.Element) -> None:
    """Attributes that say nothing go; texts are placed, lines are drawn, in fewer letters."""
    for name, value in list(element.items()):
        if (name, value) in _SAYS_NOTHING:
            del element.attrib[name]
    for name in _PLACES & element.attrib.keys():
        element.set(name, _LONG.sub(lambda n: f"{Decimal(n[0]):.3f}", element.attrib[name]))
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if _tag(element) == "text" and moved and "x" not in element.attrib and not len(element):
        del element.attrib["transform"]
        element.set("x", moved[1])
        element.set("y", moved[2])
    line = element.get("d", "")
    if _LINE.fullmatch(line):
        element.set("d", "".join(_strokes(line)))


def _strokes(line: str) -> Iterator[str]:
    """Strokes along one axis name the other no more; strokes that go nowhere are none.

    A stroke that ends a dot, as one of a line of one point, is kept: its cap is seen.
    """
    x = y = ""
    for place, found in enumerate(_POINT.finditer(line)):
        letter, new_x, new_y = found.groups()
        if letter is None:
            yield "Z"
        elif letter == "M" or (new_x != x and new_y != y) or place == 1:
            yield f"{letter}{new_x},{new_y}"
        elif new_x != x:
            yield f"H{new_x}"
        elif new_y != y:
            yield f"V{new_y}"
        x, y = new_x or x, new_y or y


def _drop(element: Tree.Element) -> None:
    """Take out what is not shown, and groups of nothing."""
    for child in list(element):
        _drop(child)
        is_hidden = child.get("display") == "none"
        is_empty = _tag(child) == "g" and not len(child) and not (child.text or "").strip()
        if is_hidden or is_empty:
            element.remove(child)


def _gather(element: Tree.Element) -> None:
    """Say for a run of neighbours once what all of them say; clips hold shapes, and no groups."""
    if _tag(element) not in {"svg", "g"}:
        return
    children = []
    for said, run in groupby(element, _inherited):
        neighbours = list(run)
        if said and len(neighbours) >= _FEWEST and len(neighbours) < len(element):
            children.append(_group(neighbours, said))
        else:
            children += neighbours
    for child in list(element):
        element.remove(child)
    element.extend(children)
    for child in children:
        _gather(child)
    _lift(element)


def _lift(element: Tree.Element) -> None:
    """What all children of a group say, the group says, unless it says it for itself."""
    if _tag(element) != "g" or len(element) < _FEWEST:
        return
    common = set.intersection(*(set(_inherited(child)) for child in element))
    for name, value in sorted(common):
        element.set(name, value)
        for child in element:
            del child.attrib[name]


def _group(neighbours: list[Tree.Element], said: tuple[tuple[str, str], ...]) -> Tree.Element:
    group = Tree.Element(f"{{{SVG}}}g", dict(said))
    group.extend(neighbours)
    for child in neighbours:
        for name, _ in said:
            del child.attrib[name]
    return group


def _inherited(element: Tree.Element) -> tuple[tuple[str, str], ...]:
    given: Mapping[str, str] = element.attrib
    return tuple((name, given[name]) for name in _INHERITED if name in given)


def _tag(element: Tree.Element) -> str:
    return element.tag.rpartition("}")[2]
