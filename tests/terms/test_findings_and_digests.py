from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.terms import Finding, Severity, digest_of
from konbit.terms.code import MOST_WEIGHED, nearest
from konbit.terms.digest import canonical_json
from konbit.terms.finding import finding

words = st.sampled_from(["", "a", "b", "c"])
findings = st.builds(
    finding,
    words,
    st.sampled_from(Severity),
    words,
    words,
    words,
    value=words,
    other=st.integers(0, 3),
)
json_values = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.lists(findings, max_size=8), st.randoms())
def test_findings_have_one_order(found: list[Finding], random: Any) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    assert sorted(shuffled) == sorted(found)


def test_findings_are_in_order_of_code_then_place() -> None:
    places = [("b", "t", "r"), ("a", "u", "r"), ("a", "t", "s"), ("a", "t", "r")]
    found = sorted(finding(code, Severity.NOTE, table, row) for code, table, row in places)
    assert [(f.code, f.table, f.row) for f in found] == sorted(places)


def test_values_are_texts_in_order_of_name() -> None:
    made = finding("a", Severity.NOTE, second=2, first=1)
    assert made.values == (("first", "1"), ("second", "2"))


@given(json_values, json_values)
def test_equal_digests_mean_equal_texts(one: Any, two: Any) -> None:
    same = canonical_json(one) == canonical_json(two)
    assert (digest_of(one) == digest_of(two)) is same


@given(st.text(min_size=1, max_size=40), st.data())
def test_one_changed_letter_changes_the_digest(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place]))
    assert digest_of([text]) != digest_of([text[:place] + letter + text[place + 1 :]])


@given(st.dictionaries(st.text(max_size=4), st.integers(), max_size=6))
def test_the_order_of_names_changes_no_digest(value: dict[str, int]) -> None:
    assert digest_of(dict(reversed(value.items()))) == digest_of(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_digest(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        digest_of([number])


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Capital", "capital"), ("captial", "capital"), ("moon", ""), ("", "")],
)
def test_the_nearest_name_is_suggested(name: str, expected: str) -> None:
    assert nearest(name, ["capital", "harbour"]) == expected


def test_a_long_table_is_searched_by_first_letter() -> None:
    names = [f"offer-{number}" for number in range(MOST_WEIGHED + 1)]
    assert nearest("zffer-12", names) == ""
    assert nearest("OFFER-12", names) == "offer-12"
