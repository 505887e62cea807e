"""The form by which a bank's statement is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms

from konbit.exchange.banks import MOST_BYTES, Wishes
from konbit.exchange.banks.wishes import DAY_FIRST, MONTH_FIRST, ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from konbit.web.words import PageWords

_COLUMN = "column_"
_MOST_FILES = 50


class _FilesInput(forms.FileInput):
    """Several files at once, so that pages of one statement can be sent together."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """One or more files, each as a file of its own is asked about."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file."""
        sent = data if isinstance(data, list) and data else [data]
        return [super(_FilesField, self).clean(one, initial) for one in sent]


class StatementFileForm(forms.Form):
    """Files, and what a CSV may not tell by itself.

    Args:
        words: of the reader.
        headings: of the columns of the file that was sent before, to choose from.
    """

    file = _FilesField(widget=_FilesInput({"accept": ".xml,.csv,.txt", "multiple": True}))
    from_on = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    last_on = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    opening = forms.CharField(required=False, max_length=30)
    closing = forms.CharField(required=False, max_length=30)
    day_order = forms.ChoiceField(required=False)
    decimal = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, words: PageWords, headings: Sequence[str] = (), **more: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "bank-%s", **more})
        self._words = words
        found = ("", words.say("bank-found-out"))
        choices = {
            "day_order": [(DAY_FIRST, "31/12/2026"), (MONTH_FIRST, "12/31/2026")],
            "decimal": [(",", "1.234,56"), (".", "1,234.56")],
        }
        for name, told in choices.items():
            self.fields[name].choices = [found, *told]  # type: ignore[attr-defined] # a choice
        for name, field in self.fields.items():
            field.label = words.say(f"bank-form-{name.replace('_', '-')}")
        self.fields["file"].help_text = words.say("bank-form-file-help")
        self.fields["file"].error_messages |= {
            "required": words.say("import-file-missing"),
            "empty": words.say("import-file-empty"),
        }
        for role in ROLES:
            field = forms.ChoiceField(
                choices=[found, *((name, name) for name in dict.fromkeys(headings) if name)],
                required=False,
                label=words.say(f"bank-column-{role.replace('_', '-')}"),
            )
            if headings:
                self.fields[f"{_COLUMN}{role}"] = field

    @property
    def is_about_csv(self) -> bool:
        """Whether what was sent, or what is wrong with it, has to do with a CSV."""
        sent = self.files.getlist("file") if self.is_bound else []
        is_csv = any(not str(one.name).casefold().endswith(".xml") for one in sent)
        return is_csv or any(name != "file" for name in self.errors)

    @property
    def about_csv(self) -> list[Any]:
        """The fields that only a CSV needs."""
        return [self[name] for name in self.fields if name != "file"]

    def clean_file(self) -> Any:
        """Refuse what is larger than any statement."""
        sent = self.cleaned_data["file"]
        if len(sent) > _MOST_FILES:
            raise forms.ValidationError(self._words.say("bank-many-files", most=_MOST_FILES))
        if sum(one.size for one in sent) > MOST_BYTES:
            limit = MOST_BYTES // 1_000_000
            raise forms.ValidationError(self._words.say("import-file-large", limit_mb=limit))
        return sent

    def wishes(self, *, secret: str, currency: str, known: Iterable[str]) -> Wishes:
        """What was told, for the reader of the file."""
        told = self.cleaned_data
        last = told["last_on"]
        return Wishes(
            secret=secret,
            currency=currency,
            known=frozenset(known),
            columns=_columns(self.data),
            day_order=told["day_order"],
            decimal=told["decimal"],
            from_on=told["from_on"],
            until_on=last + timedelta(days=1) if last else None,
            opening=told["opening"],
            closing=told["closing"],
        )


def _columns(sent: Any) -> dict[str, str]:
    """Headings that were chosen; whether the file has them, its reader finds out."""
    return {role: str(sent.get(f"{_COLUMN}{role}", ""))[:80] for role in ROLES}
