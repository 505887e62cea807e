from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.fund.transparency import NotCanonicalError, canonical, parse_canonical

WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)


def test_names_are_sorted_by_their_utf_16_code_units() -> None:
    """The example of RFC 8785 §3.2.3: an emoji sorts before a Hebrew ligature beyond U+E000."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6"]
    in_order = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]
    made = canonical(dict.fromkeys(names, 0))
    assert list(json.loads(made)) == in_order


def test_text_is_escaped_as_little_as_possible() -> None:
    """The example of RFC 8785 §3.2.2, its numbers left out."""
    value = '€$\u000f\nA\'B"\\\\"/'
    assert canonical(value) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_nothing_is_spaced() -> None:
    assert canonical({"b": [1, None], "a": {"": True}}) == b'{"a":{"":true},"b":[1,null]}'


@given(VALUES)
def test_what_was_written_is_what_is_read(value: Any) -> None:
    assert parse_canonical(canonical(value)) == value


@given(VALUES, st.randoms(use_true_random=False))
def test_one_value_has_one_text(value: Any, chance: Any) -> None:
    """The order in which members were entered changes nothing."""

    def shuffled(item: Any) -> Any:
        if isinstance(item, dict):
            names = list(item)
            chance.shuffle(names)
            return {name: shuffled(item[name]) for name in names}
        return [shuffled(entry) for entry in item] if isinstance(item, list) else item

    assert canonical(shuffled(value)) == canonical(value)


@pytest.mark.parametrize(
    "value",
    [1.0, 2**53, -(2**53), float("nan"), "\ud800", {"\ud800": 1, "é": 2}, {1: 2}, {"a"}, b""],
    ids=repr,
)
def test_what_has_no_place_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonicalError):
        canonical({"in": [value]})


def test_what_is_nested_without_end_is_refused() -> None:
    value: list[Any] = []
    for _ in range(40):
        value = [value]
    with pytest.raises(NotCanonicalError):
        canonical(value)
    with pytest.raises(NotCanonicalError):
        parse_canonical(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"b":1,"a":2}',
        '{"a": 1}',
        '{"a":1}\n',
        '{"a":1.0}',
        '{"a":1e3}',
        '{"a":-0}',
        '{"a":01}',
        '{"a":NaN}',
        '{"a":9007199254740993}',
        '"\\u0041"',
        '"\\/"',
        '"\\ud83d\\ude00"',
        '"\\ud800"',
        '"\t"',
        "",
        "nul",
    ],
)
def test_other_writings_of_a_value_are_refused(text: str) -> None:
    with pytest.raises(NotCanonicalError):
        parse_canonical(text.encode())


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(NotCanonicalError):
        parse_canonical(b'"\xff"')
    with pytest.raises(NotCanonicalError):
        parse_canonical(b'\xef\xbb\xbf""')
