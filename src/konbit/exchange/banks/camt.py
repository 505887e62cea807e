"""ISO 20022 CAMT.053, bank to customer statement, versions 2 to 13.

The file is read as a stream and what has been read is let go, so that a large one takes little
memory. Document types are refused, so there are no entities; nothing is fetched.
Element names: ISO 20022 message definitions, Bank-to-Customer Cash Management.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lxml import etree

from konbit.exchange.banks.camt_entry import Gathered, entry_of, minor_from
from konbit.exchange.banks.camt_pages import CLOSINGS, OPENINGS, Seen
from konbit.exchange.banks.keeping import masked
from konbit.exchange.banks.read import MOST_ENTRIES, BankReading, refused
from konbit.terms import Finding, Severity
from konbit.terms.bank import BankStatement
from konbit.terms.finding import finding
from konbit.terms.money import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.exchange.banks.wishes import Wishes

FIRST_VERSION, LAST_VERSION = 2, 13
_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.([0-9]{2})")
_MOST_ELEMENTS = 50_000  # between two that are let go
_MOST_AROUND = 4  # elements of an envelope around the document
_MOST_WRONG = 50
_PAGINATION = ("PgNb", "LastPgInd")
_DAY = timedelta(days=1)


class _RefusedError(Exception):
    """The file is not read on; `finding` says why."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        pairs = tuple(sorted((name, str(value)) for name, value in values.items()))
        self.finding = Finding(code, Severity.ERROR, values=pairs)


def pages_of(
    data: bytes, file: int, findings: list[Finding], wishes: Wishes
) -> list[Seen] | BankReading:
    """Every `Stmt` of a file as it stands there, or why the file is not read.

    Args:
        data: the file's bytes.
        file: its place among those that were sent.
        findings: to which what is wrong with entries is added.
        wishes: what the file may not tell by itself.
    """
    try:
        pages = list(_statements(data, file, findings, wishes))
    except _RefusedError as error:
        return BankReading(findings=(error.finding,))
    except etree.XMLSyntaxError:
        return refused("bank-unreadable")
    return pages or refused("bank-no-statement")


def _name(element: Any) -> str:
    """Without its namespace; a damaged file holds names that no writer of XML would take."""
    return str(element.tag).rpartition("}")[2]


class _Walk:
    """Where in a file the stream is. The document may lie in an envelope of a bank or network."""

    def __init__(self) -> None:
        self._depth = 0
        self._around: int | None = None
        self._since = 0

    def enter(self, element: Any) -> None:
        """Begin an element, or refuse the file."""
        self._depth += 1
        self._since += 1
        if self._depth == 1 and element.getroottree().docinfo.doctype:
            raise _RefusedError("bank-doctype")
        if self._around is None:
            if _name(element) == "Document":
                _ask_version(str(element.tag).rpartition("}")[0].removeprefix("{"))
                self._around = self._depth - 1
            elif self._depth > _MOST_AROUND:
                raise _RefusedError("bank-not-camt")
        if self._since > _MOST_ELEMENTS:
            raise _RefusedError("bank-too-many", most=MOST_ENTRIES)

    def leave(self) -> int:
        """End an element: how deep in the document its parent is, counted from 1."""
        self._depth -= 1
        return self._depth - (self._around or 0)

    def let_go(self, element: Any) -> None:
        """Forget an element, and what came before it."""
        self._since = 0
        _let_go(element)

    def ended(self) -> None:
        """Refuse a file in which there was no document."""
        if self._around is None:
            raise _RefusedError("bank-not-camt")


def _statements(data: bytes, file: int, findings: list[Finding], wishes: Wishes) -> Iterator[Seen]:
    """Each `Stmt`, with its entries gathered."""
    stream = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    message: dict[str, str] = {}
    walk, seen, count = _Walk(), Seen(file, message), 0
    for event, element in stream:
        if event == "start":
            walk.enter(element)
            continue
        depth = walk.leave()
        name = _name(element)
        if depth == 3 and _name(element.getparent()) == "Stmt":
            if name == "Ntry":
                count += 1
                if count > MOST_ENTRIES:
                    raise _RefusedError("bank-too-many", most=MOST_ENTRIES)
                seen.entries.append(entry_of(element, count, findings, wishes))
            elif name == "Bal":
                seen.balances.append(_balance(element))
            else:
                seen.parts[name] = _texts(element)
            walk.let_go(element)
        elif depth == 2 and name == "Stmt":
            yield seen
            seen = Seen(file, message)
            walk.let_go(element)
        elif depth == 2 and name == "GrpHdr":
            message = {n: element.findtext(f"{{*}}MsgPgntn/{{*}}{n}") or "" for n in _PAGINATION}
            seen = Seen(file, message)
    walk.ended()


def _ask_version(namespace: str) -> None:
    found = _NAMESPACE.fullmatch(namespace)
    if found is None:
        raise _RefusedError("bank-not-camt")
    if not FIRST_VERSION <= int(found[1]) <= LAST_VERSION:
        raise _RefusedError("bank-version", version=found[1])


