"""What a column means, said once.

A table is a frozen dataclass. Each field carries a `Column`: kind, title, unit, limits, reference.
From it come the CSV and Excel readers, `datapackage.json`, findings, the template and the
reference pages.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


# Beyond any budget in any currency; what is larger is a slip of the pen, and no solver reckons
# with it.
LARGEST_AMOUNT = 10**15
LARGEST_RATE = 10**12
LARGEST_EXCHANGE_RATE = 10**9
# Ten million people, tonnes or pieces; fifty years; the far side of the Earth.
LARGEST_COUNT = 10**7
LARGEST_MONTHS = 600
FARTHEST_KM = 20_040


class Kind(StrEnum):
    """How a column's text is read."""

    CODE = "code"
    REFERENCE = "reference"
    TEXT = "text"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    COUNTRY = "country"
    CURRENCY = "currency"
    PCODE = "pcode"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: name in files and code; units last, dates end in `_on`.
        kind: how its text is read.
        title: what it is called before a reader, in English.
        help: one or two sentences: meaning, and what an empty cell says.
        unit: unit of measure, empty for none.
        required: whether a row without it is refused.
        choices: allowed words of a choice, with their meaning.
        refers_to: names of the tables a reference may point into (one of them must hold it).
        minimum: smallest allowed number.
        exceeds_minimum: whether the minimum itself is too small.
        maximum: largest allowed number.
        source: where the term comes from (manual, standard, resolution), empty when it is ours.
        default: what an empty cell is read as.
    """

    name: str
    kind: Kind
    title: str
    help: str = ""
    unit: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    refers_to: tuple[str, ...] = ()
    minimum: int | None = None
    exceeds_minimum: bool = False
    maximum: int | None = None
    source: str = ""
    default: Any = None

    @property
    def words(self) -> tuple[str, ...]:
        """The allowed words of a choice."""
        return tuple(word for word, _ in self.choices)


_EMPTY: Mapping[Kind, Any] = {
    Kind.CODE: "",
    Kind.REFERENCE: "",
    Kind.TEXT: "",
    Kind.CHOICE: "",
    Kind.COUNTRY: "",
    Kind.CURRENCY: "",
    Kind.PCODE: "",
}


def column(
    kind: Kind,
    title: str,
    help: str = "",  # noqa: A002 - the word a reader looks for
    *,
    required: bool = True,
    default: Any = None,
    **rest: Any,
) -> Any:
    """A dataclass field that carries its `Column`. Optional columns get an empty default.

    Returns `Any` so that the field can be annotated with the type of its values.
    """
    optional = not required
    value = default if default is not None else _EMPTY.get(kind)
    described = Column("", kind, title, help, required=required, default=value, **rest)
    return field(default=value if optional else MISSING, metadata={"column": described})


def code(title: str, help: str = "") -> Any:  # noqa: A002
    """The key of a row."""
    return column(Kind.CODE, title, help)


def reference(to: str, title: str, help: str = "", *, required: bool = True) -> Any:  # noqa: A002
    """A reference to a row of one of the tables named in `to` (separated by spaces)."""
    return column(Kind.REFERENCE, title, help, required=required, refers_to=tuple(to.split()))


def text(title: str, help: str = "", *, required: bool = False) -> Any:  # noqa: A002
    """Free text."""
    return column(Kind.TEXT, title, help, required=required)


def choice(
    title: str,
    choices: Mapping[str, str],
    help: str = "",  # noqa: A002
    *,
    default: str = "",
    source: str = "",
) -> Any:
    """One of a few words. With a default the cell may be empty."""
    return column(
        Kind.CHOICE,
        title,
        help,
        required=not default,
        default=default or None,
        choices=tuple(choices.items()),
        source=source,
    )


def integer(
    title: str,
    help: str = "",  # noqa: A002
    *,
    unit: str = "",
    required: bool = False,
    minimum: int | None = 0,
    maximum: int | None = None,
    default: int | None = None,
) -> Any:
    """A whole number."""
    return column(
        Kind.INTEGER,
        title,
        help,
        unit=unit,
        required=required,
        minimum=minimum,
        maximum=maximum,
        default=default,
    )


def stated_count(
    title: str,
    help: str = "",  # noqa: A002
    *,
    unit: str = "",
    maximum: int | None = None,
    **rest: Any,
) -> Any:
    """A whole number that is a fact: without a maximum of its own, one that no mission reaches."""
    most = LARGEST_MONTHS if unit == "months" else LARGEST_COUNT
    return integer(title, help, unit=unit, maximum=most if maximum is None else maximum, **rest)


def decimal(
    title: str,
    help: str = "",  # noqa: A002
    *,
    unit: str = "",
    required: bool = False,
    minimum: int | None = 0,
    exceeds_minimum: bool = False,
    maximum: int | None = None,
    default: Any = None,
) -> Any:
    """An exact decimal number."""
    return column(
        Kind.DECIMAL,
        title,
        help,
        unit=unit,
        required=required,
        minimum=minimum,
        exceeds_minimum=exceeds_minimum,
        maximum=maximum,
        default=default,
    )


def money(
    title: str,
    help: str = "",  # noqa: A002
    *,
    required: bool = False,
    minimum: int | None = None,
    maximum: int | None = None,
) -> Any:
    """An amount in major units; its currency stands in the row's `currency` column."""
    return column(Kind.MONEY, title, help, required=required, minimum=minimum, maximum=maximum)


