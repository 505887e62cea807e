"""The program `konbit`: its manual, its commands, and how it ends when something goes wrong."""

from __future__ import annotations

import os
import sys
import traceback

import typer

from konbit.cli import (
    arrears,
    check,
    codes,
    compare,
    convert,
    explain,
    futures,
    helping,
    mandate,
    plan,
    serve,
    shock,
    template,
    usage,
    verify,
    witness,
)
from konbit.cli.console import tell, words_in, words_spoken
from konbit.cli.exits import ExitCode, Stop

MANUAL = """\
Plan, pay for and answer for a multinational security mission.

A mission is a folder of tables (or one Excel workbook), called a dossier. It holds the chain

\b
  mandate > requirement > pledge > fund > plan > deployment
          > coordination > situation > benchmark > hand-over

and every row says from which document it comes, since when it is known and how sure it is. Konbit
reads it as it was known on a day, finds what is wrong, plans who deploys when and where and from
which money, checks the plan by separate arithmetic, and says what holds the rest back and whom to
call.

\b
Examples
  konbit check dossiers/haiti
  konbit codes dossiers/haiti kenya
  konbit plan dossiers/haiti --out build/haiti
  konbit plan dossiers/haiti --as-of 2024-11-13 --lang fr
  konbit explain dossiers/haiti --month 2027-03
  konbit compare dossiers/haiti --as-of 2024-11-13
  konbit compare last-month this-month
  konbit shock dossiers/haiti --close UN-AIR:6 --from 2027-03
  konbit futures dossiers/haiti --futures 200 --out build/haiti
  konbit verify build/haiti dossiers/haiti
  konbit mandate resolution.pdf --out build/mandate
  konbit verify receipt.json --keys our-agreement.keys
  konbit arrears export.zip --dossier dossiers/haiti --out build/haiti-owed
  konbit witness checkpoint.txt --keys log.keys --proof proof.json
  konbit template new-mission.xlsx
  konbit serve dossiers/haiti
  konbit plan dossiers/haiti --json | jq .covered_points

\b
What is printed where
  Results go to standard output, messages and progress to standard error.
  With --json one JSON document is printed: the same dossier, day and scenario
  give the same bytes.

\b
Exit codes
    0  fine; notes and warnings do not count
    1  the dossier has errors; they are listed
    2  the command was not understood: option, day, scenario, file name
    3  a plan broke a rule when it was checked, a receipt proves nothing, or a
       witness refuses; do not use it
    4  a file cannot be read or written
   70  a fault in Konbit itself
  130  interrupted (Ctrl-C); no file is left half-written

\b
Environment
  KONBIT_LANG   language of what is printed: en, fr, es or ht; else LANG
  KONBIT_DEBUG  set to 1, a fault in Konbit shows where it happened

\b
Completion of commands and options in your shell
  konbit --install-completion
"""

app = typer.Typer(
    name="konbit",
    help=MANUAL,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
for command, summary in (
    (check.check, "List what is wrong or worth knowing in a dossier."),
    (codes.codes, "List the codes that options take, with their titles."),
    (plan.plan, "Plan it; print the plan, write brief, workbook and tables."),
    (explain.explain, "Say what holds each requirement back, down to its sources."),
    (compare.compare, "Set scenarios side by side, or say what changed since."),
    (shock.shock, "Replay what goes wrong; who slips, the repaired plan, the cost."),
    (futures.futures, "Decide now with many uncertain futures in view."),
    (plan.brief, "Write only the brief, as HTML and PDF."),
    (verify.verify, "Check a written plan, or the receipt of a fund."),
    (witness.witness, "Sign a fund's checkpoints as somebody elsewhere."),
    (arrears.arrears, "Say what a fund owes contributors, from its export."),
    (template.template, "Write an empty workbook to fill in."),
    (mandate.mandate, "Say who must do what by when, from a resolution."),
    (convert.convert, "Turn a folder into a workbook, or back."),
    (serve.serve, "Serve the system of record (needs konbit[web])."),
):
    app.command(short_help=summary)(command)


@app.callback(invoke_without_command=True)
def konbit(
    version: bool = typer.Option(False, "--version", help="Print the version and end."),
) -> None:
    """Hold the options of the program as a whole; its manual is `MANUAL`."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("konbit"))
        raise typer.Exit(ExitCode.FINE)


def run() -> None:
    """Entry point. Whatever happens, the user reads a sentence and not a traceback."""
    try:
        program = typer.main.get_command(app)
        helping.speak(program, usage.language_asked_for(sys.argv[1:]))
        sys.exit(program(prog_name="konbit", standalone_mode=False))
    except Stop as stop:
        tell(words_spoken().say(stop.sentence, **stop.values))
        sys.exit(stop.code)
    except typer.TyperException as error:
        sys.exit(_not_understood(error))
    except typer.Abort:
        sys.exit(ExitCode.INTERRUPTED)
    except Exception as error:  # the outer edge: nothing may pass it as a traceback
        sys.exit(_fault(error))


def _not_understood(error: typer.TyperException) -> int:
    """Say what is wrong with the command line; without a command, its help says all."""
    if type(error).__name__ == "NoArgsIsHelpError":
        tell(error.format_message())
    else:
        tell(usage.told(error, words_in(usage.language_asked_for(sys.argv[1:]))))
    return error.exit_code


def _fault(error: Exception) -> ExitCode:
    if os.environ.get("KONBIT_DEBUG") == "1":
        traceback.print_exc()
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    tell(words_spoken().say("cli-fault", what=what))
    return ExitCode.FAULT
