"""Outlines of regions, and how they are laid on a plane."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[float, float]


def rings_of(outline: str) -> tuple[tuple[Point, ...], ...]:
    """The rings of an outline `lon lat, lon lat; lon lat, ...`, closed.

    What cannot be read as a place, and rings of fewer than three places, are left out.
    """
    rings = []
    for text in outline.split(";"):
        points = [point for pair in text.split(",") if (point := _point(pair)) is not None]
        if len(points) >= 3:
            closed = points if points[0] == points[-1] else [*points, points[0]]
            rings.append(tuple(closed))
    return tuple(rings)


def _point(pair: str) -> Point | None:
    numbers = pair.split()
    try:
        longitude, latitude = (float(number) for number in numbers)
    except ValueError:
        return None
    inside = abs(longitude) <= 180 and abs(latitude) <= 85
    return (longitude, latitude) if inside else None


def area_of(ring: tuple[Point, ...]) -> float:
    """Twice the signed area of a closed ring in square degrees; positive when anticlockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def feature_of(rings: tuple[tuple[Point, ...], ...], properties: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature. Each ring is a part of its own, clockwise, as the renderer wants them."""
    parts = [[list(map(list, ring if area_of(ring) < 0 else ring[::-1]))] for ring in rings]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": parts},
    }


def middle_of(rings: tuple[tuple[Point, ...], ...]) -> Point | None:
    """The centre of gravity of the largest ring."""
    if not rings:
        return None
    ring = max(rings, key=lambda r: abs(area_of(r)))
    area = area_of(ring)
    if not area:
        return ring[0]
    x = y = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (3 * area), y / (3 * area)


@dataclass(frozen=True, slots=True)
class Projection:
    """Mercator on a picture: `scale` pixels to a radian, longitude and latitude 0 at (`x`, `y`)."""

    scale: float
    x: float
    y: float

    @classmethod
    def fitting(cls, points: Iterable[Point], width: int, height: int, margin: int) -> Projection:
        """The projection that shows all points, in the middle and as large as they fit."""
        flat = [(math.radians(longitude), _north(latitude)) for longitude, latitude in points]
        west, east = min(x for x, _ in flat), max(x for x, _ in flat)
        south, north = min(y for _, y in flat), max(y for _, y in flat)
        # A single point has no extent: a hundredth of a radian keeps the scale finite.
        scale = min(
            (width - 2 * margin) / max(east - west, 0.01),
            (height - 2 * margin) / max(north - south, 0.01),
        )
        scale = round(scale, 2)
        return cls(
            scale,
            round(width / 2 - scale * (west + east) / 2, 2),
            round(height / 2 + scale * (south + north) / 2, 2),
        )

    def place(self, point: Point) -> tuple[int, int]:
        """Where a longitude and latitude come to lie, in whole pixels."""
        longitude, latitude = point
        return (
            round(self.x + self.scale * math.radians(longitude)),
            round(self.y - self.scale * _north(latitude)),
        )

    @property
    def spec(self) -> dict[str, Any]:
        """The same projection in Vega-Lite's words."""
        return {"type": "mercator", "scale": self.scale, "translate": [self.x, self.y]}


def shape_of(points: Iterable[Point]) -> float:
    """Height by width of the points' extent on the map."""
    flat = [(math.radians(longitude), _north(latitude)) for longitude, latitude in points]
    width = max(x for x, _ in flat) - min(x for x, _ in flat)
    height = max(y for _, y in flat) - min(y for _, y in flat)
    return height / width if width and height else 0.6


def _north(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
