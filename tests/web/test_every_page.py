"""Every page that the menus lead to, one of each sort: whole, worded, light, and asked in few."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from konbit.web.words import catalogue
from ledger_fund import allotment, client_of, desk_of, draft
from web_world import pledged_money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from web_world import World

_LARGEST_BYTES = 150_000
_MOST_ALIKE = 4  # the same question of the database, but for its values, in one page
_LINK = re.compile(r'href="([^"#]+)')
_ALONE = re.compile(r">\s*([a-z]+(?:-[a-z0-9]+)+)\s*<")
_VALUE = re.compile(r"'[^']*'|\b\d+\b")
_SEVERAL = re.compile(r"\((?:\?|NULL)(?:, (?:\?|NULL))*\)")
# What is no page of its own sort: one stands for all of its kind.
_KINDS = (
    (re.compile(r"/tables/[^/]+/(row|edit|new|take-out|excel)\b.*"), r"/tables/*/\1"),
    (re.compile(r"/tables/[^/]+/$"), "/tables/*/"),
    (re.compile(r"/(papers|paragraph|document|back|follow-ups)/.+"), r"/\1/*"),
    (re.compile(r"/pledges/(offers|contributions)/.+"), r"/pledges/\1/*"),
    (re.compile(r"/enter/[a-z_]+"), "/enter/*"),
    (re.compile(r"\d+"), "0"),
)
_FILES = re.compile(
    r"\.(zip|xlsx|pdf|json|ics)\b|/excel|/word|/pdf|/static/|/api/|/papers/file|/receipt/|^/accounts/"
)


def kind_of(address: str) -> str:
    """Of what sort a page is: where it stands and what is asked, without which."""
    parts = urlsplit(address)
    path = parts.path
    for pattern, instead in _KINDS:
        path = pattern.sub(instead, path)
    asked = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{path}?{'&'.join(asked[:1])}"


def pages(client: Client, start: str) -> Iterator[tuple[str, int, str, Counter[str]]]:
    """Address, status, content and questions of each sort of page, from a start on."""
    waiting, seen = [start], set()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or _FILES.search(address):
            continue
        seen.add(kind)
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address, follow=True)
        content = response.content.decode()
        questions = Counter(
            _SEVERAL.sub("(?)", _VALUE.sub("?", query["sql"])) for query in asked.captured_queries
        )
        yield address, response.status_code, content, questions
        for link in _LINK.findall(content):
            found = urljoin(address, unescape(link))
            if found.startswith("/"):
                waiting.append(found)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("outsider", "ht"),
        ("planner", "fr"),
        ("fund_officer", "ht"),
        ("kenya_officer", "es"),
        ("auditor", "fr"),
        ("administrator", "ht"),
    ],
)
def test_every_page_is_whole(name: str, language: str, world: World) -> None:
    desk = desk_of(world)
    desk.two(*(allotment(f"A{number}", 100) for number in range(8)))
    desk.one(*(draft("received", contribution="USA-1", bank="MAIN", amount_minor=100)
               for _ in range(8)))  # fmt: skip
    pledged_money(world)
    client = client_of(world, name)
    client.cookies["konbit_language"] = language
    codes = catalogue("en").keys()
    count = 0
    for address, status, content, questions in pages(client, "/"):
        count += 1
        assert status == 200, address
        assert len(content.encode()) < _LARGEST_BYTES, address
        assert not codes & set(_ALONE.findall(content)), address
        assert "{%" not in content, address
        assert f'<html lang="{language}">' in content, address
        most, times = questions.most_common(1)[0]
        assert times <= _MOST_ALIKE, (address, times, most)
    assert count > {"outsider": 2, "administrator": 2}.get(name, 30)
