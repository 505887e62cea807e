"""Numbers and permanent codes of recitals, paragraphs and sub-paragraphs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from konbit.mandate.segmenting import Draft


def fill_numbers(drafts: list[Draft]) -> None:
    """Give a number to each paragraph without one.

    Between 4 and 6 an unnumbered paragraph is 5: its number was lost. Elsewhere u1, u2 ... in order.
    """
    tops = [d for d in drafts if d.kind is BlockKind.PARAGRAPH and not d.levels]
    for before, draft, after in zip([None, *tops], tops, [*tops[1:], None], strict=False):
        if draft.number or after is None or not after.number:
            continue
        last = before.number if before and before.section == draft.section else "0"
        if not (last.isdigit() and after.number.isdigit()):
            continue
        if last != "0" and int(after.number) == int(last) + 2:
            draft.number = str(int(last) + 1)
            draft.rule, draft.sure = "number-lost", 75
    counted = 0
    for draft in tops:
        if not draft.number:
            counted += 1
            draft.number = f"u{counted}"


def codes_of(drafts: list[Draft]) -> list[str]:
    """A permanent code for each draft: `pp3`, `op4`, `op4.a.ii`, `A.op4`; the second `op1-2`."""
    seen: Counter[str] = Counter()
    codes: list[str] = []
    recitals: Counter[str] = Counter()
    for draft in drafts:
        own = f"{draft.section}." if draft.section else ""
        if draft.kind is BlockKind.RECITAL:
            recitals[own] += 1
            code = f"{own}pp{recitals[own]}"
        elif draft.levels:
            code = f"{codes[draft.parent]}.{sub_of(draft)}"
        else:
            code = f"{own}op{draft.number.replace(' ', '')}"
        seen[code] += 1
        codes.append(code if seen[code] == 1 else f"{code}-{seen[code]}")
    return codes


def sub_of(draft: Draft) -> str:
    """The letters and numerals of a sub-paragraph: `a.ii`; empty for a paragraph."""
    return ".".join(level.label for level in draft.levels)
