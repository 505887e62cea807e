"""A passkey from beginning to end in a real browser, with an authenticator that it plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import Browser, found_browser
from web_server import served

if TYPE_CHECKING:
    from pathlib import Path

    from web_world import World

BROWSER = found_browser()
PASSWORD = "a passkey is better than this"


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: passkeys are not tried")
def test_a_passkey_is_set_up_and_signs_in(world: World, tmp_path: Path) -> None:
    """Who may write has no second factor yet, sets up a passkey, leaves, and comes back with it."""
    from allauth.mfa.models import Authenticator

    from konbit.web.people.models import User

    # A copy of its own: what is shared keeps the password that the database goes back to.
    planner = User.objects.get(pk=world["planner"].pk)
    planner.set_password(PASSWORD)
    planner.save(update_fields=["password"])
    Authenticator.objects.filter(user=planner).delete()
    assert BROWSER is not None
    with served() as address, Browser(BROWSER, tmp_path / "profile") as browser:
        browser.ask("WebAuthn.enable")
        browser.ask(
            "WebAuthn.addVirtualAuthenticator",
            options={
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            },
        )  # fmt: skip
        browser.open(f"{address}/accounts/login/")
        browser.fill("#id_login", planner.email)
        browser.fill("#id_password", PASSWORD)
        browser.click("form[action='/accounts/login/'] button:not([form])")
        browser.wait("location.pathname === '/second-factor'")
        browser.open(f"{address}/m/M/")
        assert browser.run("location.pathname") == "/second-factor", "nothing else is open"
        browser.click("a[href='/accounts/2fa/webauthn/add/']")
        browser.fill("#id_password", PASSWORD)  # before a factor is added, the password again
        browser.click("form[action='/accounts/reauthenticate/'] button, main form button")
        browser.fill("#id_name", "Laptop")
        browser.run("document.querySelector('#id_passwordless').checked = true")
        browser.click("#mfa_webauthn_add")
        browser.wait("!location.pathname.startsWith('/accounts/2fa/webauthn/add')")
        kinds = set(Authenticator.objects.filter(user=planner).values_list("type", flat=True))
        assert Authenticator.Type.WEBAUTHN in kinds, browser.errors
        browser.open(f"{address}/m/M/")
        assert browser.run("location.pathname") == "/m/M/"

        browser.click("form[action='/accounts/logout/'] button")
        browser.wait("location.pathname.startsWith('/accounts/login')")
        browser.click("#passkey_login")
        browser.wait("location.pathname === '/'")
        assert planner.name in str(browser.run("document.querySelector('.menu summary').innerText"))
