"""Forms of a text that is to be read, and of where it is from."""

from __future__ import annotations

from typing import Any

from django import forms

from konbit.dossier.facts import CONFIDENCE
from konbit.web.mandates.accepting import LONGEST_TEXT, Source

_DATE = {"type": "date"}


class ReadForm(forms.Form):
    """What to read: pasted, or a file; whether it is the text itself."""

    text = forms.CharField(
        required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8})
    )
    file = forms.FileField(required=False)
    is_article = forms.BooleanField(required=False)


class SourceForm(forms.Form):
    """Where it was read: goes into every row."""

    source = forms.CharField(max_length=500)
    source_on = forms.DateField(widget=forms.DateInput(_DATE))
    confidence = forms.ChoiceField()
    why = forms.CharField(max_length=500)

    def __init__(self, *args: Any, words: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "source-%s", **more})
        for name, field in self.fields.items():
            field.label = words.say(f"settle-field-{name}")
        self.fields["confidence"].choices = words.choices(CONFIDENCE.items())  # type: ignore[attr-defined] # a choice

    @property
    def told(self) -> Source:
        """The source that was told."""
        return Source(**{n: self.cleaned_data[n] for n in ("source", "source_on", "confidence")})
