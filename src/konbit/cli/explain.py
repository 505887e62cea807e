"""`konbit explain`: what holds each requirement back, down to rows, rule, source and day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.codes import tell_near
from konbit.cli.console import show, show_json, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, AsOf, DossierPath, Lang, ScenarioName, parse_month
from konbit.terms import Month

if TYPE_CHECKING:
    from pathlib import Path

    from konbit.briefing.words import Words
    from konbit.dossier import Dossier


def explain(
    dossier: DossierPath,
    requirement: Annotated[
        str,
        typer.Option(
            "--requirement",
            metavar="CODE",
            help="Only this requirement, down to the rows, rule, source and day of each number.",
            show_default=False,
        ),
    ] = "",
    offer: Annotated[
        str,
        typer.Option(
            "--offer",
            metavar="CODE",
            help="Only this offer: where the plan has it, what holds its work back, whom to ask.",
            show_default=False,
        ),
    ] = "",
    month: Annotated[
        Month | None,
        typer.Option(
            "--month",
            metavar="MONTH",
            parser=parse_month,
            help="Only this month (2025-04).",
            show_default=False,
        ),
    ] = None,
    as_of: AsOf = None,
    scenario: ScenarioName = "",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say for each requirement and month that is not fully met what holds it back.

    First reason first: no offer, not ready, no camp, no lift, no enabler, ceiling, no money, money
    with the wrong earmark, money too late ... Then what lifting each of these families of limits
    would gain, found by planning again without it. A contributor asks about its own with --offer.
    """
    from konbit import api
    from konbit.cli.reading import read_dossier, user_errors
    from konbit.cli.working import working

    words = words_in(lang)
    read = read_dossier(dossier, words)
    if requirement and offer:
        raise Stop(ExitCode.USAGE, "cli-one-of-both")
    _exists(read, dossier, requirement, offer, words)
    _lies_ahead(read, api.as_of_day(read, as_of), month)
    with user_errors(words, dossier):
        made = working(
            words,
            lambda told: api.plan(
                read, as_of, scenario, language=words.language, calls=bool(offer), progress=told
            ),
        )
    if as_json and offer:
        from konbit.cli.explained_offer import offer_document

        show_json(offer_document(made, offer, month))
    elif as_json:
        from konbit.cli.documents import explanation_document

        show_json(explanation_document(made.plan, requirement, month))
    elif offer:
        from konbit.cli.explained_offer import offer_explained

        show("\n".join(offer_explained(made, offer, month, words)))
    else:
        from konbit.cli.explanation import explained, opened

        lines = (
            opened(made, requirement, month, words)
            if requirement
            else explained(made, month, words)
        )
        show("\n".join(lines))
    raise typer.Exit(ExitCode.FINE if made.plan.is_verified else ExitCode.NOT_VERIFIED)


def _exists(dossier: Dossier, path: Path, requirement: str, offer: str, words: Words) -> None:
    """Refuse an offer or a requirement that is none, with those near it."""
    from konbit.dossier.tables.pledge import Offer
    from konbit.dossier.tables.requirement import Requirement

    asked = (
        (offer, Offer, words.say("cli-unknown-offer", offer=offer)),
        (requirement, Requirement, words.say("cli-unknown-requirement", requirement=requirement)),
    )
    for code, table, unknown in asked:
        if code and code not in dossier.by_code(table):
            tell(unknown)
            tell_near(dossier, code, [table.TABLE], words)
            tell(words.say("cli-codes-all", path=path))
            raise typer.Exit(ExitCode.USAGE)


def _lies_ahead(dossier: Dossier, as_of_on: date, month: Month | None) -> None:
    first = Month.of(as_of_on) + 1
    until = first + dossier.mission.horizon_months
    if month is not None and not first <= month < until:
        raise Stop(ExitCode.USAGE, "cli-month-outside", month=month, first=first, last=until + -1)
