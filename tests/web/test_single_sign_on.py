"""Single sign-on in a real browser, at an OpenID Connect provider on this machine."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from allauth.mfa.totp.internal import auth
from django.conf import settings
from django.test import override_settings

from browser import Browser, found_browser
from web_server import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from web_world import World

BROWSER = found_browser()
SECRET = "JBSWY3DPEHPK3PXP"  # what everybody's authenticator app holds here

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine"),
    # The provider is one of the tests', on libraries of its own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@contextmanager
def at_a_desk(profile: Path) -> Iterator[tuple[Browser, str, str]]:
    """A browser, the address of the record, and that of the provider it is set to."""
    from oidc_provider_mock import run_server_in_thread

    assert BROWSER is not None
    with run_server_in_thread() as server:
        provider = f"http://localhost:{server.server_port}"
        app = {
            "provider_id": "organisation",
            "name": "Our organisation",
            "client_id": "konbit",
            "secret": "shared",
            "settings": {"server_url": provider},
        }
        policy: dict[str, Any] = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(provider)
        with (
            override_settings(
                SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}},
                CONTENT_SECURITY_POLICY=policy,
            ),
            served() as address,
            Browser(BROWSER, profile) as browser,
        ):
            yield browser, address, provider


def go_to_the_provider(browser: Browser, address: str, provider: str) -> None:
    """From the page of signing in, as a person does."""
    browser.open(f"{address}/accounts/login/")
    browser.click("form[action*='/oidc/organisation/'] button")
    browser.wait(f"location.href.startsWith({provider!r}) && document.readyState === 'complete'")


def known_there(provider: str, name: str, *, verified: bool) -> None:
    told = {"email": f"{name}@example.org", "email_verified": verified}
    httpx.put(f"{provider}/users/{name}", json=told).raise_for_status()


def code_of_now() -> str:
    counter = next(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(SECRET, counter)))


def test_who_is_known_comes_in_with_her_second_factor(world: World, tmp_path: Path) -> None:
    with at_a_desk(tmp_path / "profile") as (browser, address, provider):
        known_there(provider, "kenya_officer", verified=True)
        go_to_the_provider(browser, address, provider)
        browser.fill("[name=sub]", "kenya_officer")
        browser.click("form button[type=submit]:not([name])")
        browser.wait("location.pathname === '/accounts/2fa/authenticate/'")
        browser.fill("#id_code", code_of_now())
        browser.click("form[action='/accounts/2fa/authenticate/'] button[type=submit]")
        browser.wait("location.pathname === '/' && document.readyState === 'complete'")
        named = str(browser.run("document.querySelector('.menu summary').innerText"))
        assert world.users["kenya_officer"].name in named
        browser.open(f"{address}/m/M/tables/offers/edit/KEN-POLICE")
        assert browser.run("!!document.querySelector('[name=why]')")


@pytest.mark.parametrize(("name", "verified"), [("viewer", False), ("stranger", True)])
def test_who_is_not_known_is_told_so(
    name: str, verified: bool, world: World, tmp_path: Path
) -> None:
    del world
    with at_a_desk(tmp_path / "profile") as (browser, address, provider):
        known_there(provider, name, verified=verified)
        go_to_the_provider(browser, address, provider)
        browser.fill("[name=sub]", name)
        browser.click("form button[type=submit]:not([name])")
        browser.wait("location.pathname.endsWith('/callback/')")
        browser.open(f"{address}/m/M/")
        assert browser.run("location.pathname") == "/accounts/login/"


def test_who_says_no_there_is_led_back(world: World, tmp_path: Path) -> None:
    del world
    with at_a_desk(tmp_path / "profile") as (browser, address, provider):
        go_to_the_provider(browser, address, provider)
        browser.click("button[value=deny]")
        browser.wait(f"location.href.startsWith({address!r}) && document.readyState === 'complete'")
        browser.click("main a[href='/accounts/login/']")
        browser.wait("location.pathname === '/accounts/login/'")
