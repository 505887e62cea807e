"""The library's forms of signing in, without its own words in the fields: pages label them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm

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
