"""The one way in which an audit fails: something that is said is not so."""

from __future__ import annotations


class Lie(Exception):  # noqa: N818 - a lie is what it is
    """What is said is not so.

    Attributes:
        rule: code of the rule that it breaks; a sentence of that name is in `words`.
        where: a file of the export, or `log.jsonl`.
        sequence: number of the record, where it is one.
        detail: what was found, for a reader who looks it up: codes and numbers.
    """

    def __init__(
        self, rule: str, detail: str = "", *, where: str = "log.jsonl", sequence: int | None = None
    ) -> None:
        super().__init__(rule, detail, where, sequence)
        self.rule = rule
        self.detail = detail
        self.where = where
        self.sequence = sequence
