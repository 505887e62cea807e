"""The library's account pages: they work under our grants, and speak the language of the reader."""

from __future__ import annotations

import gettext
import html
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import allauth
import django
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.translation import trans_real

from konbit.web.people import inviting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.web.people.models import User
    from web_world import World

OURS = Path(__file__).parents[2] / "src" / "konbit" / "web" / "locale"
LIBRARIES = [
    Path(django.__file__).parent / "conf" / "locale",
    Path(django.__file__).parent / "contrib" / "auth" / "locale",
    Path(allauth.__file__).parent / "locale",
]
PASSWORD = "correct horse battery"
NEW = "a new good pass 77"
ADDRESS = "v@example.org"
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.S)
_QUICK = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
_OUTSIDE = [
    "login/", "signup/", "inactive/", "password/reset/", "password/reset/done/",
    "password/reset/key/1-set-password/", "password/reset/key/done/",
    "3rdparty/login/cancelled/", "3rdparty/login/error/",
]  # fmt: skip
_INSIDE = [
    "password/change/", "password/set/", "password/reset/", "password/reset/done/",
    "reauthenticate/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
    "sessions/", "3rdparty/", "logout/",
]  # fmt: skip
_PROTECTED = [
    "2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/",
    "2fa/webauthn/", "2fa/webauthn/add/", "2fa/reauthenticate/", "reauthenticate/",
]  # fmt: skip


class Reader:
    """Somebody who goes through the account pages, and what they were shown on the way."""

    def __init__(self, language: str = "en") -> None:
        self.client = Client(SERVER_NAME="localhost")
        self.client.cookies["konbit_language"] = language
        self.read: list[str] = []

    def get(self, page: str) -> Any:
        return self._seen(self.client.get(f"/accounts/{page}", follow=True))

    def post(self, page: str, **sent: str) -> Any:
        return self._seen(self.client.post(f"/accounts/{page}", sent, follow=True))

    def _seen(self, response: Any) -> Any:
        assert response.status_code in {200, 401}, response.status_code
        page = html.unescape(_MARKUP.sub("\n", response.content.decode()))
        self.read.append(" ".join(page.split()))
        return response


def visitor(world: World) -> User:
    """Somebody who was invited and joined."""
    cache.clear()
    _, secret = inviting.invite(world["administrator"], ADDRESS, "viewer", world.mission)
    mail.outbox.clear()
    return inviting.accept(secret, "V", PASSWORD)


def link_of(address: str) -> str:
    """Page of the link that was mailed to an address last."""
    sent = next(m for m in reversed(mail.outbox) if m.to == [address])
    found = re.search(r"/accounts/(password/reset/key/\S+)", str(sent.body))
    assert found
    return found.group(1)


def code_of(reader: Reader) -> str:
    """What the authenticator app shows whose secret the page just gave."""
    seed = reader.client.session["mfa.totp.secret"]
    counter = next(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(seed, counter)))


def walk(user: User, language: str) -> list[str]:
    """Go through every account page and what can go wrong there; all that was read."""
    reader = Reader(language)
    for page in _OUTSIDE:
        reader.get(page)
    reader.post("login/", login="no address", password="")
    reader.post("password/reset/", email="")
    for address in ("no address", "nobody@example.org", ADDRESS):
        reader.post("password/reset/", email=address)
    form = reader.get(link_of(ADDRESS)).request["PATH_INFO"].removeprefix("/accounts/")
    for one, other in (("a", "b"), ("12345678", "12345678"), (ADDRESS, ADDRESS), (NEW, NEW)):
        reader.post(form, password1=one, password2=other)
    reader.post("login/", login=ADDRESS, password=NEW)
    for page in _INSIDE:
        reader.get(page)
    reader.post("password/change/", oldpassword="wrong", password1="a", password2="b")
    reader.post("password/change/", oldpassword=NEW, password1=PASSWORD, password2=PASSWORD)
    reader.post("reauthenticate/", password="wrong")
    reader.post("reauthenticate/", password=PASSWORD)
    reader.get("2fa/totp/activate/")
    reader.post("2fa/totp/activate/", code="1")
    reader.post("2fa/totp/activate/", code=code_of(reader))
    for page in _PROTECTED:
        reader.get(page)
    reader.post("2fa/reauthenticate/", code="000000")
    reader.post("2fa/recovery-codes/generate/")
    key = _key_of(user)
    for page in (
        "2fa/",
        "2fa/webauthn/",
        *(f"2fa/webauthn/keys/{key}/{do}/" for do in ("edit", "remove")),
    ):
        reader.get(page)
    reader.post(f"2fa/webauthn/keys/{key}/edit/", name="")
    reader.post(f"2fa/webauthn/keys/{key}/remove/")
    reader.post("2fa/totp/deactivate/")
    reader.post("sessions/")
    reader.post("logout/")
    return [*reader.read, *(f"{m.subject} {m.body}" for m in mail.outbox)]


