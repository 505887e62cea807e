"""Which column of a bank's CSV holds what, by its heading in the languages of banks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.exchange.banks.keeping import plain
from konbit.terms.money import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Headings as banks write them, without accents and marks; the first that fits takes a column.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "booked_on": (
        "booked on", "booking date", "date booked", "posting date", "post date", "transaction date",
        "entry date", "buchungstag", "buchungsdatum", "buchung", "date operation",
        "date d operation", "date de transaction", "fecha oper", "fecha movimiento",
        "date de l operation", "date comptable", "date de comptabilisation", "fecha operacion",
        "fecha de operacion", "fecha contable", "dat operasyon", "dat", "date", "fecha", "datum",
    ),
    "value_on": (
        "value on", "value date", "valuta", "valutadatum", "wertstellung", "wertstellungstag",
        "date valeur", "date de valeur", "fecha valor", "fecha de valor", "f valor", "dat vale",
    ),
    "debit": (
        "debit", "debits", "debit amount", "amount debit", "withdrawal", "withdrawals", "paid out",
        "money out", "soll", "montant debit", "debito", "debitos", "cargo", "cargos", "debe",
        "debite",
    ),
    "credit": (
        "credit", "credits", "credit amount", "amount credit", "deposit", "deposits", "paid in",
        "money in", "haben", "montant credit", "credito", "creditos", "abono", "abonos", "haber",
        "kredite",
    ),
    "sign": (
        "debit credit", "credit debit", "dc", "d c", "cr dr", "dr cr", "cdtdbtind", "sign", "sens",
        "soll haben", "debe haber", "type de mouvement",
    ),
    "balance": (
        "balance", "running balance", "balance after", "ledger balance", "saldo", "kontostand",
        "solde", "saldo disponible", "balans",
    ),
    "amount": (
        "amount", "transaction amount", "betrag", "umsatz", "montant", "importe", "monto", "montan",
        "montant de l operation", "montant operation", "amount in account currency",
    ),
    "currency": ("currency", "ccy", "wahrung", "waehrung", "devise", "moneda", "divisa", "lajan"),
    "reference": (
        "reference", "references", "end to end id", "endtoend id", "end to end reference",
        "customer reference", "bank reference", "payment reference", "kundenreferenz",
        "kundenreferenz end to end", "referenz", "reference client", "referencia", "referans",
    ),
    "account": (
        "account of the other side", "counterparty account", "counterparty iban", "other account",
        "iban of counterparty", "kontonummer iban", "gegenkonto", "iban", "compte contrepartie",
        "compte du tiers", "cuenta contraparte", "cuenta ordenante", "kont",
    ),
    "text": (
        "text", "remittance information", "payment details", "description", "narrative",
        "particulars", "details", "verwendungszweck", "buchungstext", "libelle", "motif",
        "communication", "concepto", "descripcion", "detalle", "detay",
    ),
}  # fmt: skip


_MONEY = frozenset({"euro", "euros", "dollar", "dollars", "gourde", "gourdes", "goud"}) | {
    code.casefold() for code in CURRENCIES
}


def bare(heading: str) -> str:
    """A heading in small plain letters, words parted by one space, without a currency at its end."""
    words = re.sub(r"[^a-z0-9]+", " ", plain(heading)).split()
    if len(words) > 1 and words[-1] in _MONEY:
        words.pop()
    return " ".join(words)


def columns_in(line: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int] | None:
    """Place of each column by what it holds; None where the line is no line of headings.

    Args:
        line: its cells.
        wanted: headings that somebody chose; these go before what is found.
    """
    names = [bare(cell) for cell in line]
    found: dict[str, int] = {}
    for role, heading in wanted.items():
        if heading and bare(heading) in names:
            found[role] = names.index(bare(heading))
    for role, headings in _HEADINGS.items():
        places = (names.index(h) for h in headings if h in names)
        place = next((p for p in places if p not in found.values()), None)
        if place is not None and role not in found:
            found[role] = place
    has_amount = "amount" in found or {"debit", "credit"} <= found.keys()
    return found if "booked_on" in found and has_amount else None
