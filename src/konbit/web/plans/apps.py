"""The application `plans`."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.plans"
    label = "plans"
