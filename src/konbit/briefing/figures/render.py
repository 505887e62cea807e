"""Pictures of figures, without a browser, a network or a font on the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import vl_convert

from konbit.briefing.figures.theme import FONT, PAPER, TEXT_SIZE

if TYPE_CHECKING:
    from konbit.briefing.figures.figure import Figure, Spec

VEGA_LITE_VERSION = "5.20"
_FONT = (f' font-family="{FONT}"', f' font-size="{TEXT_SIZE}px"')


def svg(figure: Figure, *, titled: bool = False) -> str:
    """The figure as SVG on a transparent ground, text as text.

    Args:
        figure: what to draw.
        titled: whether the title stands in the picture, as it must where nothing surrounds it.
    """
    return _drawn(figure.titled_spec if titled else figure.spec)


def png(figure: Figure, scale: int = 2, *, titled: bool = False) -> bytes:
    """The figure as PNG on white, set in the renderer's own Liberation Sans.

    Args:
        figure: what to draw.
        scale: dots to a pixel: 2 for screens, 4 for print.
        titled: as for `svg`.
    """
    spec = figure.titled_spec if titled else figure.spec
    on_white = {**spec, "config": {**spec["config"], "background": PAPER}}
    return vl_convert.svg_to_png(_drawn(on_white), scale=scale)


def _drawn(spec: Spec) -> str:
    # No address is allowed: a figure carries its data and asks nobody.
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE_VERSION, allowed_base_urls=[])
    # The font is said once for the whole picture instead of once for each text.
    for said in _FONT:
        drawn = drawn.replace(said, "")
    return drawn.replace("<svg", f"<svg{''.join(_FONT)}", 1)
