"""Rows and lists as pages show them: cells in words, with what each refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from konbit.api.headings import column_titled
from konbit.dossier import texts_of
from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.facts import Fact
from konbit.web.bridge.mapping import fields_of, row_of
from konbit.web.bridge.numbers import whole
from konbit.web.history.models import Change
from konbit.web.tables.asking import CHOSEN
from konbit.web.tables.cells import Cell, cells_between
from konbit.web.tables.lines import FIGURES, lines_of, text_of
from konbit.web.tables.mirrored import MODELS
from konbit.web.tables.worded import cell_worded

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.utils.safestring import SafeString

    from konbit.dossier import Row
    from konbit.dossier.columns import Column
    from konbit.web.missions.models import Mission
    from konbit.web.people.models import User
    from konbit.web.tables.asking import Asked
    from konbit.web.tables.edits import Edit, State
    from konbit.web.words import PageWords

# Columns of every fact that a list leaves to the row's own page.
_LEFT_TO_THE_ROW = frozenset(
    {"basis", "known_on", "superseded_on", "alternative_to", "note", "used"}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown.

    Attributes:
        title: of its column.
        name: of its column.
        text: its value in words.
        is_figure: whether it is a number, which stands to the right.
        to: table and key that it refers to, where there is one table to refer to.
        help: what the column means.
    """

    title: str
    name: str
    text: str
    is_figure: bool = False
    to: tuple[str, str] | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a list, and by what the list is sorted when it is chosen."""

    title: str
    label: str
    name: str
    is_figure: bool
    sort: str
    direction: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list: a column with few words to choose from."""

    title: str
    name: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it is shown."""

    headings: tuple[Heading, ...]
    lines: SafeString
    filters: tuple[Filter, ...]
    is_of_facts: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One state in the history of a row.

    Attributes:
        row: the row then.
        opened: the change that made it so.
        change_closed: the change that ended it; None for the present state.
        cells: what differs from the state before.
        was_taken_out: whether the row was taken out by the change that ended it.
    """

    row: Row
    opened: Change
    change_closed: Change | None
    cells: tuple[Cell, ...]
    was_taken_out: bool


def list_of(asked: Asked, page: Page[Any], mission: Mission, words: PageWords) -> Listed:
    """A page of a table."""
    columns = [c for c in columns_of(asked.table) if _is_listed(asked.table, c)]
    return Listed(
        tuple(_heading(c, asked.sort, words) for c in columns),
        lines_of(asked, page, columns, mission.code, words),
        tuple(_filter(c, asked, words) for c in columns_of(asked.table) if _is_chosen(c)),
        issubclass(asked.table, Fact),
    )


def history_of(user: User, mission: Mission, table: type[Row], key: str) -> tuple[Moment, ...]:
    """Every state of a row, the newest first."""
    states = MODELS[table.TABLE].objects.for_user(user).of(mission.pk).filter(row_key=key)
    found = list(
        states.order_by("row_opened").values_list("row_opened", "row_closed", *fields_of(table))
    )
    numbers = {number for opened, closed, *_ in found for number in (opened, closed) if number}
    changes = Change.objects.filter(pk__in=numbers).select_related(
        "by__organisation", "second__organisation"
    )
    by_number = {change.pk: change for change in changes}
    moments: list[Moment] = []
    for place, (opened, closed, *values) in enumerate(found):
        row = row_of(table, values)
        follows = place > 0 and found[place - 1][1] == opened
        before = moments[-1].row if follows else None
        next_opened = found[place + 1][0] if place + 1 < len(found) else None
        moments.append(
            Moment(
                row,
                by_number[opened],
                by_number.get(closed),
                cells_between(before, row),
                closed is not None and closed != next_opened,
            )
        )
    return tuple(reversed(moments))


def row_shown(
    history: tuple[Moment, ...], change: str | None, words: PageWords
) -> tuple[Shown, ...]:
    """The cells of a row: the newest state, or that after a change."""
    asked = whole(change or "")
    moment = next((m for m in history if asked is not None and m.opened.pk <= asked), history[0])
    row = moment.row
    return tuple(_cell(row, column, words) for column in columns_of(type(row)))


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """Two people changed the same row: what each cell is now, and what the reader wanted."""

    who: str
    why: str
    cells: tuple[tuple[str, str, str], ...]
    is_gone: bool


def conflict_of(edit: Edit, now: State | None, words: PageWords, mission: Mission) -> ConflictShown:
    """What somebody else made of the row meanwhile, beside what the reader sent."""
    change = _last_change(edit, mission)
    differing = cells_between(now.row if now else None, edit.row)
    untouched = theirs_where_untouched(edit, now)
    as_now = words.say("conflict-untouched")
    return ConflictShown(
        change.by.name if change else "",
        change.why if change else "",
        tuple(
            (
                column_titled(edit.table, c.column, words),
                cell_worded(edit.table, c.column, c.before, words),
                as_now
                if c.column in untouched
                else cell_worded(edit.table, c.column, c.after, words),
            )
            for c in differing
        ),
        now is None,
    )


def theirs_where_untouched(edit: Edit, now: State | None) -> dict[str, str]:
    """Cells that somebody else changed and the reader did not touch, as they are now.

    Saving again then keeps the other's work, and puts in place only what the reader changed.
    """
    states = MODELS[edit.table.TABLE].objects.filter(pk=edit.seen)
    base = next(states.rows(), None)
    if base is None or now is None or edit.row is None:
        return {}
    seen, mine, theirs = texts_of(base), texts_of(edit.row), texts_of(now.row)
    return {
        name: theirs.get(name, "")
        for name in {*seen, *theirs}
        if mine.get(name, "") == seen.get(name, "") != theirs.get(name, "")
    }


def _last_change(edit: Edit, mission: Mission) -> Change | None:
    states = MODELS[edit.table.TABLE].objects.of(mission.pk).filter(row_key=edit.key)
    last = states.order_by(F("row_closed").desc(nulls_first=True)).first()
    if last is None:
        return None
    change: Change = last.row_closed or last.row_opened
    return change


def _is_listed(table: type[Row], column: Column) -> bool:
    return not (issubclass(table, Fact) and column.name in _LEFT_TO_THE_ROW)


def _is_chosen(column: Column) -> bool:
    return column.kind in CHOSEN and (bool(column.choices) or column.kind is Kind.BOOLEAN)


def _heading(column: Column, sort: str, words: PageWords) -> Heading:
    now = "" if sort.removeprefix("-") != column.name else "-" if sort.startswith("-") else "+"
    return Heading(
        words.column_title(column),
        words.column_label(column),
        column.name,
        column.kind in FIGURES,
        f"-{column.name}" if now == "+" else column.name,
        {"": "none", "+": "ascending", "-": "descending"}[now],
    )


def _filter(column: Column, asked: Asked, words: PageWords) -> Filter:
    yes_no = (("yes", words.say("yes")), ("no", words.say("no")))
    choices = tuple(words.choices(column.choices)) or yes_no
    title = words.column_title(column)
    return Filter(title, column.name, choices, asked.equal.get(column.name, ""))


def _cell(row: Row, column: Column, words: PageWords) -> Shown:
    value = getattr(row, column.name)
    to = None
    if column.kind is Kind.REFERENCE and value and len(column.refers_to) == 1:
        to = (column.refers_to[0], value)
    title = words.column_label(column)
    text = text_of(row, column, words)
    meaning = words.choice(dict(column.choices).get(text, ""))
    if meaning and meaning != text:
        text = f"{text}: {meaning}"
    return Shown(title, column.name, text, column.kind in FIGURES, to, words.column_help(column))
