"""The library's forms of signing in, in our words where its own are missing or in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from konbit.web.people.key_answers import KnownKeyField, NewKeyField, refused
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from allauth.mfa.models import Authenticator
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


def _worded(look: Callable[[], Any]) -> Any:
    """What the library finds; what it calls a wrong code is here a wrong key."""
    try:
        return look()
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise refused() from None


class AddKeyForm(Named, AddWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A new passkey or security key."""

    credential = NewKeyField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words, alone = words_in(get_language() or "en"), self.fields["passwordless"]
        alone.label, alone.help_text = words.say("key-alone"), words.say("key-alone-help")
        alone.initial = True

    def clean(self) -> Any:
        """See that it answers to what was asked."""
        return _worded(super().clean)


class Answered:
    """A key that is known answers to what was asked."""

    def clean_credential(self) -> Authenticator:
        """The key that it is."""
        found: Authenticator = _worded(super().clean_credential)  # type: ignore[misc] # of the library's class beside it
        return found


class SignInKeyForm(Answered, LoginWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A passkey instead of address and password."""

    credential = KnownKeyField()


class SecondKeyForm(Answered, AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A security key after address and password."""

    credential = KnownKeyField()


class ConfirmKeyForm(Answered, ReauthenticateWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """A security key once more, before something that matters."""

    credential = KnownKeyField()


class EditKeyForm(Named, EditWebAuthnForm):  # type: ignore[misc] # allauth is not typed
    """What a key is called."""
