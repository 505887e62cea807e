"""A small invented mission: two sites, two regions, three capabilities, three offers, two funds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from konbit.dossier.dossier import Dossier
from konbit.dossier.tables.fund import (
    Contribution,
    ContributionEvent,
    CostHead,
    Earmark,
    EarmarkRule,
    Fund,
    FundingModel,
    PayerRule,
    Rate,
    Scenario,
    ScenarioStep,
)
from konbit.dossier.tables.mandate import (
    Ceiling,
    Document,
    Location,
    Mission,
    Organisation,
    Paragraph,
)
from konbit.dossier.tables.pledge import Offer, UnitEvent
from konbit.dossier.tables.requirement import (
    BuildingOption,
    Capability,
    Phase,
    Requirement,
    Site,
)
from konbit.terms import Money, Month, months_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.dossier.columns import Row

AS_OF_ON = date(2026, 3, 15)
FIRST = Month(2026, 4)
UNTIL = Month(2027, 4)
MONTHS = months_between(FIRST, UNTIL)
CEILING = 1_200

_FACT: dict[str, Any] = {
    "source": "https://example.org/concept-of-operations",
    "source_on": date(2026, 1, 10),
    "confidence": "official",
}
_GUESS: dict[str, Any] = {
    "source": "https://example.org/planning-note",
    "source_on": date(2026, 2, 1),
    "confidence": "placeholder",
    "basis": "Order of magnitude from two earlier missions.",
}


def usd(thousands: int) -> Money:
    """So many thousand United States dollars."""
    return Money(thousands * 100_000, "USD")


@cache
def sample_dossier() -> Dossier:
    """Two sites in two regions with outlines, three capabilities, three offers and two funds."""
    return Dossier.of((*_mandate(), *_requirement(), *_pledge(), *_fund()))


def _mandate() -> Iterator[Row]:
    yield Mission(
        code="EXM",
        title="Multinational Support Mission in Exemplia",
        country="XXX",
        currency="USD",
        horizon_months=12,
        scenario="hybrid",
        disclaimer="Boundaries and names shown do not imply official endorsement or acceptance.",
    )
    for code, title, kind in (
        ("KEN", "Kenya", "state"),
        ("JAM", "Jamaica", "state"),
        ("CAN", "Canada", "state"),
        ("USA", "United States of America", "state"),
        ("UN", "United Nations", "un"),
    ):
        yield Organisation(code=code, title=title, kind=kind, distance_km=2_000, **_FACT)
    yield Document(
        code="R1",
        symbol="S/RES/9001 (2025)",
        title="Resolution on the mission",
        kind="resolution",
        body="UN",
        adopted_on=date(2025, 9, 30),
        votes_for=12,
        votes_against=0,
        abstentions=3,
        adopted_by="vote",
        **_FACT,
    )
    yield Paragraph(
        code="R1-1",
        document="R1",
        number="1",
        number_status="confirmed",
        verb="Authorises",
        force="authority",
        addressee="Member States",
        substance="States may form a mission of 1,200 uniformed people for twelve months.",
        **_FACT,
    )
    yield Ceiling(
        code="C1",
        component="uniformed",
        strength_persons=CEILING,
        from_on=date(2025, 10, 1),
        paragraph="R1-1",
        document="R1",
        **_FACT,
    )
    yield Location(code="XX", title="Exemplia", kind="country", **_FACT)
    yield Location(
        code="XX01",
        title="North",
        kind="region",
        pcode="XX01",
        parent="XX",
        latitude=Decimal("19.5"),
        longitude=Decimal("-72.3"),
        outline="-73.2 19.0, -72.6 19.9, -71.8 19.8, -71.7 19.0, -72.4 18.9",
        **_FACT,
    )
    yield Location(
        code="XX02",
        title="South",
        kind="region",
        pcode="XX02",
        parent="XX",
        latitude=Decimal("18.4"),
        longitude=Decimal("-72.5"),
        outline=(
            "-73.2 19.0, -72.4 18.9, -71.7 19.0, -71.8 18.1, -73.5 18.0;"
            " -73.9 18.3, -73.6 18.3, -73.7 18.5"
        ),
        **_FACT,
    )


def _requirement() -> Iterator[Row]:
    yield Capability(code="patrol", title="Patrols", measure="persons", group="Operations", **_FACT)
    yield Capability(
        code="engineering", title="Engineering", measure="persons", group="Support", **_FACT
    )
    yield Capability(
        code="medevac",
        title="Medical evacuation",
        measure="helicopters",
        group="Support",
        enabler=True,
        **_FACT,
    )
    yield Site(
        code="capital", title="Capital base", location="XX02", kind="main", capacity_persons=700,
        **_FACT,
    )  # fmt: skip
    yield Site(code="harbour", title="Harbour base", location="XX01", capacity_persons=0, **_FACT)
    yield BuildingOption(
        code="harbour-camp",
        title="Camp for 300 at the harbour",
        site="harbour",
        adds_persons=300,
        lead_time_months=3,
        cost=usd(2_400),
        cost_head="building",
        **_GUESS,
    )
    yield Phase(code="P1", title="Build up", from_on=date(2026, 4, 1), **_FACT)
    yield Phase(code="P2", title="Reach out", from_on=date(2026, 8, 1), **_FACT)
    for code, capability, site, _, quantity, weight in NEEDS:
        yield Requirement(
            code=code,
            capability=capability,
            site=site,
            phase="P2" if site == "harbour" else "P1",
            quantity=quantity,
            priority=weight,
            paragraph="R1-1",
            **_FACT,
        )


# Code, capability, site, first month needed, quantity, priority weight.
NEEDS = (
    ("N-engineering", "engineering", "capital", 0, 80, 20),
    ("N-medevac", "medevac", "capital", 0, 2, 50),
    ("N-patrol-capital", "patrol", "capital", 0, 600, 100),
    ("N-patrol-harbour", "patrol", "harbour", 4, 300, 60),
)

# Offer, contributor, title, capability, units, people per unit, gives per unit.
OFFERS = (
    ("CAN-medevac", "CAN", "Helicopter with crew", "medevac", 1, 25, 1),
    ("JAM-engineers", "JAM", "Engineer squad", "engineering", 2, 40, 40),
    ("KEN-police", "KEN", "Formed police unit", "patrol", 5, 150, 150),
)


# One is relieved with a month of overlap, one after a month without anybody.
TOURS: dict[str, dict[str, Any]] = {
    "KEN-police": {"tour_months": 6, "overlap_months": 1},
    "CAN-medevac": {"tour_months": 3, "gap_months": 1},
}


def _pledge() -> Iterator[Row]:
    for code, contributor, title, capability, units, strength, gives in OFFERS:
        yield Offer(
            code=code,
            title=title,
            contributor=contributor,
            unit_count=units,
            strength_persons=strength,
            capability=capability,
            quantity=gives,
            available_from_on=date(2026, 5, 1),
            paragraph="R1-1",
            **TOURS.get(code, {}),
            **_FACT,
        )
    yield UnitEvent(
        code="E1",
        offer="KEN-police",
        stage="arrived",
        on=date(2025, 12, 4),
        units=2,
        site="capital",
        **_FACT,
    )


def _fund() -> Iterator[Row]:
    yield Fund(
        code="TF",
        title="Trust fund",
        kind="trust_fund",
        currency="USD",
        manager="UN",
        support_cost_share=Decimal("0.07"),
        **_FACT,
    )
    yield Fund(code="AB", title="Support account", kind="assessed", currency="USD", **_FACT)
    yield Earmark(code="medical", title="Medical only", lethal_allowed=False, **_FACT)
    yield EarmarkRule(
        code="ER1", earmark="medical", dimension="capability", allows="medevac", **_FACT
    )
    for code, title, counted, scope in (
        ("reimbursement", "Personnel reimbursement", "person_month", "direct"),
        ("travel", "Travel in", "person_arrival", "direct"),
        ("camp", "Camp services", "site_month", "support"),
        ("building", "Building", "building", "support"),
    ):
        yield CostHead(code=code, title=title, counted=counted, scope=scope, **_FACT)
        yield Rate(
            code=f"rate-{code}",
            cost_head=code,
            from_on=date(2025, 7, 1),
            amount=usd(PRICES[code]),
            **_GUESS,
        )
    for code, donor, earmark in (("G1", "CAN", ""), ("G2", "USA", ""), ("G3", "CAN", "medical")):
        yield Contribution(
            code=code,
            title=f"Gift {code}",
            donor=donor,
            instrument="trust_fund",
            fund="TF",
            earmark=earmark,
            **_FACT,
        )
        yield ContributionEvent(
            code=f"{code}-1",
            contribution=code,
            stage="received",
            on=date(2026, 2, 20),
            amount=usd(8_000),
            **_FACT,
        )
    for code, title in MODELS.items():
        yield FundingModel(code=code, title=title, **_FACT)
        for head in PRICES:
            payer = payer_of(code, head)
            is_fund = payer in {"TF", "AB"}
            yield PayerRule(
                funding_model=code,
                cost_head=head,
                payer="fund" if is_fund else payer,
                fund=payer if is_fund else "",
                **_FACT,
            )
        yield Scenario(code=code, title=f"{title} from the start", **_FACT)
        yield ScenarioStep(scenario=code, from_on=FIRST.first_on, funding_model=code, **_FACT)


PRICES = {"reimbursement": 2, "travel": 3, "camp": 250, "building": 2_400}
MODELS = {"voluntary": "Voluntary", "hybrid": "Hybrid", "assessed": "Assessed"}


def payer_of(model: str, head: str) -> str:
    if model == "voluntary":
        return "contributor" if head == "reimbursement" else "TF"
    if model == "hybrid":
        return "AB" if head == "camp" else "TF"
    return "AB"
