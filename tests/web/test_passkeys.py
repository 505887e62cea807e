"""A passkey from beginning to end in a real browser, with an authenticator that it plays."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator

from browser import Browser, found_browser
from konbit.web.people.models import User
from konbit.web.tables.mirrored import MODELS
from web_server import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from web_world import World

BROWSER = found_browser()
PASSWORD = "a passkey is better than this"
OFFER = "/m/M/tables/offers/edit/KEN-POLICE"
KEYS = "/accounts/2fa/webauthn/"
KINDS = {
    "a device": {"transport": "internal", "hasResidentKey": True, "hasUserVerification": True},
    "a simple key": {
        "transport": "usb", "hasResidentKey": False, "hasUserVerification": False,
    },
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine: passkeys are not tried"
)


@contextmanager
def at_a_desk(kind: str, profile: Path) -> Iterator[tuple[Browser, str]]:
    """A browser beside a key, the address of the record, and the number of the key."""
    assert BROWSER is not None
    with served() as address, Browser(BROWSER, profile) as browser:
        browser.ask("WebAuthn.enable")
        told = {"protocol": "ctap2", "automaticPresenceSimulation": True, **KINDS[kind]}
        verified = bool(KINDS[kind]["hasUserVerification"])
        key = browser.ask(
            "WebAuthn.addVirtualAuthenticator", options={**told, "isUserVerified": verified}
        )
        browser.open(f"{address}/accounts/login/")
        yield browser, str(key["authenticatorId"])


def officer_without_a_factor(world: World) -> User:
    """A copy of its own: what is shared keeps the password that the database goes back to."""
    officer = User.objects.get(pk=world["kenya_officer"].pk)
    officer.set_password(PASSWORD)
    officer.save(update_fields=["password"])
    Authenticator.objects.filter(user=officer).delete()
    return officer


def go(browser: Browser, path: str) -> str:
    """Go there, and say where that ends."""
    browser.open(f"{browser.run('location.origin')}{path}")
    return str(browser.run("location.pathname"))


def sign_in(browser: Browser, officer: User, to: str) -> None:
    browser.fill("#id_login", officer.email)
    browser.fill("#id_password", PASSWORD)
    browser.click("form[action='/accounts/login/'] button:not([form])")
    browser.wait(f"location.pathname === {to!r} && document.readyState === 'complete'")


def sign_out(browser: Browser) -> None:
    browser.click("form[action='/accounts/logout/'] button")
    browser.wait("location.pathname === '/accounts/login/' && document.readyState === 'complete'")


def add_key(browser: Browser) -> None:
    """From the page that asks for a second factor to the form of a key, filled."""
    browser.click(f"a[href='{KEYS}add/']")
    browser.fill("#id_password", PASSWORD)  # before a factor is added, the password again
    browser.click("main form button")
    browser.fill("#id_name", "Laptop")


def test_a_passkey_is_set_up_signs_in_changes_a_row_and_is_revoked(
    world: World, tmp_path: Path
) -> None:
    officer = officer_without_a_factor(world)
    with at_a_desk("a device", tmp_path / "profile") as (browser, key):
        sign_in(browser, officer, "/second-factor")
        assert go(browser, "/m/M/") == "/second-factor", "nothing else is open"
        add_key(browser)
        browser.click("#mfa_webauthn_add")
        browser.wait("location.pathname === '/accounts/2fa/recovery-codes/'")
        kinds = set(Authenticator.objects.filter(user=officer).values_list("type", flat=True))
        assert Authenticator.Type.WEBAUTHN in kinds, browser.errors
        assert go(browser, "/m/M/") == "/m/M/"

        sign_out(browser)
        browser.click("#passkey_login")
        browser.wait("location.pathname === '/'")
        assert officer.name in str(browser.run("document.querySelector('.menu summary').innerText"))

        assert go(browser, OFFER) == OFFER
        browser.fill("[name='c.title']", "Police of a passkey")
        browser.fill("[name=why]", "a letter came")
        browser.run("document.querySelector('[name=why]').form.requestSubmit()")
        browser.wait("location.pathname.endsWith('/row/KEN-POLICE')")
        states = MODELS["offers"].objects.of(world.mission.pk).current()
        held = next(states.filter(row_key="KEN-POLICE").rows())
        assert getattr(held, "title", "") == "Police of a passkey"

        assert go(browser, KEYS) == KEYS
        browser.click("a[href$='/remove/']")
        browser.click("main a[href*='webauthn/reauthenticate']")  # the same key says it is she
        browser.click("#mfa_webauthn_reauthenticate")
        browser.click("main form[action$='/remove/'] button")
        browser.wait(f"location.pathname === {KEYS!r}")
        assert not Authenticator.objects.filter(user=officer).exists()
        assert go(browser, OFFER) == "/second-factor", "who writes has none again"

        browser.run("document.querySelector(\"form[action='/accounts/logout/']\").submit()")
        browser.wait("!!document.querySelector('#passkey_login')")
        browser.click("#passkey_login")
        browser.wait("!!document.querySelector('.notice.wrong')")
        assert go(browser, "/m/M/") == "/accounts/login/", "what was revoked opens nothing"

        browser.ask("WebAuthn.clearCredentials", authenticatorId=key)
        browser.click("#passkey_login")
        browser.wait("!document.querySelector('#key-problem').hidden")


def test_a_simple_key_is_the_second_step_after_the_password(world: World, tmp_path: Path) -> None:
    officer = officer_without_a_factor(world)
    with at_a_desk("a simple key", tmp_path / "profile") as (browser, _):
        sign_in(browser, officer, "/second-factor")
        add_key(browser)
        assert browser.run("document.querySelector('#id_passwordless').checked") is True
        browser.click("#mfa_webauthn_add")
        browser.wait("!document.querySelector('#key-problem').hidden")  # it asks for no PIN
        browser.click("#id_passwordless")
        browser.click("#mfa_webauthn_add")
        browser.wait("location.pathname === '/accounts/2fa/recovery-codes/'")
        sign_out(browser)
        sign_in(browser, officer, "/accounts/2fa/authenticate/")
        assert go(browser, "/m/M/") == "/accounts/2fa/authenticate/", "half signed in is not in"
        browser.click("#mfa_webauthn_authenticate")
        browser.wait("location.pathname === '/'")
        assert go(browser, OFFER) == OFFER
