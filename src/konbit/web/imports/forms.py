"""The form by which a file is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from konbit.package.limits import MEGABYTE, MOST_WORKBOOK_BYTES

if TYPE_CHECKING:
    from konbit.web.words import PageWords


class FileForm(forms.Form):
    """A file, the reason, and the document it rests on."""

    file = forms.FileField(widget=forms.FileInput({"accept": ".xlsx,.xlsm,.zip"}))
    why = forms.CharField(max_length=500)
    document = forms.CharField(max_length=200, required=False)

    def __init__(
        self, *args: Any, words: PageWords, is_upload_cut: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "f-%s", **more})
        self._too_large = words.say("import-file-large", limit_mb=MOST_WORKBOOK_BYTES // MEGABYTE)
        self.fields["file"].label = words.say("import-file")
        self.fields["file"].help_text = words.say("import-file-help")
        self.fields["file"].error_messages |= {
            "required": self._too_large if is_upload_cut else words.say("import-file-missing"),
            "empty": words.say("import-file-empty"),
        }
        for name in ("why", "document"):
            self.fields[name].label = words.say(f"form-{name}")
            self.fields[name].help_text = words.say(f"form-{name}-help")
        self.fields["why"].error_messages["required"] = words.say("form-why-missing")

    def clean_file(self) -> Any:
        """Refuse what is larger than any dossier."""
        sent = self.cleaned_data["file"]
        if sent.size > settings.LARGEST_UPLOAD_BYTES:
            raise forms.ValidationError(self._too_large)
        return sent
