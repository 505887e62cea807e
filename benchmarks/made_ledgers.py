"""Ledgers drawn by chance, with every kind of record, and their public exports.

`python benchmarks/made_ledgers.py FOLDER` writes a small one, to try a receipt and an audit on.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from konbit.fund import Books, Draft, admit, compose, statement_of, statement_sha256
from konbit.fund.transparency import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Frontier,
    Receipt,
    SigningKey,
    Tiles,
    canonical,
    inclusion_proof,
    leaf_hash,
    signed,
    withhold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from konbit.fund import Record

LOG_KEY = SigningKey("fund.example/ledger/FUND", ED25519, bytes(range(32)))
WITNESS_KEY = SigningKey("witness.example/w1", COSIGNATURE, bytes(range(1, 33)))
_START = datetime(2026, 3, 1, tzinfo=UTC)
_PAPER = "ab" * 32
_PEOPLE = (
    ("olga", "officer", ""),
    ("otto", "officer", ""),
    ("anna", "approver", ""),
    ("abel", "approver", ""),
    ("vera", "verifier", ""),
    ("kofi", "contributor", "KEN"),
)


class Drawn:
    """A log that grows by chance; what the books refuse is not recorded.

    Args:
        seed: of the chance.
        records_a_day: how fast its clock goes.
        is_reconstruction: whether its fund was put together afterwards.
    """

    def __init__(
        self, seed: int, *, records_a_day: int = 8, is_reconstruction: bool = False
    ) -> None:
        self.books = Books()
        self.records: list[Record] = []
        self.lines: list[bytes] = []
        self._chance = Random(seed)
        self._step = timedelta(days=1) / records_a_day
        self._tried = 0
        self._is_reconstruction = is_reconstruction
        self._names: dict[str, list[str]] = {"allotment": [], "obligation": [], "claim": []}
        self._open()

    @property
    def now(self) -> datetime:
        """What its clock says."""
        return _START + self._step * self.books.size

    def grow(self, size: int) -> None:
        """Until it has so many records."""
        while self.books.size < size:
            getattr(self, self._chance.choice(_STEPS))()

    def do(self, kind: str, **body: Any) -> bool:
        """Record something where the rules allow it."""
        self._tried += 1
        today = self.now.date()
        stated = {"on": today.isoformat(), **body}
        if self._is_reconstruction and kind != "fund_opened" and self._tried % 3 == 0:
            stated["known_on"] = max(stated["on"], (today - timedelta(days=9)).isoformat())
            stated["placeholder"] = True
        if self._tried % 5 == 0:
            stated["note"] = withhold(f"note {self._tried}", self._chance.randbytes(16))
        record = compose(
            Draft(
                kind=kind,
                body=stated,
                key=f"key-{self._tried}",
                authority="Financial rule 1",
                document_sha256=_PAPER if self._tried % 2 or kind == "reprogrammed" else None,
            ),
            self.books,
            actor=self._actor(kind),
            approver=self._chance.choice(("anna", "abel")),
            recorded_at=self.now.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            fund="FUND",
        )
        if not self.admitted(record):
            return False
        self.keep(record)
        return True

    def admitted(self, record: Record) -> bool:
        """Whether the books take it in."""
        return admit(record, self.books) is None

    def keep(self, record: Record) -> None:
        """Hold on to what was recorded."""
        self.records.append(record)
        self.lines.append(record.to_bytes())

    def _actor(self, kind: str) -> str:
        if kind in {"actor_granted", "actor_ended"}:
            return "registry"
        if kind == "presence_verified":
            return "vera"
        if kind in {"presence_returned", "claimed", "payment_acknowledged"}:
            return self._chance.choice(("kofi", "olga"))
        return self._chance.choice(("olga", "otto"))

    def _open(self) -> None:
        people = [{"who": who, "role": role, "party": party} for who, role, party in _PEOPLE]
        self.do(
            "fund_opened",
            title="Fond pour la sécurité en Haïti",
            currency="USD",
            mission="M",
            reconstruction=self._is_reconstruction,
            founders=people,
        )
        for bank, currency in (("MAIN", "USD"), ("OTTAWA", "CAD"), ("TOKYO", "JPY")):
            self.do("bank_opened", bank=bank, currency=currency)
        for purse, heads in (("A", []), ("B", ["equipment", "personnel"])):
            self.do(
                "purse_opened",
                purse=purse,
                title=f"Purse {purse}",
                modality="F",
                cost_heads=heads,
                contributors=[],
                places=[],
                from_on=None,
                until_on=None,
                lethal=purse == "A",
                support_cost_ppm=130_000,
                reserve_ppm=150_000 if purse == "A" else 0,
            )
        self._rates()
        for code, purse, currency in _GIFTS:
            self.do(
                "contribution_opened",
                contribution=code,
                donor=code[:3],
                purse=purse,
                currency=currency,
                title=f"Gift {code}",
            )
            self.do("signed", contribution=code, amount_minor=90_000_000)
            self.do("received", contribution=code, bank=_BANKS[currency], amount_minor=40_000_000)
        for rate, head, counted in (
            ("troops", "personnel", "person_day"),
            ("cars", "equipment", "equipment_day"),
            ("camp", "sustainment", "unit_month"),
        ):
            self.do(
                "rate_dated",
                on="2026-01-01",
                rate=rate,
                cost_head=head,
                contributor="",
                amount_minor=150_000,
                counted=counted,
                is_deductible=counted == "equipment_day",
                edition="2026",
            )

    def _rates(self) -> None:
        for currency, rate in (("CAD", 0.73), ("JPY", 0.0067)):
            now = rate * (1 + self._chance.uniform(-0.1, 0.1))
            self.do("exchange_rate_dated", currency=currency, rate=f"{now:.6f}")

    def _amount(self, most: int = 4_000_000) -> int:
        return self._chance.randint(1, most)

    def _gift(self) -> tuple[str, str, str]:
        return self._chance.choice(_GIFTS)

    def _named(self, sort: str) -> str:
        """One of the newest of a sort: whatever is older has mostly come to its end."""
        return self._chance.choice(self._names[sort][-12:] or ["none"])

    def _new(self, sort: str) -> str:
        name = f"{sort[0].upper()}{self._tried}"
        self._names[sort].append(name)
        return name

    def _sign(self) -> None:
        self.do("signed", contribution=self._gift()[0], amount_minor=self._amount(90_000_000))

    def _promise(self) -> None:
        kind = self._chance.choice(("announced", "pledged"))
        known = self._chance.choice((None, self._amount()))
        self.do(kind, contribution=self._gift()[0], amount_minor=known)

    def _take_back(self) -> None:
        self.do(
            self._chance.choice(("withdrawn", "expired")),
            contribution=self._gift()[0],
            stage=self._chance.choice(("announced", "pledged", "signed")),
            amount_minor=self._amount(100_000),
        )

    def _receive(self) -> None:
        code, _, currency = self._gift()
        amount = self._amount(8_000_000)
        self.do("received", contribution=code, bank=_BANKS[currency], amount_minor=amount)

    def _earn(self) -> None:
        bank = self._chance.choice(("MAIN", "OTTAWA", "TOKYO"))
        self.do("interest", purse=self._purse(), bank=bank, amount_minor=self._amount(9_000))

    def _exchange(self) -> None:
        bank, rate = self._chance.choice((("OTTAWA", 0.72), ("TOKYO", 0.67)))
        sold = self._amount(900_000)
        self.do(
            "exchanged",
            purse=self._purse(),
            from_bank=bank,
            to_bank="MAIN",
            sold_minor=sold,
            bought_minor=max(1, int(sold * rate * self._chance.uniform(0.8, 1.2))),
        )

    def _reserve(self) -> None:
        amount = self._chance.choice((-1, 1)) * self._amount(50_000)
        self.do("reserve_moved", purse=self._purse(), amount_minor=amount)

    def _freeze(self) -> None:
        kind = self._chance.choice(("frozen", "unfrozen"))
        self.do(kind, contribution=self._gift()[0], amount_minor=self._amount(70_000))

    def _refund(self) -> None:
        self.do(
            "refunded",
            contribution=self._gift()[0],
            bank="MAIN",
            amount_minor=self._amount(20_000),
            taken_from=self._chance.choice(("free", "frozen")),
        )

    def _reprogramme(self) -> None:
        code, purse, _ = self._gift()
        self.do(
            "reprogrammed",
            contribution=code,
            to_purse="B" if purse == "A" else "A",
            bank="MAIN",
            amount_minor=self._amount(20_000),
            consent_by=code[:3],
        )

    def _allot(self) -> None:
        self.do(
            "allotted",
            purse=self._purse(),
            allotment=self._new("allotment"),
            cost_head=self._chance.choice(("personnel", "equipment")),
            contributor="",
            place="",
            lethal=False,
            amount_minor=self._amount(600_000),
            until_on=(self.now.date() + timedelta(days=20)).isoformat(),
            plan="",
        )

    def _release(self) -> None:
        why = self._chance.choice(("released", "expired"))
        amount = self._amount(50_000)
        self.do(
            "allotment_released", allotment=self._named("allotment"), amount_minor=amount, why=why
        )

    def _obligate(self) -> None:
        self.do(
            "obligated",
            allotment=self._named("allotment"),
            obligation=self._new("obligation"),
            payee="KEN",
            contributor="KEN",
            place="HT-OU",
            lethal=False,
            direct_minor=self._amount(200_000),
            until_on=None,
            claim=self._chance.choice(("", self._named("claim"))).replace("none", ""),
        )

    def _void(self) -> None:
        direct = self._amount(40_000)
        name = self._named("obligation")
        self.do("obligation_released", obligation=name, direct_minor=direct, why="voided")

    def _disburse(self) -> None:
        name = self._named("obligation")
        self.do("disbursed", obligation=name, bank="MAIN", direct_minor=self._amount(90_000))

    def _recover(self) -> None:
        name = self._named("obligation")
        self.do("recovered", obligation=name, bank="MAIN", amount_minor=self._amount(3_000))

    def _pay_support(self) -> None:
        self.do("support_paid", purse=self._purse(), bank="MAIN", amount_minor=self._amount(9_000))

    def _reverse(self) -> None:
        newest = self.books.size - 1
        self.do("reversed", sequence=self._chance.randint(max(0, newest - 30), newest))

    def _claim(self) -> None:
        """A unit's month from its return to what the contributor says came."""
        month = (self.now.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        unit, days = f"U{self._tried}", int((self.now.replace(day=1) - timedelta(days=1)).day)
        counts = {"person_days": 100 * days, "equipment_days": 10 * days}
        place = {"contributor": "KEN", "unit": unit, "month": month}
        self.do("presence_returned", **place, **counts)
        shortfall = self._chance.choice((0, 100_000, 250_000, 600_000))
        self.do("presence_verified", **place, **counts, shortfall_ppm=shortfall)
        off = 0 if shortfall <= 100_000 else min(shortfall, 350_000)
        lines = [
            ("troops", counts["person_days"], days, 0, 0, 100 * 150_000),
            ("camp", 1, 1, 0, 0, 150_000),
            ("cars", counts["equipment_days"], days, off, 0, 15 * (1_000_000 - off) // 10),
        ]
        names = ("rate", "quantity", "per", "deduction_ppm", "factor_ppm", "amount_minor")
        told: list[dict[str, Any]] = [
            {"month": month, **dict(zip(names, line, strict=True))} for line in lines
        ]
        total = sum(line["amount_minor"] for line in told)
        self.do(
            "claimed",
            claim=(name := self._new("claim")),
            contributor="KEN",
            unit=unit,
            lines=told,
            total_minor=total,
        )
        if self._chance.random() < 0.2:
            self.do("claim_rejected", claim=name, why="not as agreed")
        self.do("claim_approved", claim=name, amount_minor=total - 17)

    def _acknowledge(self) -> None:
        amount = self._amount(4_000)
        self.do("payment_acknowledged", claim=self._named("claim"), amount_minor=amount)

    def _close(self) -> None:
        """A period, not too often."""
        if self._chance.random() < 0.8:
            return
        until = (self.now.date() - timedelta(days=self._chance.randint(0, 3))).isoformat()
        if until > self.books.closed_until:
            said = statement_of(self.records, until=until, known_before=self.books.size)
            digest = statement_sha256(said)
            self.do("period_closed", period=f"P{until}", until_on=until, statement_sha256=digest)

    def _date_rates(self) -> None:
        self._rates()

    def _people(self) -> None:
        kind = self._chance.choice(("actor_granted", "actor_ended"))
        self.do(kind, who="nina", role=self._chance.choice(("officer", "approver")), party="")

    def _late(self) -> None:
        """Something that happened some days ago."""
        code, _, currency = self._gift()
        on = (self.now.date() - timedelta(days=self._chance.randint(1, 6))).isoformat()
        self.do("received", on=on, contribution=code, bank=_BANKS[currency], amount_minor=77_777)

    def _purse(self) -> str:
        return self._chance.choice(("A", "B"))


_GIFTS = (
    ("CAN-1", "A", "CAD"),
    ("USA-1", "A", "USD"),
    ("FRA-1", "B", "USD"),
    ("JPN-1", "B", "JPY"),
)
_BANKS = {"CAD": "OTTAWA", "USD": "MAIN", "JPY": "TOKYO"}
_MOST_OFTEN = ("_allot", "_obligate", "_disburse", "_disburse", "_receive")
_STEPS = (
    *_MOST_OFTEN,
    *_MOST_OFTEN,
    "_sign",
    "_promise",
    "_take_back",
    "_earn",
    "_exchange",
    "_reserve",
    "_freeze",
    "_refund",
    "_reprogramme",
    "_release",
    "_void",
    "_recover",
    "_pay_support",
    "_reverse",
    "_claim",
    "_acknowledge",
    "_close",
    "_date_rates",
    "_people",
    "_late",
)


def write_export(
    folder: Path,
    lines: Sequence[bytes],
    statements: Mapping[str, bytes],
    *,
    sizes: Iterable[int] = (),
    key: SigningKey = LOG_KEY,
) -> None:
    """Write a log with its checkpoints (always one at its end), keys and statements."""
    (folder / "checkpoints").mkdir(parents=True)
    (folder / "statements").mkdir()
    (folder / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    (folder / "keys.txt").write_text(f"{key.verifier}\n{WITNESS_KEY.verifier}\n", "utf-8")
    (folder / "README.txt").write_text("Made up.\n", "utf-8")
    for name, content in statements.items():
        (folder / "statements" / name).write_bytes(content)
    wanted, tree = {*sizes, len(lines)}, Frontier()
    for line in lines:
        tree = tree.append(leaf_hash(line))
        if tree.size in wanted:
            note = signed(Checkpoint(key.name, tree.size, tree.root), key)
            seen = WITNESS_KEY.sign(note.text, at_seconds=4_000_000_000)
            file = folder / "checkpoints" / f"{tree.size:09d}.txt"
            file.write_text(str(note.with_signature(seen)), "utf-8")


def receipt_of(lines: Sequence[bytes], number: int) -> Receipt:
    """The receipt of one record of a log, at the log's end."""
    leaves = [leaf_hash(line) for line in lines]

    def read(level: int, first: int, after: int) -> Sequence[bytes]:
        return leaves[first:after] if level == 0 else ()

    tree = Tiles(min(len(leaves), 256), read)
    note = signed(Checkpoint(LOG_KEY.name, tree.size, tree.root), LOG_KEY)
    seen = WITNESS_KEY.sign(note.text, at_seconds=1_775_000_000)
    return Receipt(
        lines[number],
        number,
        inclusion_proof(number, tree.size, tree.node_at),
        str(note.with_signature(seen)),
        (str(LOG_KEY.verifier), str(WITNESS_KEY.verifier)),
    )


def main() -> None:
    """Write a small export, a receipt and the fund's keys into a folder, for a reader to try on."""
    folder = Path(sys.argv[1])
    log = Drawn(4)
    log.grow(200)
    said = statement_of(log.records, until="2026-03-15")
    statement = canonical(said) + b"\n"
    write_export(folder / "export", log.lines, {"2026-03-14.json": statement}, sizes=[40, 120])
    number = next(record.sequence for record in log.records if record.kind == "received")
    (folder / "receipt.json").write_bytes(receipt_of(log.lines, number).to_bytes())
    keys = f"{LOG_KEY.verifier}\n{WITNESS_KEY.verifier}\n"
    (folder / "agreement.keys").write_text(keys, "utf-8")


if __name__ == "__main__":
    main()
