"""Sentences and values in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import get_language

from konbit.api.headings import column_titled
from konbit.dossier import BY_NAME
from konbit.web.tables.worded import cell_worded
from konbit.web.words import words_in

if TYPE_CHECKING:
    from django.template import Context

    from konbit.web.words import PageWords

register = template.Library()


def _words(context: Context) -> PageWords:
    found: PageWords | None = context.get("words")
    return found or words_in(get_language() or "en")


@register.simple_tag(takes_context=True)
def say(context: Context, code: str, **values: Any) -> str:
    """The sentence of a code, with its values."""
    return _words(context).say(code, **values)


@register.simple_tag(takes_context=True)
def shown(context: Context, value: Any) -> str:
    """A value as the language writes it; nothing for none."""
    return "" if value is None else _words(context).text(value)


@register.simple_tag(takes_context=True)
def share(context: Context, part: int | None, whole: int | None) -> str:
    """What part of a whole something is, in per cent; a dash where it is not known."""
    if part is None or not whole:
        return "\u2013"
    return _words(context).share(part * 10_000 // whole)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: Any) -> str:
    """An instant: the day as the language writes it, and the time in UTC."""
    if value is None:
        return ""
    return f"{_words(context).day(value.date())}, {value:%H:%M} UTC"


@register.simple_tag(takes_context=True)
def table_title(context: Context, table: str) -> str:
    """What a table is called."""
    return _words(context).table_title(table)


@register.simple_tag(takes_context=True)
def roles(context: Context, written: str) -> str:
    """Roles as an entry about people keeps them, in words."""
    words = _words(context)
    return ", ".join(words.say(f"role-{role}") for role in written.split(", "))


@register.simple_tag(takes_context=True)
def colon(context: Context) -> str:
    """The mark between what something is called and what it is: in French after a space."""
    return _words(context).colon


@register.simple_tag(takes_context=True)
def person(context: Context, who: Any) -> str:
    """Who did something: a person's name; of a program that it is one, and whose."""
    if who is None or not who.is_service:
        return who.name if who is not None else ""
    return _words(context).say("program-of", name=who.name, organisation=who.organisation.name)


@register.simple_tag(takes_context=True)
def column_title(context: Context, table: str, name: str) -> str:
    """What a column of a table is called; its name where it is none."""
    return column_titled(BY_NAME[table], name, _words(context))


@register.simple_tag(takes_context=True)
def cell(context: Context, table: str, name: str, text: str, longest: int = 300) -> str:
    """A cell that is kept as text in the reader's words, cut where it is very long."""
    worded = cell_worded(BY_NAME[table], name, text, _words(context))
    return worded if len(worded) <= longest else f"{worded[: longest - 1]}\u2026"


@register.simple_tag(takes_context=True)
def query(context: Context, **changed: Any) -> str:
    """The address's query with some parameters changed, or left out where the value is empty."""
    asked = context["request"].GET.copy()
    for name, value in changed.items():
        if value in (None, ""):
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    written = asked.urlencode()
    return f"?{written}" if written else "?"
