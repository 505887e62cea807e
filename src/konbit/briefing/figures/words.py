"""What a figure asks of words: sentences by code, and numbers in the reader's manner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date

    from konbit.terms import Money, Month


class Words(Protocol):
    """Puts words on codes, in one language. Figures never hold a sentence of their own."""

    def say(self, code: str, /, **values: str) -> str:
        """The sentence of a code, its named placeholders filled."""
        ...

    def number(self, value: int, /) -> str:
        """A whole number with separators."""
        ...

    def share(self, parts: int, /) -> str:
        """Parts in ten thousand as per cent."""
        ...

    def money(self, amount: Money, /) -> str:
        """An amount with its currency."""
        ...

    def month(self, month: Month | str, /) -> str:
        """A month in full."""
        ...

    def day(self, day: date, /) -> str:
        """A day in full."""
        ...
