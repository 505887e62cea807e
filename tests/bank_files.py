"""Files as banks send them, written from statements of our own making."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from konbit.exchange.banks import Wishes
from konbit.exchange.banks.keeping import masked
from konbit.terms.bank import BankEntry, BankStatement
from konbit.terms.money import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SALT = "of the tests"
ACCOUNT = "DE89370400440532013000"
OTHER = "GB29NWBK60161331926819"
DAY = timedelta(days=1)
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02}"


def wishes(currency: str = "USD", **more: object) -> Wishes:
    """What the tests tell the reader."""
    return replace(Wishes(secret=SALT, currency=currency), **more)  # type: ignore[arg-type]


def entry(on: date, minor: int, *references: str, **more: object) -> BankEntry:
    """An entry."""
    made = BankEntry(
        booked_on=on, amount_minor=minor, references=tuple(sorted(references)), value_on=on
    )
    return replace(made, **more)  # type: ignore[arg-type] # members of an entry


def statement(
    entries: Iterable[BankEntry],
    *,
    from_on: date,
    until_on: date,
    opening: int = 0,
    currency: str = "USD",
    reference: str = "S-1",
) -> BankStatement:
    """A statement that adds up."""
    there = tuple(sorted(entries))
    digest, last = masked(ACCOUNT, SALT)
    return BankStatement(
        reference=reference,
        account_digest=digest,
        account_last=last,
        currency=currency,
        from_on=from_on,
        until_on=until_on,
        opening_minor=opening,
        closing_minor=opening + sum(e.amount_minor for e in there),
        entries=there,
    )


def plain(minor: int, currency: str) -> str:
    """An amount without sign, with a point."""
    decimals = decimals_of(currency)
    return f"{Decimal(abs(minor)).scaleb(-decimals):.{decimals}f}"


def _side(minor: int) -> str:
    return "CRDT" if minor >= 0 else "DBIT"


def _balance(code: str, minor: int, on: date, currency: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{plain(minor, currency)}</Amt>'
        f"<CdtDbtInd>{_side(minor)}</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _entry(told: BankEntry, currency: str, version: int) -> str:
    status = "<Sts><Cd>BOOK</Cd></Sts>" if version >= 8 else "<Sts>BOOK</Sts>"
    first, *rest = (*told.references, "NOTPROVIDED") if told.references else ("NOTPROVIDED",)
    more = "".join(f"<Strd><CdtrRefInf><Ref>{escape(r)}</Ref></CdtrRefInf></Strd>" for r in rest)
    side = "DbtrAcct" if told.amount_minor > 0 else "CdtrAcct"
    account = f"<{side}><Id><IBAN>{OTHER}</IBAN></Id></{side}>" if told.other_digest else ""
    family = {"interest": "INTR", "charge": "CHRG"}.get(told.purpose, "OTHR")
    return (
        f'<Ntry><Amt Ccy="{currency}">{plain(told.amount_minor, currency)}</Amt>'
        f"<CdtDbtInd>{_side(told.amount_minor)}</CdtDbtInd>"
        f"{'<RvslInd>true</RvslInd>' if told.is_correction else ''}{status}"
        f"<BookgDt><Dt>{told.booked_on}</Dt></BookgDt><ValDt><Dt>{told.value_on}</Dt></ValDt>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>MCOP</Cd><SubFmlyCd>{family}</SubFmlyCd></Fmly>"
        f"</Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{escape(first)}</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Nm>Somebody Private</Nm></Dbtr>{account}</RltdPties>"
        f"<RmtInf>{more}<Ustrd>from Somebody Private</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def camt(
    *statements: BankStatement, version: int = 8, account: str = ACCOUNT, with_period: bool = True
) -> bytes:
    """A CAMT.053 file."""
    parts = []
    for told in statements:
        last = told.until_on - DAY
        period = (
            f"<FrToDt><FrDtTm>{told.from_on}T00:00:00</FrDtTm>"
            f"<ToDtTm>{last}T23:59:59</ToDtTm></FrToDt>"
        )
        parts.append(
            f"<Stmt><Id>{told.reference}</Id>{period if with_period else ''}"
            f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{told.currency}</Ccy></Acct>"
            + _balance("OPBD", told.opening_minor, told.from_on, told.currency)
            + _balance("CLBD", told.closing_minor, last, told.currency)
            + "".join(_entry(e, told.currency, version) for e in told.entries)
            + "</Stmt>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="{NAMESPACE.format(version=version)}"><BkToCstmrStmt><GrpHdr>'
        "<MsgId>M1</MsgId><CreDtTm>2026-03-01T00:00:00</CreDtTm></GrpHdr>"
        f"{''.join(parts)}</BkToCstmrStmt></Document>"
    ).encode()


def csv_file(
    told: BankStatement, *, mark: str = ";", decimal: str = ",", days: str = "%d.%m.%Y"
) -> bytes:
    """The same as a bank's CSV, with balances after each line."""
    lines = [["Booking date", "Value date", "Amount", "Balance", "Currency", "Reference",
              "Counterparty account", "Details"]]  # fmt: skip
    at = told.opening_minor
    for one in told.entries:
        at += one.amount_minor
        words = {"interest": "credit interest", "charge": "account fees"}
        lines.append(
            [
                f"{one.booked_on:{days}}",
                f"{one.value_on:{days}}",
                written(one.amount_minor, told.currency, decimal),
                written(at, told.currency, decimal),
                told.currency,
                " ".join(one.references),
                OTHER if one.other_digest else "",
                words.get(one.purpose, "from Somebody Private"),
            ]
        )
    return "\n".join(mark.join(_quoted(cell, mark) for cell in line) for line in lines).encode()


def written(minor: int, currency: str, decimal: str) -> str:
    """An amount with its sign and thousands grouped."""
    whole, _, rest = plain(minor, currency).partition(".")
    group = "." if decimal == "," else ","
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{'-' if minor < 0 else ''}{grouped}{decimal + rest if rest else ''}"


def _quoted(cell: str, mark: str) -> str:
    return f'"{cell}"' if mark in cell else cell


def as_columns(lines: Sequence[Sequence[str]], mark: str = ",") -> bytes:
    """Any lines as a CSV."""
    return "\n".join(mark.join(_quoted(cell, mark) for cell in line) for line in lines).encode()
