"""Rules about what a record names and whether its money may be used so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from konbit.fund.books import Books
    from konbit.fund.record import Record

# What a kind opens: the member that names it, and where books keep it.
OPENS: Mapping[str, tuple[str, str]] = {
    "bank_opened": ("bank", "banks"),
    "purse_opened": ("purse", "purses"),
    "contribution_opened": ("contribution", "contributions"),
    "allotted": ("allotment", "allotments"),
    "obligated": ("obligation", "obligations"),
    "rate_dated": ("rate", "rates"),
    "claimed": ("claim", "claims"),
}
# Where books keep what a member names.
NAMED: Mapping[str, str] = {
    "purse": "purses",
    "to_purse": "purses",
    "bank": "banks",
    "from_bank": "banks",
    "to_bank": "banks",
    "contribution": "contributions",
    "allotment": "allotments",
    "obligation": "obligations",
    "claim": "claims",
}
# Kinds whose bank account must be in the fund's own currency, and the member that names it.
_OWN_BANK = {
    "exchanged": "to_bank",
    "refunded": "bank",
    "reprogrammed": "bank",
    "disbursed": "bank",
    "support_paid": "bank",
    "recovered": "bank",
}
# Accounts whose values together say what of a contribution is neither given back nor frozen.
_OF_A_GIFT = frozenset({"signed", "frozen", "refunded"})


def reference(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    """What a record names is there; what it opens is not."""
    body = record.body
    opened = OPENS.get(record.kind, ("", ""))
    for member, where in NAMED.items():
        name = body.get(member)
        if name and member != opened[0] and name not in getattr(books, where):
            yield {"member": member, "name": name}
    if opened[0] and body[opened[0]] in getattr(books, opened[1]):
        yield {"member": opened[0], "name": body[opened[0]]}
    if record.kind == "reversed" and not body["sequence"] < books.size:
        yield {"member": "sequence", "name": body["sequence"]}
    yield from _currencies(record.kind, body, books)
    yield from _presence(record.kind, body, books)


def _currencies(kind: str, body: Mapping[str, Any], books: Books) -> Iterator[dict[str, Any]]:
    own = books.currency
    member = _OWN_BANK.get(kind)
    if member and books.banks.get(body[member], own) != own:
        yield {"member": member, "name": body[member]}
    if kind == "exchanged" and books.banks.get(body["from_bank"]) == own:
        yield {"member": "from_bank", "name": body["from_bank"]}
    if kind == "exchange_rate_dated" and body["currency"] == own:
        yield {"member": "currency", "name": own}
    if kind == "received":
        gift = books.contributions.get(body["contribution"])
        if gift and books.banks.get(body["bank"]) not in {None, gift["currency"]}:
            yield {"member": "bank", "name": body["bank"]}


def _presence(kind: str, body: Mapping[str, Any], books: Books) -> Iterator[dict[str, Any]]:
    if kind == "presence_verified":
        at = books.presence.get((body["unit"], body["month"]))
        if at is None or at["returned"]["contributor"] != body["contributor"]:
            yield {"member": "unit", "name": f"{body['unit']} {body['month']}"}
    if kind == "claimed":
        for line in body["lines"]:
            at = books.presence.get((body["unit"], line["month"]))
            if (
                at is None
                or "verified" not in at
                or at["returned"]["contributor"] != body["contributor"]
            ):
                yield {"member": "unit", "name": f"{body['unit']} {line['month']}"}
            if line["rate"] not in books.rates:
                yield {"member": "rate", "name": line["rate"]}


def stage(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    """Money is where the step starts from; what balances say by themselves is not asked here."""
    body = record.body
    yield from _days(record.kind, body, books)
    if record.kind == "reversed":
        yield from _undoing(body, books)
    if record.kind in {"withdrawn", "expired"} and body["stage"] != "signed":
        there = books.staged.get((body["contribution"], body["stage"]), 0)
        if body["amount_minor"] > there:
            yield {"most_minor": there}
    if record.kind == "allotment_released" and body["why"] == "expired":
        allotment = books.allotments[body["allotment"]]
        left = books.held(f"allotted:{allotment['purse']}:{body['allotment']}")
        yield from _expiry(body, allotment["until_on"], body["amount_minor"], left)
    if record.kind == "obligation_released" and body["why"] == "expired":
        obligation = books.obligations[body["obligation"]]
        left = books.held(f"obligated:{obligation['purse']}:{body['obligation']}")
        yield from _expiry(body, obligation["until_on"], body["direct_minor"], left)
    if record.kind in {"frozen", "refunded", "reprogrammed"}:
        purse = books.contributions[body["contribution"]]["purse"]
        is_frozen = body.get("taken_from") == "frozen"
        asked = books.net_given if is_frozen else books.net_at_hand
        there = asked(purse, body["contribution"])
        if body["amount_minor"] > there or body.get("to_purse") == purse:
            yield {"most_minor": there}


def _days(kind: str, body: Mapping[str, Any], books: Books) -> Iterator[dict[str, Any]]:
    """A step is not of a day before the step that it rests on."""
    opened = OPENS.get(kind, ("", ""))[0]
    for member in ("allotment", "obligation", "claim"):
        name = body.get(member)
        if name and member != opened:
            first = getattr(books, NAMED[member])[name]["on"]
            if body["on"] < first:
                yield {"not_before_on": first}


def _undoing(body: Mapping[str, Any], books: Books) -> Iterator[dict[str, Any]]:
    """Nothing is undone before its day, nor money that was given back, moved or frozen since."""
    _, first, postings = books.posted.get(body["sequence"], ("", "", ()))
    if body["sequence"] in books.reversals:
        return
    if body["on"] < first:
        yield {"not_before_on": first}
    given: dict[tuple[str, str], int] = {}
    for account, _, _, value in postings:
        sort, purse, *rest = account.split(":")
        if sort in _OF_A_GIFT:
            place = (purse, rest[0])
            given[place] = given.get(place, 0) - value
    for (purse, contribution), taken in given.items():
        there = books.net_at_hand(purse, contribution)
        if taken > there:
            yield {"most_minor": there}


def _expiry(
    body: Mapping[str, Any], until: str | None, amount: int, left: int
) -> Iterator[dict[str, Any]]:
    if until is None or body["on"] < until or amount != left:
        yield {"most_minor": left}


def earmark(record: Record, books: Books) -> Iterator[dict[str, Any]]:
    """The purse's terms, and those of the allotment, allow the use."""
    body = record.body
    if record.kind == "allotted":
        yield from _against_terms(body, body["cost_head"], books.purses[body["purse"]])
    if record.kind == "obligated":
        allotment = books.allotments[body["allotment"]]
        purse = books.purses[allotment["purse"]]
        yield from _against_terms(body, allotment["cost_head"], purse)
        for member in ("contributor", "place"):
            if allotment[member] not in {"", body[member]}:
                yield {"term": member, "purse": purse["purse"]}
        if allotment["lethal"] != body["lethal"]:
            yield {"term": "lethal", "purse": purse["purse"]}
        if allotment["until_on"] is not None and allotment["until_on"] <= body["on"]:
            yield {"term": "until_on", "purse": purse["purse"]}


def _against_terms(
    body: Mapping[str, Any], cost_head: str, purse: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    named = {
        "cost_heads": cost_head,
        "contributors": body["contributor"],
        "places": body["place"],
    }
    for term, name in named.items():
        if purse[term] and name not in purse[term]:
            yield {"term": term, "purse": purse["purse"]}
    if body["lethal"] and not purse["lethal"]:
        yield {"term": "lethal", "purse": purse["purse"]}
    if purse["from_on"] is not None and body["on"] < purse["from_on"]:
        yield {"term": "from_on", "purse": purse["purse"]}
    if purse["until_on"] is not None and purse["until_on"] <= body["on"]:
        yield {"term": "until_on", "purse": purse["purse"]}
