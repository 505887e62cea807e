"""Files of a bank are sent in pieces and in any order: what is missing or there twice is told."""

from __future__ import annotations

import hashlib
import html
import itertools
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bank_files import DAY, camt, csv_file, entry, statement
from konbit.web.ledger.banks import actions
from konbit.web.ledger.banks.actions import BankRefusedError
from konbit.web.ledger.banks.models import BankEntryRow, BankStatementRow
from konbit.web.ledger.banks.presenting import worded
from konbit.web.ledger.banks.queries import account_of
from konbit.web.people.acting import act_as, acting
from konbit.web.words import words_in
from ledger_fund import Desk, client_of, desk_of

if TYPE_CHECKING:
    from konbit.terms.bank import BankStatement
    from web_world import World

MONTHS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
AT = "/m/M/funds/TF/banks/MAIN/"
LANGUAGES = ("en", "fr", "es", "ht")


@pytest.fixture
def desk(world: World) -> Desk:
    made = desk_of(world, money=1_000)
    act_as(made.officer)
    return made


def months() -> list[BankStatement]:
    """Three months that go on where the one before ends."""
    made, at = [], 0
    for number, (first, after) in enumerate(itertools.pairwise(MONTHS), 1):
        rows = [entry(first + n * DAY, 10 * number + n, f"R-{number}-{n}") for n in range(4)]
        one = statement(rows, from_on=first, until_on=after, opening=at, reference=f"S-{number}")
        made.append(replace(one, number=number))
        at = one.closing_minor
    return made


def taken(desk: Desk, *statements: BankStatement) -> actions.Taken:
    with acting(desk.officer):
        told = [actions.Sent(one, "ab" * 32, is_csv=False) for one in statements]
        return actions.take_in(desk.officer, desk.fund, "MAIN", told)


def in_pages(told: BankStatement) -> list[bytes]:
    """Two pages with interim balances, each in a file of its own, the later one first."""
    middle, files = len(told.entries) // 2, []
    first = replace(
        told,
        entries=told.entries[:middle],
        closing_minor=told.opening_minor + sum(e.amount_minor for e in told.entries[:middle]),
    )
    last = replace(told, entries=told.entries[middle:], opening_minor=first.closing_minor)
    for number, (page, code) in enumerate([(first, "CLBD"), (last, "OPBD")], 1):
        is_last = str(number == 2).lower()
        mark = f"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{is_last}</LastPgInd></StmtPgntn>"
        text = camt(page).decode().replace("</Id>", f"</Id>{mark}", 1).replace(code, "ITBD")
        files.append(text.encode())
    return files[::-1]


def post(world: World, *files: bytes) -> Any:
    named = [SimpleUploadedFile(f"part-{n}.xml", content) for n, content in enumerate(files)]
    return client_of(world, "fund_officer").post(AT, {"file": named}, follow=True)


def lines(desk: Desk) -> list[tuple[Any, ...]]:
    act_as(desk.officer)
    rows = BankEntryRow.objects.filter(fund=desk.fund, number__gt=0).order_by("booked_on", "number")
    return list(rows.values_list("booked_on", "amount_minor", "references", "number"))


def test_pages_in_files_of_their_own_are_sent_together(world: World, desk: Desk) -> None:
    told = months()[0]
    later, first = in_pages(told)
    answer = post(world, later, first)
    assert answer.status_code == 200
    assert len(lines(desk)) == len(told.entries)
    row = BankStatementRow.objects.get(fund=desk.fund)
    assert row.identity == told.identity
    assert row.file_sha256 == hashlib.sha256(first + later).hexdigest(), "in the order of pages"
    again = post(world, first, later)
    assert words_in("en").say("bank-taken-same", count=1) in again.content.decode()
    assert BankStatementRow.objects.filter(fund=desk.fund).count() == 1


def test_a_page_alone_is_not_kept_and_the_others_are_asked_for(world: World, desk: Desk) -> None:
    later, first = in_pages(months()[0])
    for content, told in ((later, ("missing", {"pages": "1"})), (first, ("open", {"page": 1}))):
        answer = post(world, content)
        assert answer.status_code == 422
        said = words_in("en").say(f"bank-pages-{told[0]}", **told[1])
        assert said in html.unescape(answer.content.decode())
    assert not BankStatementRow.objects.filter(fund=desk.fund).exists()


@pytest.mark.usefixtures("desk")
def test_too_many_files_at_once_are_refused(world: World) -> None:
    answer = post(world, *[b"<a/>"] * 51)
    assert answer.status_code == 422
    assert words_in("en").say("bank-many-files", most=50) in answer.content.decode()


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_months_in_any_order_give_the_same_lines(desk: Desk, order: tuple[int, ...]) -> None:
    told = months()
    for place in order:
        taken(desk, told[place])
    there = account_of(desk.fund, "MAIN", "USD")
    assert (there.jumps, there.skipped) == ((), ())
    assert [(row[0], row[1]) for row in lines(desk)] == [
        (one.booked_on, one.amount_minor) for month in told for one in month.entries
    ]


def test_a_statement_missing_between_two_is_told_by_balance_and_by_number(
    world: World, desk: Desk
) -> None:
    first, second, third = months()
    taken(desk, first, third)
    page = client_of(world, "fund_officer").get(AT).content.decode()
    words = words_in("en")
    missing = words.say("bank-skipped", count=1, first=2, last=2, day=words.day(third.from_on))
    moved = f"{(third.opening_minor - first.closing_minor) / 100:.2f}"
    assert missing in html.unescape(page)
    assert re.search(rf"begins {moved} USD away", page)
    taken(desk, second)
    assert missing not in html.unescape(client_of(world, "fund_officer").get(AT).content.decode())


def test_a_csv_goes_on_where_an_xml_ended(world: World, desk: Desk) -> None:
    first, second, _ = months()
    assert post(world, camt(first), csv_file(second)).status_code == 200
    assert account_of(desk.fund, "MAIN", "USD").statements[1].is_csv
    assert len(lines(desk)) == 8


def test_an_overlap_is_told_with_its_days_and_nothing_of_the_file_kept(desk: Desk) -> None:
    first, second, third = months()
    taken(desk, second)
    longer = replace(first, until_on=first.until_on + 2 * DAY)
    with pytest.raises(BankRefusedError) as refused:
        taken(desk, third, longer)
    days = {"day": "2026-02-01", "last_day": "2026-02-28"}
    assert dict(refused.value.finding.values) == days
    assert len(account_of(desk.fund, "MAIN", "USD").statements) == 1


def test_an_entry_that_an_earlier_statement_told_already_is_asked_about(desk: Desk) -> None:
    first, second, _ = months()
    slip = replace(first.entries[-1], booked_on=second.from_on)
    taken(desk, first)
    told = taken(
        desk,
        replace(
            second,
            entries=tuple(sorted((slip, *second.entries))),
            closing_minor=second.closing_minor + slip.amount_minor,
        ),
    )
    (found,) = told.findings
    assert (found.code, found.row) == ("bank-entry-again", "R-1-3")
    assert taken(desk, first).findings == (), "the same statement again is no second one"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_is_a_sentence_in_each_language(desk: Desk, language: str) -> None:
    first, second, _ = months()
    taken(desk, second)
    with pytest.raises(BankRefusedError) as refused:
        taken(desk, replace(first, until_on=first.until_on + DAY))
    words = words_in(language)
    said = worded(refused.value.finding, words)
    assert words.day(second.from_on) in said
    assert words.day(date(2026, 2, 28)) in said
