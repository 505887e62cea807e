"""What a row states is told in the reader's words, whatever table it is of."""

from __future__ import annotations

import pytest

from konbit.briefing.stated import stated
from konbit.briefing.words import LANGUAGES, ColumnWords
from konbit.dossier.columns import Kind, columns_of
from konbit.dossier.dossier import texts_of
from konbit.dossier.facts import Fact
from konbit.dossier.registry import TABLES
from konbit.dossier.tables.mandate import Ceiling
from sample_dossier import sample_dossier
from tiny_rows import make
from whole_rows import whole_dossier


def test_columns_and_choices_are_words_and_numbers_are_parted() -> None:
    ceiling = make(Ceiling, component="uniformed", strength_persons=5550, kind="authorised")

    french = stated(ceiling, ColumnWords("fr"))

    assert "Composante\u00a0: militaires et police" in french
    assert "Effectif (personnes)\u00a0: 5\u202f550" in french
    assert "uniformed" not in french
    assert "Strength (persons): 5,550" in stated(ceiling, ColumnWords("en"))


def test_source_and_confidence_are_shown_beside_and_not_within() -> None:
    told = stated(make(Ceiling), ColumnWords("en"))

    assert "Source" not in told
    assert "Confidence" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_every_table_can_be_told(language: str) -> None:
    words = ColumnWords(language)
    for dossier in (sample_dossier(), whole_dossier()):
        for table in TABLES:
            for row in dossier.rows(table):
                if not isinstance(row, Fact):
                    continue
                told, filled = stated(row, words), texts_of(row)
                texts = [c.name for c in columns_of(table) if c.kind is Kind.REFERENCE]
                assert all(
                    filled[name] in told for name in texts if name in filled and name not in row.KEY
                )
