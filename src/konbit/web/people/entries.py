"""Entries about people as pages show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from konbit.web.people.models import PeopleEntry, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

_SHOWN = 100
TOKEN_DOMAIN = "@token.invalid"  # noqa: S105 - of the addresses of holders of tokens, no secret


def entries_told(found: QuerySet[PeopleEntry]) -> list[PeopleEntry]:
    """The newest entries; a program stands there by its name, as one that older entries address."""
    entries = list(
        found.select_related("by", "by__organisation", "organisation", "mission")[:_SHOWN]
    )
    asked = {entry.about for entry in entries if entry.about.endswith(TOKEN_DOMAIN)}
    names = dict(User.objects.filter(email__in=asked).values_list("email", "name")) if asked else {}
    for entry in entries:
        entry.about = names.get(entry.about, entry.about)
    return entries
