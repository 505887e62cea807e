"""Layers whose places are pixels from the top left, for figures that lay themselves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.briefing.figures.theme import PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

_STYLES = tuple((align, bold) for align in ("left", "center", "right") for bold in (False, True))


def pixels(field: str) -> dict[str, Any]:
    """An encoding that takes a field as a place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def placed_text(
    text: str, x: int, y: int, color: str, *, align: str = "left", bold: bool = False
) -> dict[str, Any]:
    """One text for `texts_layers`, its middle at height `y`."""
    return {"text": text, "x": x, "y": y, "align": align, "bold": bold, "color": color}


def texts_layers(texts: Sequence[dict[str, Any]], *, halo: bool = False) -> list[dict[str, Any]]:
    """Texts made with `placed_text`; a halo keeps what is drawn behind them away."""
    layers: list[dict[str, Any]] = []
    for align, bold in _STYLES:
        values = [text for text in texts if (text["align"], text["bold"]) == (align, bold)]
        if not values:
            continue
        mark = {
            "type": "text",
            "align": align,
            "baseline": "middle",
            "fontWeight": "bold" if bold else "normal",
        }
        layer: dict[str, Any] = {
            "data": {"values": values},
            "encoding": {
                "x": pixels("x"),
                "y": pixels("y"),
                "text": {"field": "text"},
            },
        }
        if halo:
            layers.append({**layer, "mark": {**mark, "color": PAPER, "stroke": PAPER,
                                             "strokeWidth": 3, "strokeJoin": "round"}})  # fmt: skip
        color = {"color": {"field": "color", "type": "nominal", "scale": None}}
        layers.append({**layer, "mark": mark, "encoding": {**layer["encoding"], **color}})
    return layers


def rules(name: str, values: Sequence[dict[str, Any]], **mark: Any) -> list[dict[str, Any]]:
    """Straight lines from (x, y) to (x2, y2); no layer for none."""
    return _spans(name, values, {"type": "rule", **mark})


def boxes(name: str, values: Sequence[dict[str, Any]], **mark: Any) -> list[dict[str, Any]]:
    """Rectangles from (x, y) to (x2, y2), filled with their `color`; no layer for none."""
    layers = _spans(name, values, {"type": "rect", **mark})
    for layer in layers:
        layer["encoding"]["fill"] = {"field": "color", "type": "nominal", "scale": None}
    return layers


def _spans(
    name: str, values: Sequence[dict[str, Any]], mark: dict[str, Any]
) -> list[dict[str, Any]]:
    if not values:
        return []
    encoding = {"x": pixels("x"), "y": pixels("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    layer = {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}
    return [{"name": name, **layer} if name else layer]
