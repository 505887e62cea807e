from __future__ import annotations

import string
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.briefing import sentences
from konbit.briefing.words import LANGUAGES, Words
from konbit.briefing.words.columns import words_of_columns
from konbit.briefing.words.words import CATALOGUES, catalogue
from konbit.dossier.checks.codes import FINDING_CODES
from konbit.dossier.columns import columns_of
from konbit.dossier.facts import CONFIDENCE
from konbit.dossier.plan import FAMILIES, PLAN_TABLES, Ask
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.fund import MONEY_SIDE_STATES, MONEY_STAGES
from konbit.package.cover import EMPTY, HEADINGS, how_to_fill
from konbit.planner.verify import RULES, RULES_OF_TOURS
from konbit.terms import Finding, Money, Month, Severity

if TYPE_CHECKING:
    from konbit.briefing.words.words import Entry

EN, FR, ES, HT = (Words(language) for language in ("en", "fr", "es", "ht"))


def forms(entry: Entry) -> dict[str, str]:
    return entry if isinstance(entry, dict) else {"": entry}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_codes_with_the_same_placeholders(
    name: str, language: str
) -> None:
    english, other = catalogue(name, "en"), catalogue(name, language)

    assert other.keys() == english.keys()
    for code, entry in other.items():
        told = {frozenset(placeholders(form)) for form in forms(entry).values()}
        assert told == {frozenset(placeholders(form)) for form in forms(english[code]).values()}, (
            code
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_in_two_catalogues_and_no_sentence_is_empty(language: str) -> None:
    codes = [code for name in CATALOGUES for code in catalogue(name, language)]

    assert len(codes) == len(set(codes))
    for name in CATALOGUES:
        for code, entry in catalogue(name, language).items():
            assert all(form.strip() or "mark" in code for form in forms(entry).values()), code


@pytest.mark.parametrize("code", FINDING_CODES)
def test_every_finding_has_a_sentence_that_uses_only_its_values(code: str) -> None:
    known = set(FINDING_CODES[code])
    for name in (code, f"{code}-suggesting"):
        entry = catalogue("findings", "en").get(name)
        if entry is not None:
            assert all(placeholders(form) <= known for form in forms(entry).values())
    assert code in catalogue("findings", "en")
    if "suggestion" in known:
        assert f"{code}-suggesting" in catalogue("findings", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", FINDING_CODES)
def test_a_finding_of_every_code_can_be_said_with_the_values_that_checks_give(
    code: str, language: str
) -> None:
    values = tuple(
        (name, "3" if name in {"count", "units"} else "2026-04-01") for name in FINDING_CODES[code]
    )
    found = Finding(code, Severity.ERROR, "offers", "KEN", "title", values)

    told = Words(language).of_finding(found)

    assert told.startswith("offers \u203a KEN \u203a title")
    assert "{" not in told


def test_a_suggestion_is_made_only_when_there_is_one() -> None:
    def told(suggestion: str) -> str:
        values = (("suggestion", suggestion), ("tables", "sites"), ("value", "capitol"))
        return EN.of_finding(Finding("reference-missing", Severity.ERROR, "", "", "", values))

    assert told("capital") == "“capitol” is not found in sites; did you mean “capital”?"
    assert told("") == "“capitol” is not found in sites."


def test_counts_and_days_of_a_finding_are_written_as_the_language_writes_them() -> None:
    values = (
        ("ceiling_persons", "5550"), ("component", "uniformed"), ("deployed_persons", "6000"),
        ("on", "2026-10-01"),
    )  # fmt: skip
    found = Finding("ceiling-exceeded", Severity.ERROR, values=values)

    assert EN.of_finding(found) == (
        "On 1 October 2026, 6,000 people (uniformed) are deployed under a ceiling of 5,550."
    )
    assert "1er octobre 2026" in FR.of_finding(found)


def test_a_finding_without_a_sentence_still_says_what_is_known() -> None:
    found = Finding("never-heard-of", Severity.NOTE, "lifts", values=(("rows", "2"),))

    assert EN.of_finding(found) == "lifts: never-heard-of (rows = 2)"


def test_every_choice_that_a_plan_may_hold_has_its_word() -> None:
    kinds = next(c for c in columns_of(Ask) if c.name == "kind").words
    codes = (
        *(f"family-{family}" for family in (*FAMILIES, "none")),
        *(f"reason-{family}" for family in (*FAMILIES, "none")),
        *(f"bottleneck-{family}" for family in FAMILIES),
        *(f"ask-kind-{kind}" for kind in kinds),
        *(f"stage-{stage}" for stage in (*MONEY_STAGES, *MONEY_SIDE_STATES)),
        *(f"confidence-{word}" for word in CONFIDENCE),
        *(f"severity-{severity}" for severity in Severity),
        *(f"table-{table.TABLE}" for table in (*TABLES, *PLAN_TABLES)),
        *(f"column-{column.name}" for table in PLAN_TABLES for column in columns_of(table)),
    )

    assert [code for code in codes if not EN.knows(code)] == []


def test_every_rule_that_checks_a_plan_is_told_beside_its_name() -> None:
    for name in (*RULES, *RULES_OF_TOURS):
        assert sentences.rule(name, FR).startswith(f"{name} (")
    assert sentences.rule("of-another-version", FR) == "of-another-version"


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_tables_and_the_cover_of_the_template_are_told_in_every_language(language: str) -> None:
    told = words_of_columns(language)

    assert set(told["tables"]) == {table.ABOUT for table in TABLES}
    assert set(told["cover"]) == {EMPTY, *HEADINGS, *how_to_fill()}
    assert all(text.strip() for kind in ("tables", "cover") for text in told[kind].values())


def test_numbers_are_grouped_by_language() -> None:
    assert EN.number(1_234_567) == "1,234,567"
    assert FR.number(1_234_567) == "1\u202f234\u202f567"
    assert EN.number(-5) == "\u22125"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (10_000, "100%"),
        (9_999, "99.9%"),
        (0, "0%"),
        (50, "0.5%"),
        (-1_280, "\u221212.8%"),
        (9, "0%"),
    ],
)
def test_a_share_is_cut_and_never_rounded_up(parts: int, told: str) -> None:
    assert EN.share(parts) == told


