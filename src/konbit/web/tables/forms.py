"""The form of a row: one field a column, read by the column's own meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit.dossier import texts_of
from konbit.dossier.cells import CellError, read_cell
from konbit.dossier.columns import Kind
from konbit.package.characters import FORBIDDEN, plain
from konbit.package.layout import CURRENCY, file_columns
from konbit.terms import Severity
from konbit.terms.finding import finding
from konbit.web.bridge.numbers import whole
from konbit.web.tables.mirrored import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.dossier.columns import Column, Row
    from konbit.terms import Finding
    from konbit.web.missions.models import Mission
    from konbit.web.words import PageWords

_LONG = frozenset({"text", "body", "summary", "substance", "basis", "note", "disclaimer"})
_MOST_OFFERED = 500


class RowForm(forms.Form):
    """The cells of a row, the reason for the change, and the state that its author saw.

    Args:
        data: what was sent.
        table: of the row.
        words: of the reader.
        mission: whose rows are offered where a column refers to them.
        row: the row as it is; None for a new one.
        seen: number of its state.
        known: texts that stand in the cells of a new row at first.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        table: type[Row],
        words: PageWords,
        mission: Mission,
        row: Row | None = None,
        seen: int | None = None,
        known: Mapping[str, str] | None = None,
    ) -> None:
        initial: dict[str, Any] = dict(known or {}) if row is None else dict(texts_of(row))
        super().__init__(data, initial={**initial, "seen": seen or ""}, auto_id="f-%s", prefix="")
        self._table, self._words, self._mission = table, words, mission
        self.row: Row | None = None
        self.findings: tuple[Finding, ...] = ()
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput())
        for column in file_columns(table):
            field = self._field(column)
            if row is not None and column.name in table.KEY:
                # The key names the row: another key is another row.
                field.widget.attrs["readonly"] = True
            self.fields[f"c.{column.name}"] = field
            self.initial[f"c.{column.name}"] = initial.get(column.name, self._default(column, row))
        for name, most in (("why", 500), ("document", 200)):
            self.fields[name] = forms.CharField(
                label=words.say(f"form-{name}"),
                help_text=words.say(f"form-{name}-help"),
                required=name == "why",
                max_length=most,
                error_messages={"required": words.say("form-why-missing")},
            )

    @property
    def cells(self) -> list[forms.BoundField]:
        """The fields of the row's cells."""
        return [self[name] for name in self.fields if name.startswith("c.")]

    @property
    def reasons(self) -> list[forms.BoundField]:
        """The fields that say why."""
        return [self["why"], self["document"]]

    def clean(self) -> dict[str, Any]:
        """Read every cell; what is wrong stands beside its field."""
        cleaned: dict[str, Any] = super().clean() or {}
        texts = {c.name: plain(cleaned.get(f"c.{c.name}", "")) for c in file_columns(self._table)}
        values: dict[str, Any] = {}
        for column in file_columns(self._table):
            try:
                values[column.name] = _read(texts[column.name], column, texts.get(CURRENCY, ""))
            except CellError as error:
                told = finding(error.code, Severity.ERROR, "", "", "", **error.values_named)
                self.add_error(f"c.{column.name}", self._words.of_finding(told))
        if not self.errors:
            own = self._table.__dataclass_fields__
            self.row = self._table(**{n: v for n, v in values.items() if n in own})
        return cleaned

    @property
    def seen(self) -> int | None:
        """Number of the state that the author saw; None for a row that was not there."""
        text = str(self.data.get("seen", ""))
        return whole(text)

    def refill(self, texts: Mapping[str, str]) -> None:
        """Show other texts in some cells than were sent."""
        sent: Any = self.data
        self.data = {**sent.dict(), **{f"c.{name}": text for name, text in texts.items()}}

    def _default(self, column: Column, row: Row | None) -> str:
        if row is not None or column.default in (None, ""):
            return ""
        if column.kind is Kind.BOOLEAN:
            return "yes" if column.default else "no"
        return str(column.default)

    def _field(self, column: Column) -> Cell:
        options: dict[str, Any] = {
            "label": self._words.column_label(column),
            "help_text": self._words.column_help(column),
            "required": False,
            "strip": False,
        }
        field = Cell(widget=self._widget(column), **options)
        field.is_needed = column.required
        return field

    def _widget(self, column: Column) -> forms.Widget:
        attrs = {"aria-required": "true"} if column.required else {}
        if column.kind is Kind.CHOICE:
            empty = [] if column.required or column.default else [("", "")]
            return forms.Select(attrs, [*empty, *self._words.choices(column.choices)])
        if column.kind is Kind.BOOLEAN:
            yes_no = [("yes", self._words.say("yes")), ("no", self._words.say("no"))]
            return forms.Select(attrs, yes_no)
        if column.kind is Kind.DATE:
            return forms.DateInput({**attrs, "type": "date"})
        if column.kind is Kind.TEXT and column.name in _LONG:
            return forms.Textarea({**attrs, "rows": 3})
        if column.kind is Kind.REFERENCE:
            return Offering(attrs, self._offered(column))
        if column.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.MONEY}:
            return forms.TextInput({**attrs, "inputmode": "decimal"})
        return forms.TextInput(attrs)

    def _offered(self, column: Column) -> list[str]:
        """Codes that may be referred to; a long list is cut, any code may still be typed."""
        codes: list[str] = []
        for table in column.refers_to:
            states = MODELS[table].objects.of(self._mission.pk).current().order_by("row_key")
            codes += states.values_list("row_key", flat=True)[:_MOST_OFFERED]
        return codes


def _read(text: str, column: Column, currency: str) -> Any:
    if FORBIDDEN.search(text):
        raise CellError("control-character")
    return read_cell(text, column, currency)


class Cell(forms.CharField):
    """The text of a cell. What it must hold is asked when the cell is read, not by the form.

    Attributes:
        is_needed: whether the cell must not be empty, for the page to say so.
    """

    is_needed = False


class Offering(forms.TextInput):
    """A text field that offers codes to choose from, without script."""

    template_name = "tables/_offering.html"

    def __init__(self, attrs: dict[str, Any], offered: list[str]) -> None:
        super().__init__(attrs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What its template needs."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"offered-{name}"
        return {**context, "offered": self.offered, "list_id": f"offered-{name}"}
