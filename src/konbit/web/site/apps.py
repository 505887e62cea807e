"""The application `site`."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Where Django finds it and what it is called there."""

    name = "konbit.web.site"
    label = "site"
