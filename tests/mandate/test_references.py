"""What a text cites besides resolutions; the sentences are made up."""

from __future__ import annotations

import pytest

from konbit.mandate import read
from konbit.mandate.as_json import as_json

HEAD = "The Security Council,\n\nNoting the report,\n\n1. "
CASES = [
    ("Recalls the report of the Secretary-General (S/2031/218) and its addendum S/2031/218/Add.1;",
     [("document", "S/2031/218"), ("document", "S/2031/218/Add.1")]),
    ("Recalls the statement of its President (S/PRST/2031/7);", [("statement", "S/PRST/2031/7")]),
    ("Notes the documents A/85/682, A/HRC/88/70, E/CN.4/1996/120 and S/PV.9104;",
     [("document", "A/85/682"), ("document", "A/HRC/88/70"), ("document", "E/CN.4/1996/120"),
      ("document", "S/PV.9104")]),
    ("Recalls the communiqués PSC/PR/COMM.(DCCLXXVIII) and PSC/PR/COMM.1225 (2031) of the Council;",
     [("decision", "PSC/PR/COMM.(DCCLXXVIII)"), ("decision", "PSC/PR/COMM.1225 (2031)")]),
    ("Notes decision Assembly/AU/Dec.145(VIII) and the report PSC/PR/2(LXIX);",
     [("decision", "Assembly/AU/Dec.145(VIII)"), ("document", "PSC/PR/2(LXIX)")]),
    ("Notes Council Decision (CFSP) 2031/1574 and Joint Action 2007/677/CFSP;",
     [("decision", "(CFSP) 2031/1574"), ("decision", "2007/677/CFSP")]),
    ("Recalls Articles 41 and 42 of the Charter of the United Nations;",
     [("article", "Articles 41 and 42 of the Charter of the United Nations")]),
    ("Recalls decision 85/551 and resolution 85/12 of the General Assembly;",
     [("decision", "85/551"), ("resolution", "85/12")]),
    ("Recalls resolution 9901 (2031), paragraph 4, and resolution AG/RES. 2700 (XLII-O/12);",
     [("resolution", "9901 (2031)"), ("resolution", "AG/RES. 2700 (XLII-O/12)")]),
    ("Decides to meet on 12/5 and to share 3/4 of the costs;", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_each_text_that_is_cited_is_told_with_its_kind(
    words: str, expected: list[tuple[str, str]]
) -> None:
    (paragraph,) = read(HEAD + words).paragraphs
    assert [(one.kind, one.number) for one in paragraph.citations] == expected


def test_french_and_spanish_articles() -> None:
    french = read(
        "Le Conseil de sécurité,\n\nNotant le rapport,\n\n"
        "1. Rappelle l\u2019Article 41 de la Charte des Nations Unies ;\n"
    )
    spanish = read(
        "El Consejo de Seguridad,\n\nObservando el informe,\n\n"
        "1. Recuerda el Artículo 41 de la Carta de las Naciones Unidas;\n"
    )
    assert [text.paragraphs[0].citations[0].number for text in (french, spanish)] == [
        "Article 41 de la Charte des Nations Unies",
        "Artículo 41 de la Carta de las Naciones Unidas",
    ]


def test_each_place_quotes_what_is_cited_and_a_list_of_resolutions_holds_nothing_else() -> None:
    document = read(HEAD + "Recalls resolution 9901 (2031) and the report S/2031/218;")
    cited = document.paragraphs[0].citations
    assert [document.text[one.at.start : one.at.end] for one in cited] == [
        one.number for one in cited
    ]
    assert as_json(document)["paragraphs"][0]["cites"] == ["9901 (2031)"]
