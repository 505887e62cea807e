"""A bank beside the books: what is proposed and why, what is left, and laws of reconciliation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bank_files import DAY, camt, csv_file, entry, statement, wishes
from konbit.exchange.banks import read_bank_file
from konbit.fund.banking import (
    CERTAIN,
    LIKELY,
    POSSIBLE,
    Item,
    Link,
    Pair,
    Proposal,
    Reconciliation,
    cash_of,
    jumps_in,
    propose,
    reconcile,
    references_alike,
)
from ledger_cases import Log, allotted, obligated, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from konbit.terms.bank import BankEntry, BankStatement

JAN = date(2026, 1, 1)


def item(key: int, day: int, minor: int, *references: str, **more: Any) -> Item:
    """A movement on a day of January."""
    made = Item(key=key, on=JAN + (day - 1) * DAY, amount_minor=minor)
    return replace(made, references=references_alike(references), **more)


def only(found: Sequence[Proposal]) -> Proposal:
    (one,) = found
    return one


def test_reference_and_amount_are_certain_and_far_days_do_not_matter() -> None:
    entries = [item(1, 28, -500, "o-17", "x"), item(2, 2, -500, "other")]
    records = [item(9, 1, -500, "O/17")]
    found = only(propose(entries, records))
    assert (found.entries, found.records) == ((1,), (9,))
    assert (found.rule, found.certainty, found.others) == ("reference", CERTAIN, 0)


def test_two_that_fit_as_well_make_it_less_sure_and_the_nearer_day_is_taken() -> None:
    entries = [item(1, 9, 500, "GIFT")]
    records = [item(8, 2, 500, "GIFT"), item(9, 8, 500, "GIFT")]
    found = only(propose(entries, records))
    assert (found.records, found.certainty, found.others) == ((9,), LIKELY, 1)


def test_amount_and_day_are_likely_within_the_window_only() -> None:
    found = only(propose([item(1, 12, 500)], [item(9, 2, 500)]))
    assert (found.rule, found.certainty) == ("amount-and-day", LIKELY)
    assert propose([item(1, 13, 500)], [item(9, 2, 500)]) == ()
    both = propose([item(1, 5, 500), item(2, 6, 500)], [item(9, 5, 500)])
    assert only(both).certainty == POSSIBLE
    assert propose([item(1, 5, 500)], [item(9, 5, -500)]) == ()
    assert propose([item(1, 5, 500)], [item(9, 5, 501)]) == ()


def test_a_batch_of_payments_and_a_payment_in_parts() -> None:
    records = [item(7, 3, -100, "O1"), item(8, 3, -250, "O2"), item(9, 4, -9, "O3")]
    found = only(propose([item(1, 5, -350, "O1", "O2", "BATCH")], records))
    assert (found.records, found.rule, found.certainty) == ((7, 8), "batch-reference", CERTAIN)
    unnamed = only(propose([item(1, 5, -350)], records))
    assert (unnamed.records, unnamed.rule, unnamed.certainty) == ((7, 8), "batch-sum", POSSIBLE)
    parts = [item(1, 5, 100, "USA-1"), item(2, 7, 250, "USA-1")]
    found = only(propose(parts, [item(9, 9, 350, "USA-1")]))
    assert (found.entries, found.rule, found.certainty) == ((1, 2), "parts-reference", CERTAIN)
    unnamed = only(propose([replace(p, references=frozenset()) for p in parts], [item(9, 9, 350)]))
    assert (unnamed.entries, unnamed.rule) == ((1, 2), "parts-sum")


def test_where_several_choices_add_up_none_is_proposed() -> None:
    records = [item(k, 3, minor) for k, minor in ((5, -100), (6, -200), (7, -120), (8, -180))]
    assert propose([item(1, 5, -300)], records) == ()


def test_what_undoes_itself_on_one_side() -> None:
    records = [item(5, 3, 100, "USA-1"), item(6, 4, -100, undoes=5)]
    found = only(propose([], records))
    assert (found.entries, found.records, found.rule) == ((), (5, 6), "undone")
    entries = [item(1, 3, -40), item(2, 4, 40, is_correction=True)]
    found = only(propose(entries, []))
    assert (found.entries, found.records, found.rule) == ((1, 2), (), "bank-correction")


def test_an_opening_balance_is_all_that_came_before() -> None:
    opening = item(1, 10, 700, is_opening=True)
    before = [item(5, 2, 1_000), item(6, 9, -300)]
    found = only(propose([opening], [*before, item(7, 20, 5)]))
    assert (found.entries, found.records, found.rule) == ((1,), (5, 6), "opening")
    assert propose([replace(opening, amount_minor=701)], before) == ()


def test_what_somebody_refused_is_not_proposed_again_but_another_is() -> None:
    entries, records = [item(1, 5, 500)], [item(8, 5, 500), item(9, 7, 500)]
    first = only(propose(entries, records))
    second = only(propose(entries, records, frozenset({first.key})))
    assert (first.records, second.records) == ((8,), (9,))
    assert propose(entries, records, frozenset({first.key, second.key})) == ()


def test_a_record_moves_on_a_bank_what_its_postings_say() -> None:
    log = opened()
    log.must("signed", contribution="USA-1", amount_minor=1_000)
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=900, key="deposit-1")
    found = [cash_of(record, "MAIN", {}) for record in log.records]
    assert [f.amount_minor for f in found if f] == [900]
    assert found[-1] is not None
    assert found[-1].references == {"usa1", "deposit1"}
    assert cash_of(log.records[-1], "OTTAWA", {}) is None
    log.must("reversed", sequence=log.records[-1].sequence)
    last = cash_of(log.records[-1], "MAIN", {})
    assert last is not None
    assert (last.amount_minor, last.undoes) == (-900, log.records[-2].sequence)


def test_money_that_only_changes_purse_is_no_movement() -> None:
    log = opened()
    log.must("signed", contribution="USA-1", amount_minor=1_000)
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=900)
    log.must("reprogrammed", contribution="USA-1", to_purse="B", bank="MAIN", amount_minor=100,
             consent_by="USA", document="ab" * 32)  # fmt: skip
    assert cash_of(log.records[-1], "MAIN", {}) is None


def test_statements_that_do_not_follow_each_other() -> None:
    def link(first: int, after: int, opening: int, closing: int) -> Link:
        days = [JAN + n * DAY for n in (first, after)]
        return Link(from_on=days[0], until_on=days[1], opening_minor=opening, closing_minor=closing)

    a, b, c, d = link(0, 7, 0, 5), link(7, 14, 5, 9), link(20, 25, 9, 9), link(25, 30, 11, 12)
    found = jumps_in([c, a, d, b])
    assert [(j.until_on.day, j.since_on.day, j.amount_minor) for j in found] == [
        (21, 15, 0),
        (26, 26, 2),
    ]
    entries = [item(1, 3, 5), item(2, 9, 4), item(3, 27, 1)]
    told = reconcile(JAN + 29 * DAY, [a, b, c, d], entries, [], [])
    assert told is not None
    assert (told.bank_minor, told.difference_minor) == (12, 2)
    assert sum(jump.amount_minor for jump in told.jumps) == 2
    for day, balance in ((-1, 0), (0, 0), (2, 5), (16, 9), (26, 12)):
        seen = reconcile(JAN + day * DAY, [a, b, c, d], entries, [], [])
        assert seen is not None
        assert seen.bank_minor == balance, day
    assert reconcile(JAN + 30 * DAY, [a, b, c, d], entries, [], []) is None
    assert reconcile(JAN - 2 * DAY, [a, b, c, d], entries, [], []) is None
    lost = link(20, 25, 8, 8)
    assert reconcile(JAN + 16 * DAY, [a, b, lost], entries, [], []) is None


def test_what_was_matched_across_the_day_is_left_until_then() -> None:
    links = [Link(from_on=JAN, until_on=JAN + 31 * DAY, opening_minor=0, closing_minor=60)]
    entries, records = [item(1, 20, 60)], [item(9, 10, 60)]
    told = reconcile(JAN + 14 * DAY, links, entries, records, [Pair((1,), (9,))])
    assert told is not None
    assert told.agrees
    assert [(left.item.key, left.settled_on) for left in told.records] == [(9, JAN + 19 * DAY)]
    told = reconcile(JAN + 20 * DAY, links, entries, records, [Pair((1,), (9,))])
    assert told is not None
    assert (told.agrees, told.records, told.entries) == (True, (), ())


# Laws on whole logs: a made-up ledger, the file that its bank would send, and what is left.


_STEPS = st.lists(
    st.tuples(st.sampled_from(["received", "interest", "paid", "undone"]), st.integers(1, 4_000)),
    min_size=1,
    max_size=12,
)


def made_log(steps: Sequence[tuple[str, int]]) -> Log:
    """A log of a fund in which money comes and goes."""
    log = opened(support_cost_ppm=0)
    log.must("signed", contribution="USA-1", amount_minor=10**9)
    log.must("received", contribution="USA-1", bank="MAIN", amount_minor=10**6)
    for number, (kind, amount) in enumerate(steps):
        if kind == "paid":
            assert allotted(log, f"A{number}", amount) == ""
            assert obligated(log, f"A{number}", f"O{number}", amount) == ""
            log.must("disbursed", obligation=f"O{number}", bank="MAIN", direct_minor=amount,
                     actor="otto")  # fmt: skip
        elif kind == "interest":
            log.must("interest", purse="A", bank="MAIN", amount_minor=amount)
        else:
            log.must("received", contribution="USA-1", bank="MAIN", amount_minor=amount)
            if kind == "undone":
                log.must("reversed", sequence=log.records[-1].sequence)
    return log


def cash(log: Log) -> list[Item]:
    found = (cash_of(record, "MAIN", {}) for record in log.records)
    return [one for one in found if one is not None]


def banked(log: Log, *, named: bool) -> list[BankEntry]:
    """What the bank books: what was not reversed, a few days later."""
    undone = {one.undoes for one in cash(log)}
    keys = {record.sequence: record.idempotency_key for record in log.records}
    return [
        entry(
            one.on + timedelta(days=one.key % 3),
            one.amount_minor,
            *([keys[one.key]] if named else []),
        )
        for one in cash(log)
        if one.undoes is None and one.key not in undone
    ]


def told_by(entries: Iterable[BankEntry]) -> BankStatement:
    there = list(entries)
    last = max(e.booked_on for e in there)
    return statement(there, from_on=JAN, until_on=last + 40 * DAY)


def side_of(told: BankStatement) -> list[Item]:
    """A statement's entries as items."""
    return [
        Item(
            key=number,
            on=one.booked_on,
            amount_minor=one.amount_minor,
            references=references_alike(one.references),
        )
        for number, one in enumerate(told.entries, 1)
    ]


