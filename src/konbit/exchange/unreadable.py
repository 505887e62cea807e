"""Why a document cannot be read."""

from __future__ import annotations


class UnreadableTextError(ValueError):
    """A document cannot be read, for a reason that the user can mend.

    Attributes:
        code: `text-too-large`, `text-damaged`, `text-locked` or `text-without-layer`.
        values: what a sentence about it needs.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
