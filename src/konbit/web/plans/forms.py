"""What somebody asks a plan of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit import api
from konbit.dossier.tables.fund import Scenario
from konbit.web.tables.days import DayField

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.web.words import PageWords


class PlanForm(forms.Form):
    """The day as of which the revision is read, and the scenario."""

    as_of = DayField()
    scenario = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, dossier: Dossier, words: PageWords, **more: Any) -> None:
        initial = {"as_of": api.as_of_day(dossier, None).isoformat()}
        super().__init__(*args, **{"auto_id": "plan-%s", "initial": initial, **more})
        choices = [("", words.say("plan-scenario-usual"))]
        choices += [(code, _named(dossier, code)) for code in api.scenario_codes(dossier)]
        self.fields["as_of"].label = words.say("plan-as-of")
        self.fields["as_of"].help_text = words.say("plan-as-of-help")
        self.fields["scenario"].label = words.say("plan-scenario")
        self.fields["scenario"].choices = choices  # type: ignore[attr-defined] # a choice


def _named(dossier: Dossier, code: str) -> str:
    row = dossier.by_code(Scenario).get(code)
    return f"{code}: {row.title}" if row and row.title else code
