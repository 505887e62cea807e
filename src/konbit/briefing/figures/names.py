"""What codes are called: the title in the dossier, a word of the language, or the code itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.dossier.tables.fund import Earmark, Fund
from konbit.dossier.tables.requirement import Capability, Site

if TYPE_CHECKING:
    from konbit.briefing.figures.words import Words
    from konbit.dossier.columns import Row
    from konbit.dossier.dossier import Dossier

_BESIDE = frozenset({"bilateral", "in_kind", "assessed", "trust_fund"})
_PAYERS = frozenset({"contributor", "bilateral"})
NO_EARMARK = "-"


def title_of(dossier: Dossier | None, table: type[Row], code: str) -> str:
    """The title of a row of a dossier; its code when there is no dossier or no such row."""
    row: Any = dossier.by_code(table).get(code) if dossier is not None else None
    return row.title if row is not None else code


def capability_title(dossier: Dossier | None, code: str) -> str:
    """What a capability is called."""
    return title_of(dossier, Capability, code)


def site_title(dossier: Dossier | None, code: str) -> str:
    """What a site is called."""
    return title_of(dossier, Site, code)


def holder_title(dossier: Dossier | None, code: str, words: Words) -> str:
    """What a fund, or an instrument beside the funds, is called."""
    return words.say(f"holder-{code}") if code in _BESIDE else title_of(dossier, Fund, code)


def payer_title(dossier: Dossier | None, code: str, words: Words) -> str:
    """What a payer is called."""
    return words.say(f"payer-{code}") if code in _PAYERS else title_of(dossier, Fund, code)


def earmark_title(dossier: Dossier | None, code: str, words: Words) -> str:
    """What an earmark is called; money without earmark is called so."""
    return words.say("earmark-none") if code == NO_EARMARK else title_of(dossier, Earmark, code)
