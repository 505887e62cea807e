"""What a row of a dossier states, in the reader's words: its columns and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.dossier import texts_of

if TYPE_CHECKING:
    from konbit.briefing.words import ColumnWords
    from konbit.dossier.columns import Column
    from konbit.dossier.facts import Fact

# What every fact says of itself, shown beside what it states; and outlines, which nobody reads.
_NOT_STATED = frozenset(
    {"source", "source_on", "confidence", "basis", "known_on", "superseded_on", "used",
     "alternative_to", "note", "outline"}
)  # fmt: skip
_AS_WRITTEN = frozenset({"year"})  # numbers whose thousands are not parted


def stated(row: Fact, words: ColumnWords) -> str:
    """Every column that is filled, but those of the key: what it is called, and its value."""
    filled = texts_of(row)
    return words.listed(
        words.say(
            "stated",
            title=_title(column, words),
            value=_value(getattr(row, column.name), column, filled[column.name], words),
        )
        for column in columns_of(type(row))
        if column.name in filled and column.name not in {*row.KEY, *_NOT_STATED}
    )


def _title(column: Column, words: ColumnWords) -> str:
    title = words.column_title(column)
    says_it = words.unit(column).casefold() in title.casefold()
    return title if says_it else words.column_label(column)


def _value(value: Any, column: Column, text: str, words: ColumnWords) -> str:
    if column.kind is Kind.MONEY:
        return words.money_exact(value)
    if column.kind is Kind.CHOICE:
        return words.choice(dict(column.choices)[value])
    is_worded = column.kind in {Kind.INTEGER, Kind.BOOLEAN, Kind.DATE}
    return words.text(value) if is_worded and column.name not in _AS_WRITTEN else text
