"""Organisations, people, and what each is trusted with."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from konbit.web.bridge.clock import NOW
from konbit.web.bridge.lines import TextLine
from konbit.web.missions.models import Mission
from konbit.web.people.roles import MISSION_ROLES, Role


class Organisation(models.Model):
    """A state, agency, fund or office whose people work in the record."""

    code = TextLine(unique=True, check="{0} ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'")
    name = models.TextField()

    class Meta:
        """In order of code."""

        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Users(BaseUserManager["User"]):
    """How users are made and found: by their address in lower case."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> User:
        """A user with this password, or with none that could be used."""
        user = self.model(email=email.casefold(), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user who signs in with this address."""
        return self.get(email=(username or "").casefold())


class User(AbstractBaseUser):
    """A person, or the holder of an API token.

    Attributes:
        email: address, by which one signs in.
        name: as it is shown beside what one did.
        organisation: whose people one is.
        language: of the pages; empty for the browser's.
        is_active: whether one may sign in; nobody is deleted, for what they did stays theirs.
        is_service: whether this is the holder of a token and never signs in.
    """

    email = TextLine(unique=True, check="{0} = lower({0})")
    name = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Participation(models.Model):
    """An organisation takes part in a mission's record.

    Attributes:
        own_code: code of the organisation in the mission's tables; empty where it has none. By it
            a contributor's officer knows the own rows.
        roles: what its administrators may give to its people in this mission.
    """

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    own_code = models.TextField(blank=True)
    roles = ArrayField(models.TextField(), default=list)

    class Meta:
        """Once in each mission."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission", "organisation"], name="takes_part_once"),
            models.CheckConstraint(
                name="roles_of_missions",
                condition=Q(roles__contained_by=[str(role) for role in MISSION_ROLES]),
            ),
        ]


class Assignment(models.Model):
    """A user holds a role: in a mission, or as administrator of the own organisation."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="assignments", null=True)
    role = models.TextField()
    given_at = models.DateTimeField(db_default=NOW)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)

    class Meta:
        """Held once at a time; administrators' in no mission, all others in one."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "mission", "role"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="role_held_once",
            ),
            models.CheckConstraint(
                name="role_has_its_place",
                condition=Q(role=str(Role.ADMINISTRATOR), mission__isnull=True)
                | Q(role__in=[str(role) for role in MISSION_ROLES], mission__isnull=False),
            ),
        ]


class Invitation(models.Model):
    """Somebody is asked to join an organisation, with a role from the start.

    Attributes:
        token_digest: SHA-256 of the secret in the link; the secret itself is not kept.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = TextLine(check="{0} = lower({0})")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, related_name="+")
    role = models.TextField()
    token_digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Of an address, one of an organisation is open at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invited_once",
            )
        ]

    @property
    def is_too_old(self) -> bool:
        """Whether it cannot be accepted any more."""
        return self.expires_at <= timezone.now()


class ApiToken(models.Model):
    """A program of an organisation may speak for it, with the roles of a service user.

    Attributes:
        user: the service user whose roles it has.
        digest: SHA-256 of the secret; the secret is shown once and not kept.
        start: its first characters, by which people know it again.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tokens")
    user = models.OneToOneField(User, models.PROTECT, related_name="token")
    name = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    start = models.CharField(max_length=12)
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)


class PeopleEntry(models.Model):
    """Something was done to people, roles, invitations or tokens. Only ever added to.

    Attributes:
        by: who did it in the record; none where it was done on the server.
        operator: name of who did it on the server.
        why: the reason that was given there.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="entries")
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=NOW)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    operator = models.TextField(blank=True, db_default="")
    why = models.TextField(blank=True, db_default="")
    verb = models.TextField()
    about = models.TextField()
    role = models.TextField(blank=True)

    class Meta:
        """The newest first; in the name of a user, or of an operator who says why."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_entry_has_a_name",
                condition=Q(by__isnull=False, operator="")
                | (Q(by__isnull=True) & ~Q(operator="") & ~Q(why="")),
            )
        ]
