"""What columns and tables of a dossier are called and mean, in the reader's language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from konbit.briefing.words.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from konbit.dossier.columns import Column

KINDS = ("titles", "help", "units", "choices", "tables", "cover")


@cache
def words_of_columns(language: str) -> Mapping[str, Mapping[str, str]]:
    """Titles, help, units and choices of columns, what tables hold, and how a workbook is filled.

    By what their definition says in English.
    """
    if language == "en":
        return {kind: {} for kind in KINDS}
    file = resources.files(__package__).joinpath(f"columns.{language}.toml")
    found: Mapping[str, Mapping[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return found


class ColumnWords(Words):
    """The words of one language, with those of the columns and tables of a dossier."""

    def column_title(self, column: Column) -> str:
        """What a column is called."""
        return self._of_columns("titles", column.title)

    def column_label(self, column: Column) -> str:
        """What a column is called, with its unit."""
        title = self.column_title(column)
        return f"{title} ({self.unit(column)})" if column.unit else title

    def column_help(self, column: Column) -> str:
        """What a column means; empty where its title says it all."""
        return self._of_columns("help", column.help)

    def unit(self, column: Column) -> str:
        """The unit of a column; empty for none."""
        return self._of_columns("units", column.unit)

    def choices(self, words: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Words that one chooses from, the same in every language, each with what it means."""
        meanings = ((word, self._of_columns("choices", m)) for word, m in words)
        return [(word, word if m == word else f"{word}: {m}") for word, m in meanings]

    def choice(self, meaning: str) -> str:
        """What a word that one chooses means."""
        return self._of_columns("choices", meaning)

    def about(self, table: str) -> str:
        """What a table holds, by what its definition says."""
        return self._of_columns("tables", table)

    def on_the_cover(self, text: str) -> str:
        """A text of the first sheet of a workbook to be filled in."""
        return self._of_columns("cover", text)

    def _of_columns(self, kind: str, english: str) -> str:
        return words_of_columns(self.language)[kind].get(english, english)
