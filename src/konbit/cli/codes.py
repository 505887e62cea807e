"""`konbit codes`: what options call by code, with titles; and codes near one that is none."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, show_json, tell, words_in
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from konbit.briefing.codes import Coded
    from konbit.briefing.words import Words
    from konbit.dossier import Dossier

MOST_NEAR = 8


def codes(
    dossier: DossierPath,
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help="Only codes and titles with this in them.", show_default=False
        ),
    ] = "",
    as_of: AsOf = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List the codes that options take, each with its title: offers, gifts, lifts, sites and more.

    Reports call things by their titles; --offer, --freeze, --close and others want their codes.
    """
    from konbit.briefing.codes import with_text
    from konbit.cli.reading import read_dossier

    words = words_in(lang)
    read = read_dossier(dossier, words)
    found = with_text(_coded(read, as_of, words), text)
    if as_json:
        show_json([{"table": e.table, "code": e.code, "title": e.title} for e in found])
    elif found:
        show("\n".join(_listed(found, words)))
    else:
        tell(words.say("cli-codes-none", text=text))


def tell_near(dossier: Dossier, text: str, tables: Iterable[str], words: Words) -> None:
    """After it was told that a code is none: those near it, with their titles.

    Where none is near, all of them, if they are few.
    """
    from konbit.briefing.codes import nearest

    wanted = set(tables)
    known = tuple(e for e in _coded(dossier, None, words) if e.table in wanted)
    near = nearest(known, text, MOST_NEAR)
    if not near and len(known) <= MOST_NEAR:
        near = known
    if near:
        tell("\n".join(_lines(near)))


def _coded(dossier: Dossier, as_of: date | None, words: Words) -> tuple[Coded, ...]:
    """The codes known on a day, under the mission's own scenario."""
    from konbit.api import as_of_day
    from konbit.briefing.codes import coded
    from konbit.dossier.scenario import under

    edited = under(dossier, dossier.mission.scenario)[0]
    return coded(edited.known_on(as_of_day(dossier, as_of)), words)


def _listed(entries: Iterable[Coded], words: Words) -> list[str]:
    lines: list[str] = []
    for table, group in groupby(entries, key=lambda e: e.table):
        if lines:
            lines.append("")
        lines += [words.say(f"cli-codes-{table.replace('_', '-')}"), *_lines(tuple(group))]
    return lines


def _lines(entries: tuple[Coded, ...]) -> list[str]:
    from konbit.briefing.marks import plain

    width = max(len(e.code) for e in entries)
    return [f"  {e.code:{width}}  {plain(e.title)}" for e in entries]
