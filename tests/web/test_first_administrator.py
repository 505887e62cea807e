"""The command that makes the first person of a record on a server of one's own."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from konbit.web.people.acting import act_as
from konbit.web.people.models import User

if TYPE_CHECKING:
    from web_world import World

PASSWORD = "a long password of the tests"


def make(monkeypatch: pytest.MonkeyPatch, code: str, password: str) -> str:
    """What the command says, its password read from standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    told = io.StringIO()
    email = f"first@{code.lower()}.example.org"
    call_command("firstadministrator", code, "First House", email, "First", stdout=told)
    return told.getvalue()


def test_the_first_administrator_signs_in_and_is_led_to_a_second_factor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world["viewer"]
    code = f"H{uuid.uuid4().hex[:8].upper()}"
    assert "second factor" in make(monkeypatch, code, PASSWORD)
    made = User.objects.get(email=f"first@{code.lower()}.example.org")
    assert made.check_password(PASSWORD)
    browser = Client(SERVER_NAME="localhost")
    browser.post("/accounts/login/", {"login": made.email, "password": PASSWORD})
    assert browser.get("/people/", follow=True).redirect_chain[-1][0] == "/second-factor"


@pytest.mark.parametrize("password", ["", "short", "123456789012"])
def test_a_bad_password_is_told_in_a_sentence_and_nobody_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    world["viewer"]
    code = f"H{uuid.uuid4().hex[:8].upper()}"
    with pytest.raises(CommandError, match="password"):
        make(monkeypatch, code, password)
    assert not User.objects.filter(email=f"first@{code.lower()}.example.org").exists()


def test_who_is_there_already_is_not_made_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world["viewer"]
    code = f"H{uuid.uuid4().hex[:8].upper()}"
    make(monkeypatch, code, PASSWORD)
    act_as(None)
    with pytest.raises(CommandError, match=f"{code} or .* is in the record already"):
        make(monkeypatch, code, "another long password of the tests")
    made = User.objects.get(email=f"first@{code.lower()}.example.org")
    assert made.check_password(PASSWORD)
