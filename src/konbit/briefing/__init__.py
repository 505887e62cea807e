"""Briefing: a plan in sentences, tables and figures, as HTML, PDF, Word, Excel and one screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from konbit.briefing.as_comparison import comparison_screen
    from konbit.briefing.as_difference import difference_html, difference_screen
    from konbit.briefing.as_futures import futures_html, futures_screen
    from konbit.briefing.as_html import brief_html
    from konbit.briefing.as_pdf import brief_pdf, page_pdf
    from konbit.briefing.as_replay import replay_html, replay_screen
    from konbit.briefing.as_screen import screen
    from konbit.briefing.as_word import page_docx
    from konbit.briefing.as_workbook import plan_workbook
    from konbit.briefing.tables import frame
    from konbit.briefing.words import Words

__all__ = [
    "Words",
    "brief_html",
    "brief_pdf",
    "comparison_screen",
    "difference_html",
    "difference_screen",
    "frame",
    "futures_html",
    "futures_screen",
    "page_docx",
    "page_pdf",
    "plan_workbook",
    "replay_html",
    "replay_screen",
    "screen",
]

# Fetched when first used: words are wanted at once, a PDF's or a workbook's maker often never.
# No module has the name of what it exports, or an import of the module would hide the function.
_HOMES = {
    "Words": "words",
    "brief_html": "as_html",
    "brief_pdf": "as_pdf",
    "comparison_screen": "as_comparison",
    "difference_html": "as_difference",
    "difference_screen": "as_difference",
    "frame": "tables",
    "futures_html": "as_futures",
    "futures_screen": "as_futures",
    "page_docx": "as_word",
    "page_pdf": "as_pdf",
    "plan_workbook": "as_workbook",
    "replay_html": "as_replay",
    "replay_screen": "as_replay",
    "screen": "as_screen",
}


def __getattr__(name: str) -> Any:
    """The exported function or class of this name, from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
