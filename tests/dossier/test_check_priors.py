from __future__ import annotations

from konbit.dossier.checks import check
from missions import dossier, one_camp
from uncertain_missions import prior


def codes(*rows: object) -> list[tuple[str, str]]:
    found = check(dossier(one_camp(), *rows))  # type: ignore[arg-type] # rows
    return [(f.code, f.column) for f in found if f.table == "priors"]


def test_priors_that_can_be_drawn_from_say_nothing() -> None:
    assert (
        codes(
            prior("cash_freeze", "0.5", "0.8", "1", happens="0.1"),
            prior("unit_withdraws", happens="0.2"),
            prior("unit_delay_months", "0", "3", "12"),
        )
        == []
    )


def test_what_happens_or_not_needs_a_probability_and_the_rest_a_likely_value() -> None:
    assert codes(prior("cash_freeze", "0.5")) == [("prior-incomplete", "probability_share")]
    assert codes(prior("cash_received_share")) == [("prior-incomplete", "likely")]
    assert codes(prior("lift_interruption", happens="0.5")) == [("prior-incomplete", "likely")]


def test_corners_are_in_order() -> None:
    assert codes(prior("unit_delay_months", "4", "3", "12")) == [("prior-uneven", "likely")]


def test_a_share_of_a_whole_is_not_above_it() -> None:
    assert codes(prior("units_realised_share", "0.5", "0.9", "1.1")) == [
        ("prior-above-one", "high")
    ]
    assert codes(prior("cash_new_share", "0.5", "0.9", "1.1")) == []


def test_two_rows_that_say_the_same() -> None:
    from dataclasses import replace

    row = prior("unit_withdraws", happens="0.2")
    assert codes(row, replace(row, code="other")) == [("prior-double", "")]
    assert codes(row, prior("unit_withdraws", happens="0.2", by="AAA")) == []
