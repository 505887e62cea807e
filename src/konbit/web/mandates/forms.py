"""Forms of follow-ups, of what is read, of a report's period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit.dossier.columns import columns_of
from konbit.dossier.facts import CONFIDENCE
from konbit.dossier.tables.follow_up import FollowUp
from konbit.web.mandates.actions import Settled

if TYPE_CHECKING:
    from konbit.dossier import Dossier
    from konbit.web.words import PageWords

STATUSES = next(c.words for c in columns_of(FollowUp) if c.name == "status")
_DATE = {"type": "date"}


class SettleForm(forms.Form):
    """How a follow-up stands; with `is_new`, what is to be done is asked as well.

    Args:
        words: of the reader.
        dossier: whose organisations and documents are offered.
        is_new: whether the follow-up begins now.
        only_settles: whether owner and last day are not this reader's to change.
    """

    task = forms.CharField(max_length=500)
    status = forms.ChoiceField()
    owner = forms.ChoiceField(required=False)
    due_on = forms.DateField(widget=forms.DateInput(_DATE), required=False)
    evidence = forms.ChoiceField(required=False)
    answered_on = forms.DateField(widget=forms.DateInput(_DATE), required=False)
    answered_by = forms.ChoiceField(required=False)
    answer = forms.CharField(max_length=2_000, required=False, widget=forms.Textarea({"rows": 2}))
    source = forms.CharField(max_length=500)
    source_on = forms.DateField(widget=forms.DateInput(_DATE))
    confidence = forms.ChoiceField()
    why = forms.CharField(max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(
        self,
        *args: Any,
        words: PageWords,
        dossier: Dossier,
        is_new: bool,
        only_settles: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "settle-%s", **more})
        if not is_new:
            del self.fields["task"]
        if only_settles:
            del self.fields["owner"], self.fields["due_on"]
        for name, field in self.fields.items():
            if name != "seen":
                field.label = words.say(f"settle-field-{name}")
        offered = {
            "status": [(s, words.say(f"status-{s}")) for s in STATUSES],
            "owner": _named(dossier, "organisations"),
            "answered_by": _named(dossier, "organisations"),
            "evidence": _named(dossier, "documents"),
            "confidence": words.choices(CONFIDENCE.items()),
        }
        for name in offered.keys() & self.fields.keys():
            self.fields[name].choices = offered[name]  # type: ignore[attr-defined] # a choice

    @property
    def told(self) -> Settled:
        """What was told."""
        names = Settled.__dataclass_fields__
        left_out: dict[str, Any] = {"owner": "", "due_on": None}
        return Settled(**{name: {**left_out, **self.cleaned_data}[name] for name in names})


def _named(dossier: Dossier, table: str) -> list[tuple[str, str]]:
    rows: list[Any] = [row for row in dossier.all_rows if table == row.TABLE]
    return [("", "\u2013"), *((r.code, f"{r.code}: {r.title[:60]}") for r in rows)]
