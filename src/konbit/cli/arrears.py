"""`konbit arrears`: what a fund owes its contributors, from its export, as rows to plan on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from konbit.cli.console import show, show_json, tell, words_in
from konbit.cli.exits import ExitCode, Stop
from konbit.cli.options import AsJson, Lang, parse_day
from konbit.terms import Severity

if TYPE_CHECKING:
    from datetime import date

    from konbit.briefing.words import Words
    from konbit.dossier import Dossier
    from konbit.fund.exported import Told
    from konbit.terms import Finding

_OWN_SHEET = ".xlsx"
# Why files are no export, each with its sentence.
_REFUSED = {
    "export-none": "cli-export-none",
    "export-file-missing": "cli-export-file-missing",
    "export-damaged": "cli-export-damaged",
}


def arrears(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="EXPORT",
            help="A fund's public export: its folder, or the ZIP archive in which it comes.",
            show_default=False,
        ),
    ],
    on: Annotated[
        str,
        typer.Option(
            metavar="DAY",
            help="The last day that counts. Without it: the day of the last record.",
            show_default=False,
        ),
    ] = "",
    known: Annotated[
        str,
        typer.Option(
            metavar="DAY",
            help="As known on this day. Without it: all that is known.",
            show_default=False,
        ),
    ] = "",
    keys: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keys that you trust, one a line, such as your agreement names.",
            show_default=False,
        ),
    ] = None,
    dossier: Annotated[
        Path | None,
        typer.Option(
            metavar="DOSSIER",
            help="Take the rows into this dossier: OUT is then the dossier, checked, with them.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT",
            help="Write the rows: a workbook (ends in .xlsx) or a new folder.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every finding of a kind, not only the first five.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say what a fund owes its contributors, from its public export, as rows to plan on.

    Every record is asked by every rule and compared with what was signed; what is wrong is told all
    at once, and then nothing is written (exit code 1). The rows are those of the table arrears, the
    same that the system of record makes of its own fund.
    """
    from konbit.cli.findings import listed

    words = words_in(lang)
    days = [parse_day(text) if text else None for text in (on, known)]
    if out is not None and out.exists() and not force:
        raise Stop(ExitCode.USAGE, "cli-exists", path=out)
    if dossier is not None and out is None:
        raise Stop(ExitCode.USAGE, "cli-arrears-needs-out")
    told, found = _told(export, days[0], days[1], keys)
    merged = None
    if told is not None and dossier is not None:
        merged, more = _merged(told, dossier, words)
        found = (*found, *more)
    if as_json:
        show_json(_document(told, found, words))
    else:
        lines = listed(found, words, everything=everything)
        if lines:
            tell("\n".join(lines))
        if told is not None:
            _show(told, words)
    if told is None or any(one.severity is Severity.ERROR for one in found):
        raise typer.Exit(ExitCode.FINDINGS)
    if out is not None:
        _write(told, merged, out, words)


def _told(
    export: Path, on: date | None, known: date | None, keys: Path | None
) -> tuple[Told | None, tuple[Finding, ...]]:
    from konbit.cli.reading import why
    from konbit.cli.receipt import keys_in
    from konbit.exchange.fund_export import ExportError, opened_export
    from konbit.fund.exported import claims_told

    trusted = keys_in(keys) if keys is not None else ()
    if not export.exists():
        raise Stop(ExitCode.UNREADABLE, "cli-nothing-there", path=export)
    try:
        with opened_export(export) as files:
            lines, stated = files.lines(), files.keys.split("\n")
            return claims_told(
                lines, files.checkpoints, stated, trusted=trusted, on=on, known=known
            )
    except ExportError as error:
        raise Stop(
            ExitCode.UNREADABLE, _REFUSED[error.code], path=export, file=error.file
        ) from None
    except OSError as error:
        raise Stop(ExitCode.UNREADABLE, "cli-cannot-read", path=export, why=why(error)) from error


def _merged(told: Told, path: Path, words: Words) -> tuple[Dossier, tuple[Finding, ...]]:
    """The dossier with the rows in place of those of the same key, and what its check says.

    Notes and warnings that it had without them are left to `konbit check`.
    """
    from konbit import api
    from konbit.cli.reading import read_dossier
    from konbit.dossier import Dossier

    read = read_dossier(path, words)
    rows = {(row.TABLE, row.key): row for row in (*read.all_rows, *told.rows)}
    merged = Dossier.of(rows.values())
    before = frozenset(api.check(read, api.as_of_day(read, None)))
    after = api.check(merged, api.as_of_day(merged, None))
    return merged, tuple(
        one for one in after if one.severity is Severity.ERROR or one not in before
    )


def _show(told: Told, words: Words) -> None:
    """By contributor: what is unpaid, of how many claims, for how many months, by age."""
    from konbit.fund.standing import AGES_MONTHS, by_age, longest_waited
    from konbit.terms import Money

    ages, months = by_age(told.claims, told.on), longest_waited(told.claims, told.on)
    show(words.say("cli-arrears-title", fund=told.fund, on=told.on, records=told.size))
    if not ages:
        show(words.say("cli-arrears-none"))
    for contributor, sums in ages.items():
        unpaid = sum(c.contributor == contributor and c.unpaid_minor > 0 for c in told.claims)
        show(
            words.say(
                "cli-arrears-of",
                contributor=contributor,
                unpaid=words.money_exact(Money(sum(sums), told.currency)),
                count=unpaid,
                months=months[contributor],
            )
        )
        limits = zip((0, *AGES_MONTHS), (*AGES_MONTHS, None), sums, strict=True)
        for first, until, minor in limits:
            if minor:
                code = "cli-arrears-age" if until else "cli-arrears-oldest"
                money = words.money_exact(Money(minor, told.currency))
                show(f"  {words.say(code, first=first, until=until, unpaid=money)}")


def _document(told: Told | None, found: tuple[Finding, ...], words: Words) -> dict[str, object]:
    from konbit.briefing.finding_document import finding_document
    from konbit.cli.documents import row_document

    document: dict[str, object] = {"findings": [finding_document(one, words) for one in found]}
    if told is not None:
        from konbit.fund.standing import by_age, longest_waited

        ages, months = by_age(told.claims, told.on), longest_waited(told.claims, told.on)
        document |= {
            "fund": told.fund,
            "currency": told.currency,
            "on": str(told.on),
            "known": str(told.known) if told.known else None,
            "records": told.size,
            "key": told.key,
            "contributors": {
                who: {"unpaid_minor": sum(sums), "by_age_minor": list(sums), "months": months[who]}
                for who, sums in ages.items()
            },
            "arrears": [row_document(row) for row in told.rows],
        }
    return document


def _write(told: Told, merged: Dossier | None, out: Path, words: Words) -> None:
    from konbit.cli.writing import writes
    from konbit.dossier.tables.arrears import ClaimStanding
    from konbit.package import write_folder, write_tables, write_workbook
    from konbit.package.atomic import write_file
    from konbit.package.list_writing import workbook_of

    is_workbook = out.suffix.casefold() == _OWN_SHEET
    with writes(out):
        if merged is not None:
            (write_workbook if is_workbook else write_folder)(merged, out)
        elif is_workbook:
            write_file(out, workbook_of(ClaimStanding, told.rows))
        else:
            write_tables(
                {ClaimStanding: told.rows},
                out,
                f"arrears-{told.fund.casefold()}",
                words.say("cli-arrears-title", fund=told.fund, on=told.on, records=told.size),
                {"on": str(told.on), "log_key": told.key},
            )
    tell(words.say("cli-written", path=out))
