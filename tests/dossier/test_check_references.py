from __future__ import annotations

from datetime import date

import pytest

from konbit.dossier import Dossier
from konbit.dossier.checks import check
from konbit.dossier.columns import Row, columns_of
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import (
    CostHead,
    Earmark,
    EarmarkRule,
    Fund,
    PayerRule,
)
from konbit.dossier.tables.mandate import Document, Location, Mission, Organisation
from konbit.dossier.tables.pledge import Caveat
from konbit.dossier.tables.requirement import Site
from konbit.terms import Severity
from tiny_rows import AS_OF, found_in, gift, make, offered, tiny, told


def test_a_mission_alone_has_nothing_wrong() -> None:
    assert found_in() == ()


@pytest.mark.parametrize("missions", [0, 2])
def test_a_dossier_has_exactly_one_mission(missions: int) -> None:
    dossier = Dossier.of(make(Mission, code=f"M{number}") for number in range(missions))
    (only,) = check(dossier)
    assert (only.code, only.severity, only.table) == ("mission-count", Severity.ERROR, "missions")
    assert dict(only.values) == {"count": str(missions)}


def test_a_reference_to_no_row_is_told_with_the_nearest_key() -> None:
    region = make(Location, code="north")
    (only,) = found_in(region, make(Site, code="S", location="nort"))
    assert (only.code, only.severity) == ("reference-missing", Severity.ERROR)
    assert (only.table, only.row, only.column) == ("sites", "S", "location")
    assert dict(only.values) == {
        "value": "nort", "tables": "locations", "suggestion": "north",
    }  # fmt: skip
    assert found_in(region, make(Site, code="S", location="north")) == ()


def test_a_reference_from_a_row_that_is_not_used_must_resolve_too() -> None:
    lost = make(Site, code="S", location="nowhere", used=False, note="doubtful")
    assert told(lost) == [("reference-missing", "sites", "S", "location")]


def test_a_needed_row_that_is_not_known_yet_is_told_once_for_all_who_need_it() -> None:
    late = make(Location, code="L", source_on=date(2025, 12, 1))
    first, second = (make(Site, code=code, location="L") for code in "AB")
    (only,) = found_in(late, first, second)
    assert (only.code, only.severity) == ("reference-not-known", Severity.WARNING)
    assert (only.table, only.row, only.column) == ("sites", "A", "location")
    assert dict(only.values) == {"as_of_on": str(AS_OF), "count": "2", "value": "L"}
    assert found_in(late, first, second, as_of=date(2025, 12, 1)) == ()


def test_the_row_used_instead_exists() -> None:
    doubtful = {"used": False, "note": "older figure"}
    good = make(Location, code="L")
    assert found_in(good, make(Location, code="K", alternative_to="L", **doubtful)) == ()
    bad = make(Location, code="K", alternative_to="M", **doubtful)
    assert told(good, bad) == [("alternative-missing", "locations", "K", "alternative_to")]


def test_documents_that_renew_each_other_in_a_circle_are_told_once() -> None:
    circle = [
        make(Document, code=code, renews=renews)
        for code, renews in (("C", "A"), ("A", "B"), ("B", "C"), ("D", "A"))
    ]
    (only,) = found_in(*circle)
    assert (only.code, only.severity, only.row) == ("cycle", Severity.ERROR, "A")
    assert dict(only.values) == {"path": "A → B → C → A"}
    line = [make(Document, code="A", renews="B"), make(Document, code="B")]
    assert found_in(*line) == ()


@pytest.mark.parametrize(
    ("table", "column"),
    [(t, c.name) for t in TABLES for c in columns_of(t) if t.TABLE in c.refers_to],
    ids=lambda value: value if isinstance(value, str) else value.TABLE,
)
def test_no_row_of_any_table_follows_itself(table: type[Row], column: str) -> None:
    row = make(table, code="A", **{column: "A"})
    assert ("cycle", table.TABLE, "A", column) in told(row)


def test_a_payer_rule_names_the_fund_that_pays() -> None:
    head = make(CostHead, code="fuel", counted="building")
    fund = make(Fund, code="TF")
    rule = {"funding_model": "", "cost_head": "fuel"}
    assert told(head, fund, make(PayerRule, payer="fund", **rule)) == [
        ("fund-missing", "payer_rules", " / fuel", "fund")
    ]
    assert found_in(head, fund, make(PayerRule, payer="fund", fund="TF", **rule)) == ()
    assert found_in(head, fund, make(PayerRule, payer="contributor", **rule)) == ()


def test_a_gift_to_a_trust_fund_names_it() -> None:
    fund = make(Fund, code="TF")
    assert told(fund, gift(instrument="trust_fund")) == [
        ("fund-missing", "contributions", "G", "fund")
    ]
    assert found_in(fund, gift(instrument="trust_fund", fund="TF")) == ()


@pytest.mark.parametrize(
    ("kind", "code", "column"),
    [
        ("only_site", "site-missing", "site"),
        ("not_site", "site-missing", "site"),
        ("only_funding_model", "funding-model-missing", "funding_model"),
    ],
)
def test_a_caveat_names_what_it_is_about(kind: str, code: str, column: str) -> None:
    assert told(make(Caveat, kind=kind)) == [(code, "caveats", "A", column)]
    assert found_in(make(Caveat, kind="statement")) == ()


def test_an_earmark_rule_allows_something_of_its_dimension() -> None:
    rows = (make(Earmark, code="E"), make(Organisation, code="KEN"))
    rule = {"earmark": "E", "allows": "KEN"}
    wrong = make(EarmarkRule, dimension="site", **rule)
    assert told(*rows, wrong) == [("earmark-rule-table", "earmark_rules", "A", "allows")]
    assert found_in(*rows, make(EarmarkRule, dimension="contributor", **rule)) == ()


def test_everything_wrong_is_told_at_once_and_in_order() -> None:
    findings = check(tiny(offered(contributor="KEN"), gift(donor="USA", fund="TF")), AS_OF)
    assert list(findings) == sorted(findings)
    assert {f.code for f in findings} >= {
        "reference-missing", "beside-the-fund", "offer-without-readiness",
    }  # fmt: skip
