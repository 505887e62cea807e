"""The application `people`."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.people"
    label = "people"