def _let_go(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _texts(element: Any) -> dict[str, str]:
    """Texts of what is below an element, by their path without namespaces."""
    found: dict[str, str] = {}
    for leaf in element.iter():
        if len(leaf) == 0 and leaf.text:
            steps = [_name(leaf)]
            steps += [_name(up) for up in leaf.iterancestors()]
            path = "/".join(reversed(steps[: steps.index("Stmt")]))
            found.setdefault(path, leaf.text.strip())
    return found


def _balance(element: Any) -> dict[str, str]:
    found = _texts(element)
    amount = element.find("{*}Amt")
    found["currency"] = "" if amount is None else amount.get("Ccy", "")
    return found


def statement_of(seen: Seen, findings: list[Finding], wishes: Wishes) -> BankStatement | None:
    """A whole statement; None, and findings, where something is wrong with it."""
    name = seen.name
    account = seen.parts.get("Acct", {})
    number = account.get("Acct/Id/IBAN") or account.get("Acct/Id/Othr/Id", "")
    opening, closing = seen.balance(OPENINGS), seen.balance(CLOSINGS)
    if opening is None or closing is None:
        findings.append(finding("bank-balance-missing", Severity.ERROR, row=name))
        return None
    currency = account.get("Acct/Ccy") or closing["currency"]
    amounts = [_signed(balance, currency) for balance in (opening, closing)]
    days = [_date(_of(balance, "Bal/Dt/Dt", "Bal/Dt/DtTm")) for balance in (opening, closing)]
    is_other = any(b["currency"] != currency for b in (opening, closing))
    if currency not in CURRENCIES or is_other or None in amounts or None in days:
        findings.append(finding("bank-balance-missing", Severity.ERROR, row=name))
        return None
    wrong = len(findings)
    entries = list(_booked(seen.entries, currency, name, findings))
    if any(found.severity is Severity.ERROR for found in findings[wrong:]):
        return None
    first, after = _days(seen, opening, days, [entry.booked_on for entry in entries])
    digest, last = masked(number, wishes.secret)
    legal, electronic = (seen.sequence_number(n) for n in ("LglSeqNb", "ElctrncSeqNb"))
    return BankStatement(
        reference=name,
        number=electronic if legal is None else legal,
        account_digest=digest,
        account_last=last,
        currency=currency,
        from_on=first,
        until_on=after,
        opening_minor=amounts[0] or 0,
        closing_minor=amounts[1] or 0,
        entries=tuple(sorted(entry for entry in entries if entry.amount_minor)),
    )


def _booked(
    entries: list[Gathered], currency: str, name: str, findings: list[Finding]
) -> Iterator[Any]:
    """The entries that are booked; those that wait are told, those in another currency refused."""
    waiting = sum(not gathered.is_booked for gathered in entries)
    if waiting:
        findings.append(finding("bank-pending", Severity.NOTE, row=name, count=waiting))
    for gathered in entries:
        if gathered.is_booked and gathered.entry is not None:
            if gathered.currency != currency:
                findings.append(
                    finding(
                        "bank-currency",
                        Severity.ERROR,
                        row=str(gathered.number),
                        currency=gathered.currency,
                        expected=currency,
                    )
                )
                if len(findings) > _MOST_WRONG:
                    return
            yield gathered.entry


def _days(seen: Seen, opening: Any, days: list[Any], booked: list[date]) -> tuple[date, date]:
    """First day, and first day after.

    Where the file tells no period: the closing balance is that of the last day. An opening balance
    may bear the date of the first day or of the day before; it is the first day's where something
    was booked on it, or nothing lies between.
    """
    told = seen.parts.get("FrToDt", {})
    start = _date(told.get("FrToDt/FrDtTm", "") or told.get("FrToDt/FrDt", ""))
    end_text = told.get("FrToDt/ToDtTm", "") or told.get("FrToDt/ToDt", "")
    end = _date(end_text)
    if end is not None:
        is_midnight = re.fullmatch(r"T00:00(:00(\.0+)?)?(Z|[+-][0-9:]+)?", end_text[10:])
        after = end if is_midnight and days[1] < end else end + _DAY
    else:
        after = days[1] + _DAY
    if start is None:
        is_before = opening["Bal/Tp/CdOrPrtry/Cd"] == "PRCD" or (
            days[0] < days[1] and days[0] not in booked
        )
        start = days[0] + _DAY if is_before else days[0]
    return start, after


def _signed(balance: dict[str, str], currency: str) -> int | None:
    side = balance.get("Bal/CdtDbtInd")
    minor = minor_from(balance.get("Bal/Amt", ""), currency)
    if minor is None or side not in {"CRDT", "DBIT"}:
        return None
    return minor if side == "CRDT" else -minor


def _of(told: dict[str, str], *names: str) -> str:
    return next((told[name] for name in names if told.get(name)), "")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
