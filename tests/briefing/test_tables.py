from __future__ import annotations

from decimal import Decimal

from konbit.briefing import frame
from sample_plan import sample_plan


def test_money_is_an_exact_decimal_beside_its_currency() -> None:
    plan = sample_plan()

    table = frame(plan.obligations)

    assert len(table) == len(plan.obligations)
    assert isinstance(table["amount"][0], Decimal)
    assert sum(table["amount"]) == sum(row.amount.major for row in plan.obligations if row.amount)
    assert set(table["currency"]) == {"USD"}
    assert table["placeholder"].dtype == bool


def test_months_are_texts_and_missing_counts_stay_missing() -> None:
    table = frame(sample_plan().headcounts)

    assert table["month"][0] == "2025-10"
    assert table["effective_persons"].isna().sum() == 6
    assert str(table["deployed_persons"].dtype) == "Int64"


def test_no_rows_give_an_empty_frame() -> None:
    assert frame(()).empty