def stated_amount(
    title: str,
    help: str = "",  # noqa: A002
    *,
    required: bool = False,
    maximum: int = LARGEST_AMOUNT,
) -> Any:
    """An amount that is a fact: never less than nothing, for what goes back has its own stage."""
    return money(title, help, required=required, minimum=0, maximum=maximum)


def day(title: str, help: str = "", *, required: bool = False) -> Any:  # noqa: A002
    """A date, ISO 8601."""
    return column(Kind.DATE, title, help, required=required)


def flag(title: str, help: str = "", *, default: bool = False) -> Any:  # noqa: A002
    """Yes or no."""
    return column(Kind.BOOLEAN, title, help, required=False, default=default)


def country(title: str, help: str = "", *, required: bool = True) -> Any:  # noqa: A002
    """An ISO 3166-1 alpha-3 code."""
    return column(Kind.COUNTRY, title, help, required=required, source="ISO 3166-1 alpha-3")


def currency(title: str, help: str = "", *, required: bool = True) -> Any:  # noqa: A002
    """An ISO 4217 code."""
    return column(Kind.CURRENCY, title, help, required=required, source="ISO 4217")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of any table."""

    TABLE: ClassVar[str]
    TITLE: ClassVar[str]
    ABOUT: ClassVar[str]
    LINK: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ("code",)

    @property
    def key(self) -> tuple[str, ...]:
        """The values by which the row is found again, as text: `yes` and `no` for flags."""
        return tuple([_key_text(getattr(self, name)) for name in self.KEY])

    @property
    def label(self) -> str:
        """The key in one text, for findings."""
        return " / ".join(self.key)


def _key_text(value: object) -> str:
    # Nearly all are texts, and a large plan has millions of them.
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


_COLUMNS: dict[type[Row], tuple[Column, ...]] = {}


def columns_of(row_class: type[Row]) -> tuple[Column, ...]:
    """The columns of a table: its own first, then those that every fact has.

    Kept by class, for they never change and are asked for once per row.
    """
    if row_class not in _COLUMNS:
        _COLUMNS[row_class] = _read_columns(row_class)
    return _COLUMNS[row_class]


def _read_columns(row_class: type[Row]) -> tuple[Column, ...]:
    own: list[Column] = []
    shared: list[Column] = []
    fact_names = {"source", "source_on", "confidence", "basis", "known_on", "superseded_on",
                  "used", "alternative_to", "note"}  # fmt: skip
    for item in dataclasses.fields(row_class):
        described: Column = dataclasses.replace(item.metadata["column"], name=item.name)
        (shared if item.name in fact_names else own).append(described)
    return (*own, *shared)


def has_money(row_class: type[Row]) -> bool:
    """Whether a table holds amounts, and so a `currency` column in its files."""
    return any(c.kind is Kind.MONEY for c in columns_of(row_class))
