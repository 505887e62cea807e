"""What the codes in a fund's log are called: in the mission's tables, and in the log itself."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from konbit.fund import Record
from konbit.web.ledger.models import LedgerRecord
from konbit.web.tables.mirrored import MODELS
from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.web.ledger.models import LedgerFund
    from konbit.web.words import PageWords

# Tables in which members of records find the titles of their codes.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "cost_head": ("cost_heads",),
    "cost_heads": ("cost_heads",),
    "contributor": ("organisations",),
    "contributors": ("organisations",),
    "donor": ("organisations",),
    "party": ("organisations",),
    "payee": ("organisations",),
    "place": ("locations", "sites"),
    "places": ("locations", "sites"),
    "unit": ("offers",),
}
_OPENED: Mapping[str, str] = {
    "purse": "purse_opened",
    "to_purse": "purse_opened",
    "contribution": "contribution_opened",
}
# What the parts of an account's name are codes of, after its class.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "bank": ("bank", "purse"),
    "spent": ("purse", "cost_head"),
    "signed": ("purse", "contribution"),
    "agreement": ("purse", "contribution"),
    "frozen": ("purse", "contribution"),
    "refunded": ("purse", "contribution"),
}
_BY_PURSE = ("purse",)


class Names:
    """Titles of the codes of one fund; each table is looked up once, and only if asked."""

    def __init__(self, fund: LedgerFund, words: PageWords) -> None:
        self._fund, self._words = fund, words
        self._tables: dict[str, Mapping[str, str]] = {}

    def knows(self, member: str) -> bool:
        """Whether a member of records holds codes that have titles."""
        return member in _TABLES or member in _OPENED

    def named(self, member: str, code: str) -> str:
        """A code with its title before it; the code alone where nothing calls it otherwise."""
        title = self.title(member, code)
        return f"{title} ({code})" if title and title != code else code

    def title(self, member: str, code: str) -> str:
        """The title of a code that a member of a record holds; empty for none.

        A mission's own title of a kind of cost comes first; what many missions call the same, or
        leave without a title, is in the reader's language.
        """
        if member in _OPENED:
            return self._opened.get((_OPENED[member], code), "")
        found = (self._of_table(table).get(code, "") for table in _TABLES.get(member, ()))
        own = next((title for title in found if title), "")
        common = f"cost-head-{code.casefold().replace('_', '-')}"
        is_common = member in {"cost_head", "cost_heads"} and self._words.knows(common)
        if is_common and own in {"", words_in("en").say(common)}:
            return self._words.say(common)
        return own

    def account(self, account: str) -> str:
        """An account in words: what it holds, and of what, part by part."""
        kind, *parts = account.split(":")
        code = f"line-{kind.replace('_', '-')}"
        if not self._words.knows(code):
            code = f"account-{kind.replace('_', '-')}"
        said = self._words.say(code) if self._words.knows(code) else kind
        members = _PARTS.get(kind, _BY_PURSE)
        named = (
            self.named(members[at], part) if at < len(members) else part
            for at, part in enumerate(parts)
        )
        return " · ".join((said, *named))

    def _of_table(self, table: str) -> Mapping[str, str]:
        if table not in self._tables:
            states = MODELS[table].objects.of(self._fund.mission_id).current()
            self._tables[table] = dict(states.values_list("code", "title"))
        return self._tables[table]

    @cached_property
    def _opened(self) -> Mapping[tuple[str, str], str]:
        """Titles that records gave to purses and contributions, by kind and code."""
        rows = LedgerRecord.objects.filter(fund=self._fund, kind__in=set(_OPENED.values()))
        return {
            (kind, subject or ""): str(Record.from_bytes(bytes(line)).body["title"])
            for kind, subject, line in rows.values_list("kind", "subject", "bytes")
        }
