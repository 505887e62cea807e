"""Forms about people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from konbit.web.missions.models import Mission
from konbit.web.people.models import Organisation, Participation, User
from konbit.web.people.roles import MISSION_ROLES, Role

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
        choices = [("", words.say("role-choose")), *role_choices(by, words)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined] # a choice


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


class MissionForm(forms.Form):
    """A mission to open."""

    code = forms.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    title = forms.CharField(max_length=200)
    own_code = forms.CharField(max_length=64, required=False)

    def __init__(self, *args: Any, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "mission-%s", **more})
        self._taken = words.say("mission-taken")
        for name in ("code", "title", "own_code"):
            self.fields[name].label = words.say(f"mission-{name}")

    def clean_code(self) -> str:
        """Refuse a code that a mission has."""
        code: str = self.cleaned_data["code"]
        if Mission.objects.filter(code=code).exists():
            raise forms.ValidationError(self._taken)
        return code


class ParticipationForm(forms.Form):
    """Which organisation takes part in a mission, and what it may give to its people."""

    mission = forms.ModelChoiceField(Mission.objects.none())
    organisation = forms.ModelChoiceField(Organisation.objects.all())
    own_code = forms.CharField(max_length=64, required=False)
    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: User, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "part-%s", **more})
        hosted: Any = self.fields["mission"]
        hosted.queryset = Mission.objects.filter(host=by.organisation_id)
        choices = [(str(role), words.say(f"role-{role}")) for role in MISSION_ROLES]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined] # a choice
        for name, code in (
            ("mission", "mission-title"),
            ("organisation", "people-organisation"),
            ("own_code", "mission-own_code"),
            ("roles", "people-roles"),
        ):
            self.fields[name].label = words.say(code)


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
