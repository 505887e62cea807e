"""Laws of the parts that figures are made of: room for text, ticks, money, outlines, colours."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.briefing.figures import theme
from konbit.briefing.figures.axes import MoneyScale, month_labels, nice_ticks, points
from konbit.briefing.figures.labels import shortened, spread, text_width, told_apart, wrapped
from konbit.briefing.figures.outlines import (
    Projection,
    area_of,
    feature_of,
    middle_of,
    rings_of,
    shape_of,
)
from konbit.briefing.words import Words
from konbit.terms import Month

ENGLISH = Words("en")


@given(st.text(max_size=60), st.integers(20, 300))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, room: int) -> None:
    short = shortened(text, room)
    assert text_width(short) <= room
    assert short == text or text.startswith(short.removesuffix("…"))


@given(st.lists(st.text("abcde", min_size=1), min_size=1), st.integers(20, 300))
def test_wrapping_loses_no_word(words: list[str], room: int) -> None:
    lines = wrapped(" ".join(words), room)
    assert " ".join(lines).split() == words
    assert all(text_width(line) <= room or " " not in line for line in lines)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=12))
def test_labels_keep_their_order_and_distance(wanted: list[int]) -> None:
    placed = spread(wanted, 15, 0, 300)
    ordered = sorted(zip(wanted, range(len(wanted)), placed, strict=True))
    places = [place for *_, place in ordered]
    assert all(b - a >= 15 for a, b in pairwise(places))
    assert max(places) <= 300


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([200, 10, 100], 15, 0, 300) == [200, 10, 100]


@given(st.integers(0, 10**15), st.integers(1, 6), st.integers(-(10**12), 0))
def test_ticks_embrace_the_values_in_few_round_steps(highest: int, count: int, lowest: int) -> None:
    ticks = nice_ticks(highest, count, lowest)
    assert ticks[0] <= lowest
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= count + 2
    assert len({b - a for a, b in pairwise(ticks)}) == 1


@given(st.integers(1, 180), st.integers(150, 900), st.sampled_from([1, 3, 6, 12]))
def test_months_are_labelled_with_room_and_each_year_is_named(
    count: int, width: int, every: int
) -> None:
    months = [Month(2025, 10) + step for step in range(count)]
    labels = month_labels(months, width, ENGLISH, every)
    assert 1 <= len(labels) <= max(1, width // 34) + 1
    named = [label[1] for label in labels.values() if isinstance(label, list)]
    assert named == sorted({str(months[position].year) for position in labels})


def test_money_is_written_in_the_unit_of_the_largest_amount() -> None:
    scale = MoneyScale.of(2_900_000_000, "USD")
    assert scale.unit == "millions"
    assert scale.text(2_900_000_000, ENGLISH) == "29.0"
    assert scale.text(2_904_999_999, ENGLISH) == "29.0"
    assert scale.text(2_905_000_000, ENGLISH) == "29.1"
    assert scale.text(-150_000_000, ENGLISH) == "\u22121.5"
    assert scale.text(-1, ENGLISH) == "0.0"
    assert MoneyScale.of(5_000_00, "USD").unit == "thousands"
    assert MoneyScale.of(999_99, "USD").unit == "units"
    assert MoneyScale.of(1_000_000, "JPY").unit == "millions"  # yen have no minor units


def test_ticks_of_money_have_a_decimal_only_where_one_needs_it() -> None:
    scale = MoneyScale.of(300_000_000, "USD")
    assert list(scale.labels((0, 100_000_000), ENGLISH).values()) == ["0", "1"]
    assert list(scale.labels((0, 50_000_000), ENGLISH).values()) == ["0.0", "0.5"]


def test_points_are_rounded_towards_zero() -> None:
    assert [points(share, ENGLISH) for share in (1_629, -1_629, -9, 0)] == [
        "16.2", "\u221216.2", "0.0", "0.0",
    ]  # fmt: skip


def test_outlines_are_read_closed_and_without_what_is_no_place() -> None:
    rings = rings_of("0 0, 2 0, 2 1; nonsense; 5 5, 6 5; 1 1, x y, 2 2, 3 1, 1 1; 500 1, 0 99")
    assert [list(ring) for ring in rings] == [
        [(0, 0), (2, 0), (2, 1), (0, 0)],
        [(1, 1), (2, 2), (3, 1), (1, 1)],
    ]
    assert not rings_of("")
    assert middle_of(()) is None


def test_rings_are_given_to_the_renderer_clockwise() -> None:
    rings = rings_of("0 0, 2 0, 2 1; 0 0, 2 1, 2 0")
    assert [area_of(ring) > 0 for ring in rings] == [True, False]
    parts = feature_of(rings, {})["geometry"]["coordinates"]
    assert all(area_of(tuple(map(tuple, part[0]))) < 0 for part in parts)


def test_the_middle_is_that_of_the_largest_ring() -> None:
    assert middle_of(rings_of("10 10, 11 10, 11 11; 0 0, 4 0, 4 4, 0 4")) == (2, 2)
    assert middle_of(rings_of("1 1, 2 2, 3 3")) == (1, 1)  # a ring without area


PLACES = st.tuples(st.integers(-179, 179), st.integers(-80, 80))


@given(st.lists(PLACES, min_size=1, max_size=8))
def test_every_place_lies_within_the_picture(places: list[tuple[float, float]]) -> None:
    projection = Projection.fitting(places, 400, 300, 30)
    for place in places:
        x, y = projection.place(place)
        assert 28 <= x <= 372
        assert 28 <= y <= 272
    assert shape_of(places) > 0


def test_north_is_up_and_east_is_right() -> None:
    projection = Projection.fitting([(0, 0), (10, 10)], 400, 300, 0)
    west, east = projection.place((0, 0)), projection.place((10, 10))
    assert west[0] < east[0]
    assert west[1] > east[1]


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED, theme.ACCENT])
def test_text_can_be_read_on_paper_and_on_the_grey_of_the_record(ink: str) -> None:
    assert contrast(ink, theme.PAPER) >= 4.5
    assert contrast(ink, theme.PALE) >= 4.5


@pytest.mark.parametrize(
    ("fill", "ink"), list(zip(theme.SHARE_FILLS, theme.SHARE_INKS, strict=True))
)
def test_numbers_can_be_read_in_their_cells(fill: str, ink: str) -> None:
    assert contrast(fill, ink) >= 4.5


def test_lines_that_mean_something_stand_out_and_shades_differ_in_grey_print() -> None:
    assert contrast(theme.LINE, theme.PAPER) >= 3
    shades = [_luminance(fill) for fill in theme.SHARE_FILLS]
    assert all(a - b >= 0.04 for a, b in pairwise(shades))


@pytest.mark.parametrize("room", [90, 150, 280])
def test_texts_that_begin_alike_are_told_apart_where_they_are_cut(room: int) -> None:
    names = [
        "Kenya: General duty police, first contingent",
        "Kenya: General duty police, second contingent",
        "Kenya: General service unit of the administration police, first contingent",
        "Bahamas: Advance team",
    ]
    labels = told_apart(names, room)
    assert len(set(labels.values())) == len(names)
    assert all(text_width(label) <= room for label in labels.values())
    assert all(labels[name].startswith(name[:2]) for name in names)


def test_texts_with_room_are_left_as_they_are() -> None:
    names = ["Kenya: General duty police", "Kenya: General service unit"]
    assert told_apart(names, 1_000) == dict(zip(names, names, strict=True))
    assert told_apart([], 100) == {}
