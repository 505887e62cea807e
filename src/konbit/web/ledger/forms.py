"""Forms of the ledger: one for each kind of record, made from what its body holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from konbit.fund import KINDS
from konbit.fund.claiming import lines_to_claim
from konbit.fund.rules_of_use import NAMED, OPENS
from konbit.fund.statement import statement_sha256
from konbit.terms import Money
from konbit.web.bridge.lines import CODE_PATTERN
from konbit.web.ledger.fields import BY_TEST, DIGEST_PATTERN, month, said_of, share, text
from konbit.web.ledger.queries import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from konbit.fund import Books
    from konbit.web.ledger.models import LedgerFund
    from konbit.web.words import PageWords

# Kinds that have a form; roles are given by the register of people, a log is opened once.
# As they stand on a fund's page, step after step.
STEPS: dict[str, tuple[str, ...]] = {
    "set-up": ("bank_opened", "purse_opened", "exchange_rate_dated", "rate_dated"),
    "promises": ("contribution_opened", "announced", "pledged", "signed", "withdrawn", "expired"),
    "cash": ("received", "interest", "exchanged", "reserve_moved", "frozen", "unfrozen",
             "refunded", "reprogrammed"),
    "use": ("allotted", "allotment_released", "obligated", "obligation_released", "disbursed",
            "support_paid", "recovered"),
    "owed": ("presence_returned", "presence_verified", "claimed", "claim_approved",
             "claim_rejected", "payment_acknowledged"),
    "books": ("reversed", "period_closed"),
}  # fmt: skip
ENTERED = frozenset(kind for kinds in STEPS.values() for kind in kinds)
_CHOSEN: dict[str, tuple[str, ...]] = {
    "stage": ("announced", "pledged", "signed"),
    "taken_from": ("free", "frozen"),
    "counted": ("person_day", "equipment_day", "unit_month"),
    "modality": ("", *"ABCDEFGHIJKL"),
}
_WHY = {
    "allotment_released": ("released", "expired"),
    "obligation_released": ("voided", "expired"),
}
# Told in the currency in which the donor gives.
_AS_GIVEN = frozenset({"announced", "pledged", "signed", "withdrawn", "expired", "received"})
# Computed by the program, not asked.
_COMPUTED = {"lines", "total_minor", "statement_sha256"}


def currency_of(
    kind: str,
    name: str,
    told: Mapping[str, Any],
    gifts: Mapping[str, str],
    banks: Mapping[str, str],
    own: str,
) -> str:
    """In which currency a member of a record is told.

    Args:
        kind: of the record.
        name: of the member.
        told: the members of its body.
        gifts: currency of each contribution.
        banks: currency of each bank account.
        own: the fund's currency.

    Raises:
        KeyError: the record names a contribution or an account that there is not.
    """
    if kind in _AS_GIVEN:
        return gifts[told["contribution"]]
    if kind == "interest":
        return banks[told["bank"]]
    return banks[told["from_bank"]] if name == "sold_minor" else own


class EntryForm(forms.Form):
    """What one record of a kind needs, in people's units: whole amounts, per cent, days.

    Args:
        kind: of the record.
        books: for names to choose from and for the currencies of amounts.
        fund: whose log it is.
        words: of the reader.
    """

    authority = forms.CharField(max_length=500, required=False)
    document_sha256 = forms.RegexField(DIGEST_PATTERN, required=False)
    note = forms.CharField(max_length=500, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(
        self,
        *args: Any,
        kind: str,
        books: Books,
        fund: LedgerFund,
        words: PageWords,
        **more: Any,
    ) -> None:
        super().__init__(*args, **{"auto_id": "entry-%s", **more})
        self._kind, self._books, self._fund, self._words = kind, books, fund, words
        own = {
            name: self._field(name, test)
            for name, test in KINDS[kind].members.items()
            if name not in _COMPUTED
        }
        if kind == "claimed":
            own["month"] = month()
            own["factor_ppm"] = share(required=False)
        self.fields = {**own, **self.fields}
        self.fields["authority"].required = KINDS[kind].two
        for name, field in self.fields.items():
            field.label = words.say(f"entry-{name.replace('_', '-')}")
            field.error_messages |= said_of(field, words)

    def _field(self, name: str, test: Any) -> forms.Field:
        if name in NAMED and name != OPENS.get(self._kind, ("", ""))[0]:
            codes = sorted(getattr(self._books, NAMED[name]))
            is_optional = (self._kind, name) == ("obligated", "claim")
            return self._choice(["", *codes] if is_optional else codes)
        if name == "why" and self._kind in _WHY:
            return self._choice(_WHY[self._kind])
        if name in _CHOSEN:
            return self._choice(_CHOSEN[name])
        made: forms.Field = BY_TEST.get(test, text)(test)
        return made

    def _choice(self, codes: Any) -> forms.ChoiceField:
        shown = [
            (code, self._words.say(f"word-{code}") if self._words.knows(f"word-{code}") else code)
            for code in codes
        ]
        return forms.ChoiceField(choices=shown, required="" not in codes)

    def clean(self) -> dict[str, Any]:
        """Amounts in their currency, whole minor units."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in KINDS[self._kind].members:
            if name.endswith("_minor") and cleaned.get(name) is not None:
                try:
                    money = Money.from_major(cleaned[name], self._currency(name, cleaned))
                    cleaned[name] = money.amount_minor
                except (ValueError, KeyError):
                    self.add_error(name, self._words.say("entry-amount-wrong"))
        if self._kind == "claimed" and not self.errors and not self._lines(cleaned):
            self.add_error("month", self._words.say("entry-nothing-to-claim"))
        return cleaned

    def _lines(self, told: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What a claim asks for, line by line: what was verified, by the rates of that month."""
        return lines_to_claim(
            self._books,
            told["contributor"],
            told["unit"],
            told["month"],
            told["factor_ppm"] or 0,
        )

    def _currency(self, name: str, cleaned: dict[str, Any]) -> str:
        """In what an amount is asked."""
        gifts = {code: str(body["currency"]) for code, body in self._books.contributions.items()}
        return currency_of(self._kind, name, cleaned, gifts, self._books.banks, self._fund.currency)

    @property
    def body(self) -> dict[str, Any]:
        """The body that was asked for, without the note."""
        body: dict[str, Any] = {}
        for name in KINDS[self._kind].members:
            if name in self.cleaned_data:
                body[name] = _plain(self.cleaned_data[name])
        if self._kind == "claimed":
            body["lines"] = self._lines(self.cleaned_data)
            body["total_minor"] = sum(line["amount_minor"] for line in body["lines"])
        if self._kind == "period_closed":
            figures = statement(self._fund, until=body["until_on"], known_before=self._fund.size)
            body["statement_sha256"] = statement_sha256(figures)
        return body


class OpenForm(forms.Form):
    """A new fund, and who is asked to agree to its opening."""

    code = forms.RegexField(CODE_PATTERN)
    title = forms.CharField(max_length=200)
    currency = forms.CharField(max_length=3, initial="USD")
    on = forms.DateField(widget=forms.DateInput({"type": "date"}))
    approver = forms.ChoiceField()
    authority = forms.CharField(max_length=500)

    def __init__(self, *args: Any, approvers: Any, words: PageWords, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": "open-%s", **more})
        self.fields["approver"].choices = approvers  # type: ignore[attr-defined] # a choice
        for name, field in self.fields.items():
            field.label = words.say(f"entry-{name}")
            field.error_messages |= said_of(field, words)


class StatementForm(forms.Form):
    """Which statement: on a day, as known on a day, beside another day."""

    on = forms.DateField()
    known = forms.DateField(required=False)
    beside = forms.DateField(required=False)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
