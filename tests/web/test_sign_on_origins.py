"""Where the button of single sign-on may lead a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from konbit.web.environment import environment

if TYPE_CHECKING:
    from collections.abc import Mapping


def origins(patch: pytest.MonkeyPatch, told: Mapping[str, str]) -> list[str]:
    """What the environment makes of these settings."""
    for name in ("KONBIT_OIDC_SERVER", "KONBIT_OIDC_SIGN_IN"):
        patch.delenv(name, raising=False)
    for name, value in told.items():
        patch.setenv(name, value)
    return environment().sign_on_origins


@pytest.mark.parametrize(
    ("told", "allowed"),
    [
        ({}, []),
        ({"KONBIT_OIDC_SERVER": "https://id.example.org/realms/m"}, ["https://id.example.org"]),
        ({"KONBIT_OIDC_SERVER": "https://id.example.org:8443/"}, ["https://id.example.org:8443"]),
        (
            {
                "KONBIT_OIDC_SERVER": "https://id.example.org/v2",
                "KONBIT_OIDC_SIGN_IN": "https://login.example.net/oauth2/authorize?tenant=1",
            },
            ["https://id.example.org", "https://login.example.net"],
        ),
        (
            {
                "KONBIT_OIDC_SERVER": "https://id.example.org/v2",
                "KONBIT_OIDC_SIGN_IN": "https://id.example.org/authorize",
            },
            ["https://id.example.org"],
        ),
    ],
)
def test_the_provider_and_its_page_of_signing_in(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], allowed: list[str]
) -> None:
    assert origins(monkeypatch, told) == allowed


def test_without_single_sign_on_forms_lead_nowhere_else() -> None:
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == ["'self'"]
