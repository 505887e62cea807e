"""The form of a step."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.facts import CONFIDENCE
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.terms.money import CURRENCIES
from konbit.web.pledges.actions import Step
from konbit.web.pledges.stages import AMOUNT, SITE
from konbit.web.tables.days import DayField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from konbit.terms import Money
    from konbit.web.words import PageWords


class StepForm(forms.Form):
    """A step: stage, day, how much, what it rests on.

    Args:
        stages: that can follow.
        is_money: whether an amount is asked, or a number of units.
        words: of the reader.
        most: how many units may reach a stage by a day; as many as may reach the first stage stand
            in the form at first. None to ask no further.
        sites: at which units may stand, each with its name.
    """

    stage = forms.ChoiceField()
    on = DayField()
    units = forms.IntegerField(min_value=1, max_value=1_000, initial=1)
    amount = forms.CharField(max_length=40, required=False)
    currency = forms.ChoiceField(required=False)
    site = forms.ChoiceField(required=False)
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
        most: Callable[[str, date], int] | None = None,
        sites: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "step-%s", **more})
        self._words = words
        self._most = most
        self.amount_read: Money | None = None
        for name in ("units", "site") if is_money else ("amount", "currency"):
            del self.fields[name]
        for name, field in self.fields.items():
            field.label = words.say(f"step-{name}")
        self.fields["stage"].choices = [(s, self._stage(s)) for s in stages]  # type: ignore[attr-defined] # a choice
        told = {"invalid_choice": words.say("step-not-possible")}
        self.fields["stage"].error_messages.update(told)
        self.fields["confidence"].choices = words.choices(CONFIDENCE.items())  # type: ignore[attr-defined] # a choice
        if is_money:
            codes = [("", ""), ("USD", "USD"), *((c, c) for c in sorted(CURRENCIES) if c != "USD")]
            self.fields["currency"].choices = codes  # type: ignore[attr-defined] # a choice
            self.fields["amount"].help_text = words.column_help(AMOUNT)
        else:
            self.fields["site"].choices = [("", ""), *sites]  # type: ignore[attr-defined] # a choice
            self.fields["site"].help_text = words.column_help(SITE)
        if not is_money and most is not None and stages:
            self.fields["units"].initial = self._left(stages[0])
            self.fields["units"].widget.attrs["max"] = max(map(self._left, stages))

    def _left(self, stage: str) -> int:
        """Units that may reach a stage by the day that stands in the form at first."""
        return self._most(stage, date.fromisoformat(self.initial["on"])) if self._most else 0

    def _stage(self, stage: str) -> str:
        """What a stage is called, with the units that may reach it."""
        title = self._words.say(f"stage-{stage}")
        if self._most is None:
            return title
        return self._words.say("step-stage-left", stage=title, count=self._left(stage))

    def clean(self) -> dict[str, Any]:
        """Refuse more units than are left; read the amount exactly, in its currency."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self._most is not None and {"stage", "on", "units"} <= cleaned.keys():
            left = self._most(cleaned["stage"], cleaned["on"])
            if not left:
                self.add_error("stage", self._words.say("step-not-possible"))
            elif cleaned["units"] > left:
                self.add_error("units", self._words.say("step-units-beyond", count=left))
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
