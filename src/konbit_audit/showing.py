"""A statement that was recomputed, in lines for people: the same lines as the fund's own paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from konbit_audit.arithmetic import decimals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from konbit_audit.words import Words

    Row = tuple[str, list[int]]

_SOURCES: Final = {
    "received": "line-received",
    "interest": "line-interest",
    "exchange": "line-exchange",
}
_PAID: Final = {"support": "line-support", "refunded": "line-refunded"}
_STANDS: Final = {
    "free": "line-free",
    "reserve": "line-reserve",
    "frozen": "line-frozen",
    "allotted": "line-allotted",
    "obligated": "line-obligated",
    "support_held": "line-support-held",
    "support_due": "line-support-due",
    "held": "line-held",
}
# What parts thousands, and what parts a whole number from its decimals.
_ENGLISH: Final = (",", ".")
_OTHERS: Final = ("\u202f", ",")


def statement_lines(said: dict[str, Any], words: Words) -> Iterator[str]:
    """Title, a column for each purse and their sum, and what the banks hold."""
    currency, codes = said["currency"], sorted(said["purses"])
    sentence = "statement-of-known" if said["known_on"] else "statement-of"
    yield words.say(sentence, fund=said["fund"], on=said["on"], known=said["known_on"])
    rows = list(_rows([said["purses"][code] for code in codes], words))
    table = [[currency, *codes, words.say("line-total")]]
    for label, amounts in rows:
        shown = [_amount(minor, currency, words) for minor in (*amounts, sum(amounts))]
        table.append([label, *shown])
    yield from _aligned(table)
    if said["banks"]:
        yield words.say("line-banks")
        yield from _aligned(
            [
                [code, *(f"{_amount(bank[name], held, words)} {held}" for name, held in of_bank)]
                for code, bank in sorted(said["banks"].items())
                for of_bank in ((("amount", bank["currency"]), ("value", currency)),)
            ]
        )


def _rows(purses: Sequence[dict[str, Any]], words: Words) -> Iterator[Row]:
    """Lines with the amount of each purse, in the order of the fund's paper."""

    def of(names: dict[str, str]) -> Iterator[Row]:
        for name, sentence in names.items():
            yield words.say(sentence), [purse[name] for purse in purses]

    sources = [sum(purse[name] for name in _SOURCES) for purse in purses]
    uses = [sum(purse["spent"].values()) + sum(purse[name] for name in _PAID) for purse in purses]
    spent = words.say("line-spent")
    yield from of(_SOURCES)
    yield words.say("line-sources"), sources
    for head in sorted({head for purse in purses for head in purse["spent"]}):
        yield f"{spent} {head}", [purse["spent"].get(head, 0) for purse in purses]
    yield from of(_PAID)
    yield words.say("line-uses"), uses
    yield words.say("line-balance"), [a - b for a, b in zip(sources, uses, strict=True)]
    yield from of(_STANDS)


def _aligned(table: list[list[str]]) -> Iterator[str]:
    """Names to the left, amounts to the right, each column as wide as it must be."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *amounts in table:
        shown = (text.rjust(width) for text, width in zip(amounts, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *shown))


def _amount(minor: int, currency: str, words: Words) -> str:
    """An amount with the decimals of its currency, as the reader's language writes it."""
    thousands, point = _ENGLISH if words.language == "en" else _OTHERS
    places = decimals(currency)
    whole, part = divmod(abs(minor), 10**places)
    text = f"{whole:,}".replace(",", thousands)
    sign = "\u2212" if minor < 0 else ""
    return f"{sign}{text}{point}{part:0{places}}" if places else f"{sign}{text}"
