"""What only those who operate the server can do to people, as the owner of the tables.

It is for the one case that nobody in the record can mend: whoever administers an organisation lost
the second factor, and no colleague is left who could take it away on the page of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.core.mail import send_mail
from django.db import transaction

from konbit.web.people.actions import end_sessions
from konbit.web.people.administering import NotPossibleError, called
from konbit.web.people.models import Assignment, PeopleEntry, User
from konbit.web.people.roles import Role
from konbit.web.words import words_in

if TYPE_CHECKING:
    from django.db.models import QuerySet


def administrators(of: User) -> QuerySet[User]:
    """Who administers somebody's organisation and may sign in."""
    held = Assignment.objects.using("owner").filter(
        role=str(Role.ADMINISTRATOR), ended_at__isnull=True, user__is_active=True
    )
    here = User.objects.using("owner").filter(organisation=of.organisation_id, is_service=False)
    return here.filter(pk__in=held.values("user")).select_related("organisation").order_by("email")


def colleagues_who_can(of: User) -> list[User]:
    """Other administrators of the organisation who have a second factor, and so can do it."""
    with_factor = Authenticator.objects.using("owner").values("user")
    return list(administrators(of).filter(pk__in=with_factor).exclude(pk=of.pk))


def one_without_help(email: str) -> User:
    """The administrator of an address, whose second factor nobody in the record can take away.

    Raises:
        NotPossibleError: nobody has this address and may sign in, they administer nothing, have no
            second factor, or a colleague can do it.
    """
    user = User.objects.using("owner").filter(email=email.strip().casefold()).first()
    if user is None or user.is_service or not user.is_active:
        raise NotPossibleError("nobody")
    if not administrators(user).filter(pk=user.pk).exists():
        raise NotPossibleError("no-administrator")
    if not Authenticator.objects.using("owner").filter(user=user).exists():
        raise NotPossibleError("no-factor")
    if colleagues_who_can(user):
        raise NotPossibleError("colleagues")
    return user


def take_factor_away(user: User, operator: str, why: str) -> None:
    """Take away the second factor of such an administrator; sessions end, and it is written down.

    Raises:
        NotPossibleError: operator or reason are missing, or meanwhile it is not needed any more.
    """
    operator, why = " ".join(operator.split()), " ".join(why.split())
    if not operator or not why:
        raise NotPossibleError("no-reason")
    with transaction.atomic(using="owner"):
        one_without_help(user.email)
        taken, _ = Authenticator.objects.using("owner").filter(user=user).delete()
        if not taken:  # another operator did, this very moment
            raise NotPossibleError("no-factor")
        PeopleEntry.objects.using("owner").create(
            organisation_id=user.organisation_id,
            operator=operator,
            why=why,
            verb="second-factor-taken",
            about=called(user),
        )
    end_sessions(User.objects.get(pk=user.pk))


def tell(user: User, operator: str, why: str) -> list[str]:
    """Tell the administrator and all others of the organisation; addresses that got no mail."""
    missed: list[str] = []
    for reader in administrators(user):
        words = words_in(reader.language or "en")
        told = {"operator": operator, "why": why, "organisation": reader.organisation.name}
        if reader.pk == user.pk:
            subject = words.say("mail-factor-taken-subject")
            body = words.say("mail-factor-taken-operator", **told)
        else:
            subject = words.say("mail-factor-taken-of-subject")
            body = words.say("mail-factor-taken-of", name=user.name, email=user.email, **told)
        try:
            send_mail(subject, body, None, [reader.email])
        except OSError:  # all that goes wrong on the way to a mail server
            missed.append(reader.email)
    return missed