def test_a_share_has_the_decimal_mark_of_its_language() -> None:
    assert FR.share(1_280) == "12,8\u00a0%"


@pytest.mark.parametrize(
    ("minor", "short"),
    [
        (1_330_000_000, "USD 13.3 M"),
        (128_400_000_000, "USD 1.28 bn"),
        (45_000_000, "USD 450 k"),
        (99_996_000, "USD 1 M"),
        (99_940_000, "USD 999 k"),
        (99_999, "USD 1 k"),
        (99_900, "USD 999"),
        (0, "USD 0"),
        (-1_330_000_000, "USD \u221213.3 M"),
    ],
)
def test_money_in_short_has_three_figures(minor: int, short: str) -> None:
    assert EN.money(Money(minor, "USD")) == short


def test_money_in_full_is_exact_to_the_minor_unit() -> None:
    assert EN.money_exact(Money(1_330_000_050, "USD")) == "USD 13,300,000.50"
    assert EN.money_exact(Money(1_330_000_000, "USD")) == "USD 13,300,000"
    assert EN.money_exact(Money(13_300, "JPY")) == "JPY 13,300"
    assert EN.money_exact(Money(1_005, "KWD")) == "KWD 1.005"
    assert FR.money_exact(Money(-5, "USD")) == "\u22120,05\u00a0USD"


def test_months_and_days_are_named_in_the_language() -> None:
    assert EN.month("2026-04") == "April 2026"
    assert HT.month(Month(2026, 7)) == "jiyè 2026"
    assert ES.day(date(2026, 3, 15)) == "15 de marzo de 2026"
    assert FR.day(date(2026, 3, 1)) == "1er mars 2026"
    assert EN.month_short("2026-09") == "Sep 2026"


def test_forms_follow_the_count() -> None:
    assert EN.say("months", count=1) == "1 month"
    assert EN.say("months", count=0) == "0 months"
    assert FR.say("months", count=0) == "0 mois"


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'de' is not one of en, fr, es, ht"):
        Words("de")


@given(st.integers(min_value=0, max_value=10**15))
def test_money_in_full_holds_every_digit(minor: int) -> None:
    told = EN.money_exact(Money(minor, "USD")).removeprefix("USD ").replace(",", "")
    whole, _, cents = told.partition(".")

    assert int(whole) * 100 + int(cents or 0) == minor


@given(st.integers(min_value=0, max_value=9_999))
def test_less_than_all_is_never_called_all(parts: int) -> None:
    assert EN.share(parts) != "100%"


def test_a_row_without_a_key_is_named_by_its_line_in_the_language() -> None:
    found = Finding("cell-empty", Severity.ERROR, "sites", "line 5", "code")
    assert EN.of_finding(found).startswith("sites \u203a line 5 \u203a code: ")
    assert ES.of_finding(found).startswith("sites \u203a línea 5 \u203a code: ")
    assert HT.of_finding(found).startswith("sites \u203a liy 5 \u203a code: ")
    assert "sites \u203a 5 \u203a code" in ES.of_finding(
        Finding("cell-empty", Severity.ERROR, "sites", "5", "code")
    )
