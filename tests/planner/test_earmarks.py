"""What each earmark pays for: every number here was worked by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from konbit.dossier.tables import fund, pledge, requirement
from missions import (
    FACT,
    capability,
    gift,
    place,
    price,
    usd,
)
from paid_missions import (
    head,
    one_unit,
    paid,
    planned,
    rate,
)

if TYPE_CHECKING:
    from konbit.dossier import Row


def test_an_earmark_pays_within_its_window_only() -> None:
    """Earmarked 10 a month from April up to, not including, June; free money pays the rest."""
    found = planned(
        one_unit(4),
        fund.Earmark(
            code="E", title="E", from_on=date(2024, 3, 2), until_on=date(2024, 6, 1), **FACT
        ),
        [*gift("G", "BBB", 20), *gift("H", "BBB", 1_000, earmark="E")],
        [head("H", "unit_month"), rate("r", "H", usd(10))],
    )
    assert paid(found) == {
        ("2024-03", "-"): 1_000,
        ("2024-04", "E"): 1_000,
        ("2024-05", "E"): 1_000,
        ("2024-06", "-"): 1_000,
    }


def test_earmarked_money_is_used_before_money_for_anything() -> None:
    found = planned(
        one_unit(2),
        fund.Earmark(code="E", title="E", **FACT),
        fund.EarmarkRule(code="ER", earmark="E", dimension="cost_head", allows="H", **FACT),
        [*gift("G", "BBB", 100), *gift("H", "BBB", 15, earmark="E")],
        [head("H", "unit_month"), rate("r", "H", usd(10))],
    )
    total = paid(found)
    assert sum(amount for (_, earmark), amount in total.items() if earmark == "E") == 1_500
    assert sum(amount for (_, earmark), amount in total.items() if earmark == "-") == 500


@pytest.mark.parametrize(
    ("dimension", "allows", "accepted"),
    [
        ("cost_head", "H", True),
        ("cost_head", "OTHER", False),
        ("contributor", "AAA", True),
        ("contributor", "BBB", False),
        ("capability", "police", True),
        ("capability", "medical", False),
        ("site", "S", True),
        ("site", "T", False),
    ],
)
def test_an_earmark_pays_for_what_its_rules_name(
    dimension: str, allows: str, accepted: bool
) -> None:
    found = planned(
        one_unit(1),
        [capability("medical"), *place("T", 0), head("OTHER", "building")],
        fund.Earmark(code="E", title="E", **FACT),
        fund.EarmarkRule(code="ER", earmark="E", dimension=dimension, allows=allows, **FACT),
        gift("G", "BBB", 100, earmark="E"),
        [head("H", "unit_month"), rate("r", "H", usd(10))],
    )
    assert paid(found) == ({("2024-03", "E"): 1_000} if accepted else {})
    assert found.covered_points == (100_000 if accepted else 0)


def test_running_a_site_has_no_contributor() -> None:
    """Money for units of AAA pays the unit, not the site on which it stands: nobody comes."""
    rows: list[Row | list[Row]] = [
        one_unit(1),
        fund.Earmark(code="E", title="E", **FACT),
        fund.EarmarkRule(code="ER", earmark="E", dimension="contributor", allows="AAA", **FACT),
        gift("G", "BBB", 100, earmark="E"),
        price("H", "unit_month", 10),
    ]
    assert planned(*rows).covered_points == 100_000
    assert planned(*rows, price("base", "site_month", 1)).covered_points == 0


@pytest.mark.parametrize("lethal_allowed", [True, False])
def test_an_earmark_may_refuse_lethal_equipment(lethal_allowed: bool) -> None:
    found = planned(
        one_unit(1),
        requirement.EquipmentType(code="GUN", title="Gun", lethal=True, **FACT),
        pledge.OfferEquipment(offer="O", equipment_type="GUN", quantity=1, brings=1, **FACT),
        fund.Earmark(code="E", title="E", lethal_allowed=lethal_allowed, **FACT),
        gift("G", "BBB", 100, earmark="E"),
        price("H", "equipment_month", 10),
    )
    assert found.covered_points == (100_000 if lethal_allowed else 0)
