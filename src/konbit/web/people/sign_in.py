"""How people sign in: by password, passkey or single sign-on, and only if they were invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from konbit.web.people.models import User
from konbit.web.words import words_in

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest, HttpResponse


class Backend(AuthenticationBackend):  # type: ignore[misc] # allauth is not typed
    """Signs in people who are active and are people: holders of tokens never."""

    def user_can_authenticate(self, user: User) -> bool:
        """Whether this user may sign in."""
        return user.is_active and not user.is_service

    def get_user(self, user_id: int) -> User | None:
        """The user of a session with the organisation, which every page names."""
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class Worded:
    """Tells what is wrong with a sign-in in our own words, which every language has."""

    request: HttpRequest

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The sentence of a code; without one of ours, the library's."""
        words = getattr(self.request, "words", None) or words_in("en")
        named = f"sign-in-{code.replace('_', '-')}"
        if words.knows(named):
            return ValidationError(words.say(named), code=code)
        theirs: ValidationError = super().validation_error(code, *args)  # type: ignore[misc] # of the library's class beside it
        return theirs


class SecondFactors(Worded, DefaultMFAAdapter):  # type: ignore[misc] # allauth is not typed
    """Second factors as the library has them."""


class Accounts(Worded, DefaultAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's form
        """Nobody signs up unasked."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Set a user's password, and write nothing else: the rest is not this role's to write."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def pre_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse | None:
        """Whatever way somebody came, holders of tokens and the shut out do not come in.

        The parts that we build on let a user whom the backend turned away go on to a page for
        inactive users, and take one who is active for signed in.
        """
        if user.is_service or not user.is_active:
            return redirect("account_inactive")
        found: HttpResponse | None = super().pre_login(request, user, **more)
        return found

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which sign-in is throttled."""
        return str(super().get_client_ip(request) or "0.0.0.0")  # noqa: S104 - no address to bind


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth is not typed
    """Single sign-on opens an account that is there; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody signs up unasked."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the sign-on to the user of its address, and turn away whoever is not one of ours.

        Only an address that the provider has verified counts. The user's own row is not written.
        """
        user = sociallogin.user if sociallogin.is_existing else _user_of(sociallogin)
        if user is None or not user.is_active:
            page = render(request, "people/not_invited.html", status=403)
            raise ImmediateHttpResponse(page)
        if not sociallogin.is_existing:
            sociallogin.account.user = user
            sociallogin.account.save()
            sociallogin.user = user


def _user_of(sociallogin: SocialLogin) -> User | None:
    verified = [found.email.casefold() for found in sociallogin.email_addresses if found.verified]
    return User.objects.filter(email__in=verified, is_service=False).first()
