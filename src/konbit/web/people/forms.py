"""Forms about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from konbit.web.people.models import Participation, User
from konbit.web.people.roles import Role

if TYPE_CHECKING:
    from konbit.web.words import PageWords

_ADMINISTRATOR = f"0:{Role.ADMINISTRATOR}"


def role_choices(user: User, words: PageWords) -> list[tuple[str, str]]:
    """Roles that an administrator may give, each with its mission."""
    found = [(_ADMINISTRATOR, words.say("role-administrator"))]
    taking_part = Participation.objects.filter(organisation=user.organisation_id).select_related(
        "mission"
    )
    for part in taking_part:
        for role in part.roles:
            label = words.say(
                "role-in-mission", role=words.say(f"role-{role}"), mission=str(part.mission)
            )
            found.append((f"{part.mission_id}:{role}", label))
    return found


class InviteForm(forms.Form):
    """Whom to invite, with which role."""

    email = forms.EmailField(max_length=200)
    role = forms.ChoiceField()

    def __init__(self, *args: Any, by: User, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "invite-%s", **more})
        self.fields["email"].label = words.say("people-address")
        self.fields["role"].label = words.say("people-role")
        self.fields["role"].choices = role_choices(by, words)  # type: ignore[attr-defined] # a choice


class TokenForm(forms.Form):
    """What a token is called and may do."""

    name = forms.CharField(max_length=100)
    role = forms.ChoiceField()

    def __init__(self, *args: Any, by: User, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "token-%s", **more})
        self.fields["name"].label = words.say("people-token-name")
        self.fields["role"].label = words.say("people-role")
        choices = [c for c in role_choices(by, words) if c[0] != _ADMINISTRATOR]
        self.fields["role"].choices = choices  # type: ignore[attr-defined] # a choice


class AcceptForm(forms.Form):
    """Name and password of somebody who was invited."""

    name = forms.CharField(max_length=100)
    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "new-password"}), max_length=200
    )

    def __init__(self, *args: Any, email: str, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "accept-%s", **more})
        self._email = email
        self.fields["name"].label = words.say("people-name")
        self.fields["password"].label = words.say("people-password")
        self.fields["password"].help_text = words.say("people-password-help")

    def clean(self) -> dict[str, Any]:
        """Refuse passwords that are short, common or like the name."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("password"):
            user = User(email=self._email, name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
