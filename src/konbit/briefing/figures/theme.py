"""One look for every figure: a single accent colour and greys, for screen and for grey print.

Text has at least 4.5:1 contrast on what it stands on, lines that carry meaning at least 3:1
(WCAG 2.2, 1.4.3 and 1.4.11). Liberation Sans travels with the renderer; Arial and Helvetica have
the same widths, so that pages that fall back to them keep their layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
TEXT_SIZE = 11
TITLE_SIZE = 14

ACCENT = "#0b5e8e"
ACCENT_PALE = "#c4dbe8"
INK = "#1f1f1f"
MUTED = "#5c5c5c"
LINE = "#858585"
GRID = "#e4e4e4"
PALE = "#e9e9e9"
PAPER = "#ffffff"

# Five steps from none to all of a share, and the text colour that reads on each.
SHARE_LIMITS = (1, 2_500, 5_000, 7_500, 10_000)
SHARE_FILLS = ("#ffffff", "#e6eff5", "#bfd7e6", "#93bad3", "#2b719f", "#0a456b")
SHARE_INKS = (INK, INK, INK, INK, PAPER, PAPER)

WIDE = 760
NARROW = 560
"""Below this width a figure is laid out for a phone."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def config() -> dict[str, Any]:
    """The configuration that every specification carries."""
    return {
        "background": "transparent",
        # Who does not see the drawing reads its sentence and its table, not each of its marks.
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "text": {"fontSize": TEXT_SIZE, "color": INK},
        "axis": {
            "domain": False,
            "grid": False,
            "gridColor": GRID,
            "labelColor": MUTED,
            "labelFontSize": TEXT_SIZE,
            "labelOverlap": False,
            "tickColor": LINE,
            "tickSize": 4,
            "title": None,
        },
    }


def view(
    layers: Sequence[Mapping[str, Any]],
    *,
    width: int,
    height: int,
    left: int,
    right: int,
    top: int,
    bottom: int,
    **more: Any,
) -> dict[str, Any]:
    """A specification of one layered view whose picture is exactly as large as asked for.

    Args:
        layers: what is drawn, in order.
        width: of the whole picture, in pixels.
        height: of the plotting area, in pixels.
        left: room left of the plotting area, in pixels.
        right: room right of it.
        top: room over it.
        bottom: room under it, for the labels of the axis.
        more: further top-level properties.
    """
    return {
        "$schema": SCHEMA,
        "config": config(),
        "usermeta": {"width_px": width},
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": right, "top": top, "bottom": bottom},
        "width": width - left - right,
        "height": height,
        "layer": list(layers),
        **more,
    }