def settled(told: BankStatement, records: list[Item]) -> Reconciliation:
    """The reconciliation after everything proposed was confirmed."""
    entries = side_of(told)
    pairs = [Pair(p.entries, p.records) for p in propose(entries, records)]
    link = Link(
        from_on=told.from_on,
        until_on=told.until_on,
        opening_minor=told.opening_minor,
        closing_minor=told.closing_minor,
    )
    found = reconcile(told.until_on - DAY, [link], entries, records, pairs)
    assert found is not None
    return found


@settings(max_examples=50, deadline=None)
@given(_STEPS)
def test_law_the_file_of_a_ledgers_own_bank_leaves_nothing(steps: list[tuple[str, int]]) -> None:
    log = made_log(steps)
    told = told_by(banked(log, named=True))
    for content in (camt(told), csv_file(told)):
        asked = wishes(from_on=told.from_on, until_on=told.until_on)
        (read,) = read_bank_file(content, asked).statements
        found = settled(read, cash(log))
        assert (found.difference_minor, found.entries, found.records) == (0, (), ())
        assert found.bank_minor == found.books_minor == log.books.held("bank:MAIN:A")


@settings(max_examples=50, deadline=None)
@given(_STEPS, st.data())
def test_law_an_entry_dropped_or_changed_is_left_with_exactly_its_amount(
    steps: list[tuple[str, int]], data: st.DataObject
) -> None:
    log = made_log(steps)
    entries = banked(log, named=True)
    at = data.draw(st.integers(0, len(entries) - 1))
    by = data.draw(st.integers(-3, 10**7))
    lost, rest = entries[at], entries[:at] + entries[at + 1 :]
    if rest:
        found = settled(told_by(rest), cash(log))
        assert found.agrees
        assert [left.item.amount_minor for left in found.records] == [lost.amount_minor]
        assert found.entries == ()
    changed = replace(lost, amount_minor=lost.amount_minor + by)
    found = settled(told_by([*rest, changed]), cash(log))
    assert found.agrees
    wrong = [changed.amount_minor] if by else []
    assert [left.item.amount_minor for left in found.entries] == wrong
    assert [left.item.amount_minor for left in found.records] == [lost.amount_minor for _ in wrong]
    one_sided = replace(told_by(entries), entries=told_by([*rest, changed]).entries)
    refused = read_bank_file(camt(one_sided), wishes()).findings
    assert [dict(f.values)["minor"] for f in refused] == [str(-by) for _ in wrong]


