"""Donors, what they gave, when it came or will come, and what it may be used for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from konbit.dossier.tables import fund, mandate
from konbit.terms import Money
from made_missions.costs import TRUST
from made_missions.force import COMBAT, ENABLERS, STAFF
from made_missions.frame import AS_OF, BEGAN_ON, FACT, before, month_on, parts, usd

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from konbit.dossier import Row
    from made_missions.force import Unit
    from made_missions.frame import Frame

_STEP = 10_000  # dollars to which gifts are rounded
_HOW = {"paid": 45, "instalments": 30, "frozen": 4, "released": 3, "promised": 8, "in_kind": 10}
_COUNTED = frozenset({"paid", "instalments", "released"})
_HEAD_SETS = (
    ("personnel", "self_sustainment"),
    ("life_support", "base_running", "camp_building"),
    ("movement_in", "cargo_in", "repatriation"),
    ("personnel", "repatriation", "movement_in"),
    ("camp_building", "base_running"),
    ("contracted_service", "life_support"),
    ("personnel", "self_sustainment", "life_support", "repatriation"),
)
_EURO = Decimal("1.08")


@dataclass(frozen=True, slots=True)
class _Earmark:
    code: str
    breadth: float
    rules: tuple[tuple[str, str], ...]
    lethal: bool
    until: int | None


def gift_rows(frame: Frame, dollars: float, units: list[Unit]) -> list[Row]:
    """Contributions that bring in so many dollars by two thirds of the horizon, and others."""
    rng = frame.stream("gifts")
    earmarks = _earmarks(frame, rng, units)
    count = frame.size.contributions
    how = [name for name, n in zip(_HOW, parts(count, list(_HOW.values())), strict=True)
           for _ in range(n)]  # fmt: skip
    if "frozen" not in how:
        how[0] = "frozen"
    rng.shuffle(how)
    under: list[_Earmark | None] = [None] * (count - round(count * 0.55))
    under += [earmarks[i % len(earmarks)] for i in range(count - len(under))]
    rng.shuffle(under)
    weights = [rng.lognormvariate(0, 0.8) * (e.breadth if e else 1.3) for e in under]
    donors = max(8, count // 3)
    counted = sum(w for w, h in zip(weights, how, strict=True) if h in _COUNTED)
    rows: list[Row] = [_organisation(f"D{n:03d}") for n in range(1, donors + 1)]
    rows += [row for earmark in earmarks for row in _earmark_rows(earmark)]
    rows.append(
        fund.ExchangeRate(currency_from="EUR", currency_to="USD", on=BEGAN_ON, rate=_EURO, **FACT)
    )
    for number, (weight, kind, earmark) in enumerate(zip(weights, how, under, strict=True), 1):
        amount = max(_STEP * 5, dollars * weight / counted)
        code = f"G{number:03d}"
        donor = f"D{rng.randint(1, donors):03d}"
        rows += _gift(frame, rng, code, donor, kind, earmark, amount)
    return rows


def _organisation(code: str) -> Row:
    return mandate.Organisation(code=code, title=f"Donor {code}", kind="state", **FACT)


def _earmarks(frame: Frame, rng: Random, units: list[Unit]) -> list[_Earmark]:
    """Different uses: by heads, contributors, capabilities, and some of these together."""
    contributors = sorted({unit.contributor for unit in units if unit.people})
    capabilities = (COMBAT[:1], COMBAT[1:], COMBAT, ENABLERS, (*COMBAT, *STAFF), STAFF)
    found: list[_Earmark] = [_Earmark("E01", 1.2, (), False, None)]
    seen: set[tuple[tuple[str, str], ...]] = {()}
    while len(found) < frame.size.earmarks:
        heads = tuple(("cost_head", h) for h in rng.choice(_HEAD_SETS))
        some = min(len(contributors), rng.randint(2, 5))
        choices: tuple[tuple[tuple[tuple[str, str], ...], float], ...] = (
            (heads, 1.0),
            (tuple(("contributor", c) for c in sorted(rng.sample(contributors, some))), 0.7),
            (tuple(("capability", c) for c in rng.choice(capabilities)), 0.8),
        )
        rules, breadth = choices[rng.choice((0, 0, 1, 2))]
        if rules[0][0] == "capability" and rng.random() < 0.5:
            rules, breadth = (*rules, *heads), 0.5
        if rules in seen:
            continue
        seen.add(rules)
        until = rng.randint(frame.horizon // 2, frame.horizon) if rng.random() < 0.2 else None
        code = f"E{len(found) + 1:02d}"
        found.append(_Earmark(code, breadth, rules, rng.random() < 0.6, until))
    return found


def _earmark_rows(earmark: _Earmark) -> list[Row]:
    rows: list[Row] = [
        fund.Earmark(
            code=earmark.code,
            title=f"Uses {earmark.code}",
            lethal_allowed=earmark.lethal,
            until_on=None if earmark.until is None else month_on(earmark.until),
            **FACT,
        )
    ]
    rows += [
        fund.EarmarkRule(
            code=f"{earmark.code}-{allows}",
            earmark=earmark.code,
            dimension=dimension,
            allows=allows,
            **FACT,
        )
        for dimension, allows in earmark.rules
    ]
    return rows


def _gift(
    frame: Frame,
    rng: Random,
    code: str,
    donor: str,
    kind: str,
    earmark: _Earmark | None,
    dollars: float,
) -> list[Row]:
    in_kind = kind == "in_kind"
    rows: list[Row] = [
        fund.Contribution(
            code=code,
            title=f"Contribution {code}",
            donor=donor,
            instrument="in_kind" if in_kind else "trust_fund",
            fund="" if in_kind else TRUST,
            earmark=earmark.code if earmark and not in_kind else "",
            item="Vehicles and stores" if in_kind else "",
            **FACT,
        )
    ]
    event = _Events(code, round(dollars / _STEP) * _STEP, rng.random() < 0.15, rows).add
    pledged = before(rng, 160)
    event("pledged", pledged)
    after = min(AS_OF, pledged + timedelta(days=rng.randint(5, 60)))
    if kind == "paid":
        event("received", after)
        if rng.random() < 0.2:
            event("obligated", AS_OF, 0.15)
    elif kind == "instalments":
        event("signed", after)
        for number, (on, share) in enumerate(_instalments(frame, rng), 1):
            event("received", on, share, number)
    elif kind in {"frozen", "released"}:
        event("received", after)
        event("frozen", AS_OF)
        if kind == "released":
            event("released", month_on(rng.randint(3, frame.horizon // 2)))
    elif in_kind:
        event("received", after)
    return rows


@dataclass(frozen=True, slots=True)
class _Events:
    """Writes the events of one contribution, in dollars or in euros."""

    code: str
    dollars: int
    euros: bool
    rows: list[Row]

    def add(self, stage: str, on: date, share: float = 1, number: int = 1) -> None:
        """A stage reached on a day; a day to come was agreed by the as-of day."""
        amount = usd(int(self.dollars * share))
        if self.euros:
            amount = Money(int(amount.amount_minor / _EURO / 100) * 100, "EUR")
        known = min(on, AS_OF)
        self.rows.append(
            fund.ContributionEvent(
                code=f"{self.code}-{stage}-{number}",
                contribution=self.code,
                stage=stage,
                on=on,
                amount=amount,
                **{**FACT, "source_on": known, "known_on": known},
            )
        )


def _instalments(frame: Frame, rng: Random) -> list[tuple[date, float]]:
    """Equal instalments; the later ones are agreed days in the future."""
    number = rng.randint(2, 5)
    first = rng.randint(-1, frame.horizon // 5)
    every = rng.randint(3, max(4, frame.horizon // 10))
    months = [min(first + i * every, frame.horizon * 2 // 3) for i in range(number)]
    return [(AS_OF if t < 0 else month_on(t), 1 / number) for t in months]
