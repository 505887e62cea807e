"""A figure of nothing: said in words, so that a reader knows that nothing is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.briefing.figures.axes import note
from konbit.briefing.figures.figure import Figure, FigureTable
from konbit.briefing.figures.theme import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.briefing.figures.words import Words


def empty_figure(
    name: str,
    title: str,
    columns: Sequence[str],
    numeric: Sequence[bool],
    words: Words,
    width_px: int,
) -> Figure:
    """The figure `name` of a plan that has no rows for it."""
    sentence = words.say("figure-empty")
    return Figure(
        name=name,
        title=title,
        spec=view(
            [note(sentence, x=0, y=14)],
            width=width_px, height=24, left=4, right=4, top=4, bottom=4,
        ),
        table=FigureTable(tuple(columns), (), tuple(numeric)),
        alt=sentence,
    )  # fmt: skip