@settings(max_examples=50, deadline=None)
@given(_STEPS, st.booleans(), st.randoms(use_true_random=False))
def test_law_the_order_of_either_side_changes_no_proposal(
    steps: list[tuple[str, int]], named: bool, chance: Any
) -> None:
    log = made_log(steps)
    entries, records = side_of(told_by(banked(log, named=named))), cash(log)
    expected = propose(entries, records)
    chance.shuffle(entries)
    chance.shuffle(records)
    assert propose(entries, records) == expected


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(-9, 9).filter(bool)), max_size=14),
    st.lists(st.tuples(st.integers(1, 30), st.integers(-9, 9).filter(bool)), max_size=14),
)
def test_law_proposals_add_up_use_everything_once_and_keep_the_balance(
    left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> None:
    entries = [item(n, day, minor) for n, (day, minor) in enumerate(left, 1)]
    records = [item(n, day, minor) for n, (day, minor) in enumerate(right, 1)]
    found = propose(entries, records)
    amounts = [{i.key: i.amount_minor for i in side} for side in (entries, records)]
    for one in found:
        pairs_of_keys = zip(amounts, (one.entries, one.records), strict=True)
        sums = [sum(side[k] for k in keys) for side, keys in pairs_of_keys]
        assert sums[0] == sums[1]
    used = [k for one in found for k in one.entries], [k for one in found for k in one.records]
    assert all(len(keys) == len(set(keys)) for keys in used)
    closing = sum(minor for _, minor in left)
    link = Link(from_on=JAN, until_on=JAN + 30 * DAY, opening_minor=0, closing_minor=closing)
    pairs = [Pair(one.entries, one.records) for one in found]
    for day in (4, 15, 29):
        told = reconcile(JAN + day * DAY, [link], entries, records, pairs)
        assert told is not None
        assert told.agrees
