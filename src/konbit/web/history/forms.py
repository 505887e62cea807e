"""What is asked of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit.dossier import BY_NAME

if TYPE_CHECKING:
    from konbit.web.words import PageWords


class AskedForm(forms.Form):
    """Words, a table and days: those of them that are given narrow the history."""

    words = forms.CharField(max_length=200, required=False)
    table = forms.ChoiceField(required=False)
    from_on = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    until_on = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "asked-%s", **more})
        labels = {
            "words": "filter-words",
            "table": "import-table",
            "from_on": "report-from",
            "until_on": "report-until",
        }
        for name, code in labels.items():
            self.fields[name].label = words.say(code)
        titles = {name: words.table_title(name) for name in BY_NAME}
        named = sorted(titles.items(), key=lambda item: words.place(item[1]))
        choices = [("", words.say("filter-any")), *named]
        self.fields["table"].choices = choices  # type: ignore[attr-defined] # a choice
