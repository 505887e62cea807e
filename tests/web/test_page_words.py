"""Pages speak every language: the same sentences with the same values, and none is missing."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from konbit.briefing.words.columns import words_of_columns
from konbit.briefing.words.words import CATALOGUES
from konbit.briefing.words.words import catalogue as other_catalogue
from konbit.dossier.columns import columns_of
from konbit.dossier.registry import TABLES
from konbit.mandate import read, read_article
from konbit.mandate.rules import rules
from konbit.web.history.models import VERBS
from konbit.web.mandates.renewing import RULES as RENEWAL_RULES
from konbit.web.people import actions
from konbit.web.people.roles import Role
from konbit.web.plans.models import STATES
from konbit.web.words import COOKIE, LANGUAGES, catalogue, words_in

if TYPE_CHECKING:
    from web_world import World

WEB = Path(__file__).parents[2] / "src" / "konbit" / "web"
_SAID = re.compile(r"""say ["']([a-z0-9_-]+)["'](?!\|add)""")
_SAID_IN_CODE = re.compile(r"""\bsay\(\s*"([a-z0-9_-]+)\"""")


def forms(entry: str | dict[str, str]) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def values_of(entry: str | dict[str, str]) -> set[frozenset[str]]:
    return {
        frozenset(name for _, name, _, _ in string.Formatter().parse(form) if name is not None)
        for form in forms(entry)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_with_the_same_values(language: str) -> None:
    english, other = catalogue("en"), catalogue(language)
    assert other.keys() == english.keys()
    for code, entry in other.items():
        assert values_of(entry) == values_of(english[code]), code
        assert all(form.strip() for form in forms(entry)), code


def test_every_rule_that_a_reading_names_has_words() -> None:
    """Of all made-up texts and articles: paragraphs, verbs and what the heading tells."""
    told: set[str] = set()
    for folder in ("samples", "unseen", "unusual"):
        for path in (WEB.parents[2] / "tests" / "mandate" / folder).glob("*.txt"):
            found = read(path.read_text("utf-8"), path.name)
            told |= {paragraph.rule for paragraph in found.paragraphs}
            told |= {a.verb.rule for p in found.paragraphs for a in p.acts if a.verb}
            slots = (found.symbol, found.body, found.adopted_on, found.vote, found.language)
            told |= {slot.rule for slot in slots if slot}
    for path in (WEB.parents[2] / "tests" / "mandate" / "articles").glob("*.txt"):
        article = read_article(path.read_text("utf-8"))
        told |= {act.verb.rule for act in article.acts}
        heads = (article.symbol, article.body, article.decided_on, article.vote)
        told |= {slot.rule for slot in heads if slot}
    assert len(told) > 20
    worded = {code.removeprefix("rule-") for code in catalogue("en") if code.startswith("rule-")}
    assert told <= worded
    assert worded >= RENEWAL_RULES
    assert worded <= set(rules()) | RENEWAL_RULES


def test_every_column_has_its_title_help_unit_and_choices_in_every_language() -> None:
    english = [column for table in TABLES for column in columns_of(table)]
    wanted = {
        "titles": {column.title for column in english},
        "help": {column.help for column in english if column.help},
        "units": {column.unit for column in english if column.unit},
        "choices": {meaning for column in english for _, meaning in column.choices},
    }
    for language in set(LANGUAGES) - {"en"}:
        told = words_of_columns(language)
        assert {kind: set(told[kind]) for kind in wanted} == wanted, language
        assert all(text.strip() for kind in wanted for text in told[kind].values())


def test_pages_take_no_code_of_another_catalogue() -> None:
    others = {code for name in CATALOGUES for code in other_catalogue(name, "en")}
    assert others.isdisjoint(catalogue("en"))


def test_every_sentence_that_a_page_says_is_there() -> None:
    words = words_in("en")
    said = {code for file in WEB.rglob("*.html") for code in _SAID.findall(file.read_text("utf-8"))}
    said |= {
        code
        for file in WEB.rglob("*.py")
        for code in _SAID_IN_CODE.findall(file.read_text("utf-8"))
    }
    assert {code for code in said if not words.knows(code)} == set()


def test_every_name_that_is_put_together_has_its_sentence() -> None:
    words = words_in("en")
    stages = {
        word
        for table in TABLES
        if table.TABLE in {"unit_events", "contribution_events"}
        for column in [table.__dataclass_fields__["stage"].metadata["column"]]
        for word in column.words
    }
    names = [f"verb-{verb}" for verb in VERBS] + [f"run-{state}" for state in STATES]
    names += [f"role-{role}" for role in Role] + [f"link-{t.LINK}" for t in TABLES]
    names += [f"stage-{stage}" for stage in stages]
    assert [name for name in names if not words.knows(name)] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "Chercher"), ("es", "Buscar"), ("ht", "Chèche"), ("de", "Search")],
)
def test_a_page_speaks_the_language_of_its_reader(language: str, told: str, world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["viewer"])
    page = client.get("/m/M/tables/offers/", headers={"Accept-Language": f"{language};q=0.9"})
    assert told in page.content.decode()
    assert page["Content-Language"] == (language if language in LANGUAGES else "en")
    client.post("/language", {"language": "fr", "back": "https://elsewhere.example/"})
    assert "Chercher" in client.get("/m/M/tables/offers/").content.decode()


@pytest.mark.parametrize(("language", "told"), [("fr", "Rôle donné\xa0:"), ("es", "Función dada:")])
def test_what_something_is_called_is_told_from_what_it_is(
    world: World, language: str, told: str
) -> None:
    """A colon stands after a space in French, and only there."""
    actions.give_role(world["administrator"], world.users["viewer"], "auditor", world.mission)
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["administrator"])
    client.cookies["konbit_language"] = language
    assert told in client.get("/people/").content.decode()


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("en", ["apple", "Banana", "cherry"]),
        ("fr", ["côté", "Edition", "Étape", "étapes", "Évaluation", "Evaluer", "Offres", "Zones"]),
        ("es", ["nube", "nuez", "ñandú", "ñu", "obra", "ópera", "orden"]),
        ("ht", ["Debou", "Dèt", "Elikoptè", "Òf", "Ofisye", "Zòn"]),
    ],
)
def test_texts_stand_as_in_a_dictionary(language: str, in_order: list[str]) -> None:
    """Capital letters and accents part only words that are alike without them."""
    words = words_in(language)
    backwards = in_order[::-1]
    assert sorted(backwards, key=words.place) == in_order
    decomposed = [unicodedata.normalize("NFD", text) for text in in_order]
    assert [words.place(text) for text in decomposed] == [words.place(text) for text in in_order]


def test_tables_to_choose_from_stand_as_in_a_dictionary(world: World) -> None:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.users["viewer"])
    client.cookies[COOKIE] = "fr"
    page = client.get("/m/M/history/").content.decode()
    chosen = page.partition('name="table"')[2].partition("</select>")[0]
    titles = re.findall(r"<option[^>]*>([^<]+)", chosen)[1:]
    assert len(titles) > 40
    begin = [title[0] for title in titles]
    assert begin.index("É") < begin.index("F"), titles
    assert begin[-1] != "É"
