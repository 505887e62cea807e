"""Sentences in the reader's language, by code."""

from konbit.briefing.words.columns import ColumnWords
from konbit.briefing.words.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "ColumnWords", "Words"]
