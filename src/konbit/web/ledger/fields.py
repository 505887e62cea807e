"""Fields of the ledger's forms: how people write codes, amounts, shares, days and months."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from konbit.fund import shapes as s
from konbit.terms.money import decimals_of
from konbit.web.bridge.lines import CODE_PATTERN

if TYPE_CHECKING:
    from konbit.terms import Money
    from konbit.web.words import PageWords

DIGEST_PATTERN = r"^[0-9a-f]{64}$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
# What is said where a field's pattern is not met; of any other, that it is no code.
_SAID = {DIGEST_PATTERN: "entry-digest-wrong", MONTH_PATTERN: "entry-month-wrong"}
_BETWEEN_DIGITS = {ord(mark): None for mark in " \u00a0\u202f'\u2019"} | {ord("\u2212"): "-"}
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
# How an amount is written, what stands between its thousands, and before its decimals.
_WRITTEN = (
    (re.compile(r"-?[0-9]+([.,][0-9]+)?"), "", ","),
    (re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"), ",", "."),
    (re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?"), ".", ","),
)
_MOST_DIGITS = 40


def said_of(field: forms.Field, words: PageWords) -> dict[str, str]:
    """What is said of a value that a field cannot read, where the field is one of the ledger's."""
    if isinstance(field, _Amount):
        return {
            "invalid": words.say("entry-amount-unread"),
            "ambiguous": words.say("entry-amount-ambiguous"),
        }
    if isinstance(field, forms.RegexField):
        return {"invalid": words.say(_SAID.get(field.regex.pattern, "entry-code-wrong"))}
    return {}


def text(test: Any) -> forms.Field:
    """A text of one line; needed where a record may not leave it empty."""
    return forms.CharField(max_length=500, required=test is not s.is_text_or_empty)


def _code(test: Any) -> forms.Field:
    return forms.RegexField(CODE_PATTERN, required=test is not s.is_code_or_empty, empty_value="")


def _day(test: Any) -> forms.Field:
    widget = forms.DateInput({"type": "date"})
    return forms.DateField(required=test is s.is_day, widget=widget)


class _Amount(forms.Field):
    """An amount in major units, with either mark of decimals.

    Marks between thousands are read where they can be nothing else. What may be a thousand or a
    number with three decimals is refused, for the difference is a thousandfold.
    """

    def to_python(self, value: Any) -> Any:
        written = str(value or "").translate(_BETWEEN_DIGITS)
        if not written:
            return None
        if _AMBIGUOUS.fullmatch(written):
            raise forms.ValidationError(self.error_messages["ambiguous"], "ambiguous")
        for pattern, thousands, decimals in _WRITTEN:
            if len(written) <= _MOST_DIGITS and pattern.fullmatch(written):
                return Decimal(written.replace(thousands, "").replace(decimals, "."))
        raise forms.ValidationError(self.error_messages["invalid"], "invalid")


def amount_filled(money: Money) -> str:
    """An amount as a form is filled with it, such that the form reads it again.

    Of three decimals one more is written: a form cannot tell three from thousands.
    """
    is_of_three = decimals_of(money.currency) == len("000")
    return f"{money.major:.4f}" if is_of_three else f"{money.major:f}"


def _amount(test: Any) -> forms.Field:
    return _Amount(
        required=test is not s.is_amount_or_null, widget=forms.TextInput({"maxlength": 30})
    )


def month(_test: Any = None) -> forms.Field:
    """A month such as `2026-01`."""
    return forms.RegexField(MONTH_PATTERN)


def _count(_test: Any) -> forms.Field:
    return forms.IntegerField(min_value=0)


class _Share(forms.DecimalField):
    """A share in per cent, kept in parts per million."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else int(found * 10_000)


def share(_test: Any = None, *, required: bool = True) -> forms.Field:
    """A share, asked in per cent and kept in parts per million."""
    return _Share(min_value=0, max_value=100, decimal_places=4, required=required)


def _flag(_test: Any) -> forms.Field:
    return forms.BooleanField(required=False)


class _Codes(forms.CharField):
    """Codes parted by spaces or commas."""

    def clean(self, value: Any) -> Any:
        return sorted(set(str(super().clean(value) or "").replace(",", " ").split()))


def _codes(_test: Any) -> forms.Field:
    return _Codes(required=False)


BY_TEST: dict[Any, Any] = {
    s.is_code: _code,
    s.is_code_or_empty: _code,
    s.is_day: _day,
    s.is_day_or_null: _day,
    s.is_amount: _amount,
    s.is_amount_or_null: _amount,
    s.is_change: _amount,
    s.is_count: _count,
    s.is_month: month,
    s.is_share: share,
    s.is_flag: _flag,
    s.is_codes: _codes,
}
