"""The library's forms of signing in, in our words where its own are missing or in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import get_language

from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import Field


def _bare(fields: Iterable[Field]) -> None:
    for field in fields:
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc] # allauth is not typed
    """Address and password."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _bare(self.fields.values())


class CodeForm(AuthenticateForm):  # type: ignore[misc] # allauth is not typed
    """A code of the second factor."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        _bare(self.fields.values())


class Named:
    """A key is named by its holder, and the field says so in every language."""

    fields: dict[str, Field]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = words_in(get_language() or "en").say("people-name")


class AddKeyForm(Named, AddWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A new passkey or security key."""


class EditKeyForm(Named, EditWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """What a key is called."""
