"""The application `pledges`."""

from __future__ import annotations

from django.apps import AppConfig


class PledgesConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.pledges"
    label = "pledges"
