"""The form of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.facts import CONFIDENCE
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.terms.money import CURRENCIES
from konbit.web.pledges.actions import Step
from konbit.web.pledges.stages import AMOUNT
from konbit.web.tables.days import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from konbit.terms import Money
    from konbit.web.words import PageWords


class StepForm(forms.Form):
    """A step: stage, day, how much, what it rests on.

    Args:
        stages: that can follow.
        is_money: whether an amount is asked, or a number of units.
        words: of the reader.
        most: units of the pledge, of which all stand in the form at first; None to ask no further.
    """

    stage = forms.ChoiceField()
    on = DayField()
    units = forms.IntegerField(min_value=1, max_value=1_000, initial=1)
    amount = forms.CharField(max_length=40, required=False)
    currency = forms.ChoiceField(required=False)
    source = forms.CharField(max_length=500)
    source_on = DayField()
    confidence = forms.ChoiceField()
    why = forms.CharField(max_length=500)

    def __init__(
        self,
        *args: Any,
        stages: Sequence[str],
        is_money: bool,
        words: PageWords,
        most: int | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "step-%s", **more})
        self._words = words
        self._most = most
        self.amount_read: Money | None = None
        for name in ("units",) if is_money else ("amount", "currency"):
            del self.fields[name]
        for name, field in self.fields.items():
            field.label = words.say(f"step-{name}")
        self.fields["stage"].choices = [(s, words.say(f"stage-{s}")) for s in stages]  # type: ignore[attr-defined] # a choice
        self.fields["confidence"].choices = words.choices(CONFIDENCE.items())  # type: ignore[attr-defined] # a choice
        if is_money:
            codes = [("", ""), ("USD", "USD"), *((c, c) for c in sorted(CURRENCIES) if c != "USD")]
            self.fields["currency"].choices = codes  # type: ignore[attr-defined] # a choice

        elif most is not None:
            self.fields["units"].initial = most
            self.fields["units"].widget.attrs["max"] = most

    def clean_units(self) -> int:
        """Refuse more units than were pledged."""
        units: int = self.cleaned_data["units"]
        if self._most is not None and units > self._most:
            raise forms.ValidationError(self._words.say("step-units-beyond", count=self._most))
        return units

    def clean(self) -> dict[str, Any]:
        """Read the amount exactly, in its currency."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("amount"):
            try:
                self.amount_read = read_cell(cleaned["amount"], AMOUNT, cleaned.get("currency", ""))
            except CellError as error:
                told = finding(error.code, Severity.ERROR, "", "", "", **error.values_named)
                self.add_error("amount", self._words.of_finding(told))
        return cleaned

    @property
    def as_sent(self) -> list[tuple[str, str]]:
        """Its fields as they were sent, to be sent again."""
        return [(field.html_name, str(field.value() or "")) for field in self]

    @property
    def taken(self) -> tuple[int, Money | None]:
        """Units and amount of the step."""
        return self.cleaned_data.get("units", 0), self.amount_read

    @property
    def step(self) -> Step:
        """The step that was asked for."""
        names = ("stage", "on", "source", "source_on", "confidence", "why")
        return Step(**{name: self.cleaned_data[name] for name in names})
