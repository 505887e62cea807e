"""A day that somebody enters outside a table: within the same bounds as those of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language

from konbit.dossier.cells import EARLIEST, LATEST
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.words import words_in

if TYPE_CHECKING:
    from datetime import date


class DayField(forms.DateField):
    """A day between 1945 and 2200."""

    widget = forms.DateInput({"type": "date"})

    def clean(self, value: Any) -> date | None:
        """The day.

        Raises:
            ValidationError: it is none, or one that no mission has.
        """
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day < LATEST:
            told = finding(
                "date-out-of-range", Severity.ERROR, "", "", "",
                value=day, earliest=EARLIEST, latest=LATEST,
            )  # fmt: skip
            raise forms.ValidationError(words_in(get_language() or "en").of_finding(told))
        return day