def _key_of(user: User) -> int:
    """A key that is only looked at: no page of this walk uses it."""
    told = {"clientExtensionResults": {"credProps": {"rk": True}}}
    made = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "mine", "credential": told}
    )
    return int(made.pk)


class Missing(gettext.NullTranslations):
    """Notes what a language has no sentence for."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: set[str] = set()

    def gettext(self, message: str) -> str:
        self.noted.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.noted.add(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture
def missing(language: str) -> Iterator[Missing]:
    """What the language has no sentence for; without it the reader would be told in English."""
    held: Any = trans_real.translation(language)
    noted = Missing()
    kept, held._fallback = held._fallback, noted
    yield noted
    held._fallback = kept


def told_by(language: str) -> set[str]:
    """Sentences of the libraries in a language that are long enough to be known by."""
    found: set[str] = set()
    for message in _messages("fr" if language == "en" else language):
        said = message.id if language == "en" else message.string
        found |= {said} if isinstance(said, str) else set(said)
    return {" ".join(text.split()) for text in found if len(text.split()) > 2}


def _messages(language: str) -> list[Any]:
    """What the libraries say in a language, each beside the English by which it is known."""
    found: list[Any] = []
    for folder in LIBRARIES:
        with (folder / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
            found += [message for message in read_mo(file) if message.id]
    return found


@pytest.mark.parametrize("language", ["ht", "fr", "es"])
def test_account_pages_speak_one_language(language: str, missing: Missing, world: World) -> None:
    """Nothing falls back to English, and Creole pages hold no sentence of French ones."""
    with override_settings(**_QUICK):
        read = walk(visitor(world), language)
    assert len(read) > 50
    assert missing.noted == set()
    foreign = told_by("en") | told_by("fr") if language == "ht" else told_by("en")
    own = set() if language == "ht" else told_by(language)  # some names are the same in both
    assert {text for text in foreign - own for page in read if text in page} == set()


@pytest.mark.parametrize("language", ["ht", "fr", "es"])
def test_what_is_served_is_what_is_written(language: str) -> None:
    """After a change: .venv/bin/pybabel compile -d src/konbit/web/locale -D django."""
    written = _ours(language)
    made = BytesIO()
    write_mo(made, written)
    made.seek(0)
    with (OURS / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        served = [(m.context, m.id, m.string) for m in read_mo(file) if m.id]
    assert served == [(m.context, m.id, m.string) for m in read_mo(made) if m.id]
    assert all(not list(message.check()) for message in written), "their values stay"


@pytest.mark.parametrize("language", ["ht", "fr", "es"])
def test_every_sentence_of_ours_is_one_that_a_library_says(language: str) -> None:
    ours = {m.id if isinstance(m.id, str) else m.id[0] for m in _ours(language) if m.id}
    theirs = {m.id if isinstance(m.id, str) else m.id[0] for m in _messages("fr")}
    assert ours - theirs == set()


def _ours(language: str) -> Any:
    with (OURS / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def test_a_forgotten_password_is_set_anew_and_a_second_factor_after_it(world: World) -> None:
    """The role that serves may write no other column of a user."""
    user = visitor(world)
    reader = Reader()
    reader.post("password/reset/", email="stranger@example.org")
    assert "no account for this address" in mail.outbox[-1].body
    assert "/signup" not in mail.outbox[-1].body
    told = reader.read[-1]
    reader.post("password/reset/", email=ADDRESS)
    assert reader.read[-1] == told, "nobody learns who has an account"
    form = reader.get(link_of(ADDRESS)).request["PATH_INFO"].removeprefix("/accounts/")
    reader.post(form, password1=NEW, password2=NEW)
    user.refresh_from_db()
    assert user.check_password(NEW)
    again = Reader()
    again.get(link_of(ADDRESS))
    assert "csrfmiddlewaretoken" not in again.read[-1]
    assert "invalid" in again.read[-1], "the link served once"
    reader.post("login/", login=ADDRESS, password=NEW)
    reader.post("reauthenticate/", password=NEW)
    reader.get("2fa/totp/activate/")
    reader.post("2fa/totp/activate/", code=code_of(reader))
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_a_password_is_changed_by_who_knows_it(world: World) -> None:
    user = visitor(world)
    reader = Reader()
    reader.post("login/", login=ADDRESS, password=PASSWORD)
    reader.post("password/change/", oldpassword="wrong", password1=NEW, password2=NEW)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    reader.post("password/change/", oldpassword=PASSWORD, password1=NEW, password2=NEW)
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize("name", ["", "outsider", "viewer", "planner", "administrator"])
def test_nobody_changes_the_address_that_was_invited(name: str, world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    if name:
        client.force_login(world.users[name])
    for path in ("email/", "confirm-email/", "confirm-email/abc/"):
        assert client.get(f"/accounts/{path}").status_code == 404
        sent = {"email": "other@example.org", "action_add": ""}
        assert client.post(f"/accounts/{path}", sent).status_code == 404
    assert not EmailAddress.objects.filter(email="other@example.org").exists()
