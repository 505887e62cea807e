"""What the cells of a plan's tables say in the reader's language, where the tables hold codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.briefing import sentences
from konbit.dossier.plan import (
    FULL,
    Ask,
    CashPosition,
    Check,
    Contingent,
    Coverage,
    HeadCount,
    MoneyStage,
    Obligation,
    Payment,
    Relaxation,
    Reliance,
    Stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from konbit.briefing.names import Names
    from konbit.briefing.words import Words
    from konbit.dossier.columns import Row

# Columns that hold one word of a list, and how the sentences of its words begin.
CHOSEN: dict[tuple[type[Row], str], str] = {
    (Contingent, "kind"): "figure-rotation",
    (Coverage, "reason"): "family",
    (Payment, "kind"): "payment",
    (HeadCount, "kind"): "from",
    (MoneyStage, "stage"): "stage",
    (Relaxation, "family"): "family",
    (Ask, "kind"): "ask-kind",
}


class CellWords:
    """Words for the codes that the tables of a plan hold.

    Codes of rows of the dossier stay: a sheet of the workbook gives their titles.

    Args:
        names: titles of the dossier's rows.
        words: the reader's language.
    """

    def __init__(self, names: Names, words: Words) -> None:
        self._names = names
        self._words = words
        self._told: dict[tuple[type[Row], str], Callable[[Any], Any]] = {
            (Coverage, "reasons"): self._reasons,
            (Coverage, "detail"): lambda row: names.detail(row.detail),
            (Stand, "quantity"): lambda row: row.quantity / FULL,
            (Obligation, "payer"): lambda row: self._beside("payer", row.payer),
            (Payment, "earmark"): self._earmark,
            (CashPosition, "earmark"): self._earmark,
            (MoneyStage, "holder"): lambda row: self._beside("holder", row.holder),
            (Ask, "organisations"): lambda row: words.listed(sentences.whom(row, names, words)),
            (Check, "rule"): lambda row: sentences.rule(row.rule, words),
            (Reliance, "about"): lambda row: words.table_title(row.about),
        }

    def cell(self, row: Row, column: str) -> Any:
        """The value of a cell, its code put into words where there are any."""
        place = (type(row), column)
        if place in self._told:
            return self._told[place](row)
        value = getattr(row, column)
        return self._word(CHOSEN[place], value) if place in CHOSEN else value

    def _word(self, kind: str, value: str) -> str:
        code = f"{kind}-{value}"
        return self._words.say(code) if self._words.knows(code) else value

    def _reasons(self, row: Coverage) -> str:
        return self._words.listed(self._word("family", word) for word in row.reasons.split())

    def _beside(self, kind: str, holder: str) -> str:
        """A fund by its code, as everywhere; what is beside the funds in words."""
        return holder if self._names.is_titled(holder) else self._word(kind, holder)

    def _earmark(self, row: Payment | CashPosition) -> str:
        none = row.earmark in {"", "-"}
        return self._words.say("earmark-none") if none else row.earmark
