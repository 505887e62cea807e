"""The first organisation and its administrator, whom nobody in the record could appoint."""

from __future__ import annotations

from django.db import transaction

from konbit.web.people.models import Assignment, Organisation, User
from konbit.web.people.roles import Role


def first_administrator(code: str, organisation: str, email: str, name: str, password: str) -> User:
    """Make an organisation with its administrator, as the owner of the tables.

    Raises:
        django.db.IntegrityError: the organisation or the address is there already.
    """
    with transaction.atomic(using="owner"):
        home = Organisation.objects.using("owner").create(code=code, name=organisation)
        made = User.objects.db_manager("owner").create_user(
            email, password, name=name, organisation=home
        )
        Assignment.objects.using("owner").create(user=made, role=str(Role.ADMINISTRATOR))
    return User.objects.get(pk=made.pk)
