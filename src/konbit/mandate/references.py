"""What else a text cites besides resolutions: statements, documents, decisions, articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.values import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.flow import Flow

_ADDED = r"(?:/(?:Add|Corr|Rev|Amend)\.\s?\d{1,2}){0,2}"
_LIST = r"\d{1,3}[a-z]?(?:\s?\(\d{1,2}\))?(?:(?:,\s*|,?\s+(?:and|or|to|et|ou|à|y|o|a)\s+)\d{1,3}(?:\s?\(\d{1,2}\))?){0,6}"
_TREATY = (
    r"(?-i:Charter|Covenant|Statute|Convention|Protocol|Treaty|Agreement|Constitutive\s+Act|Rules\s+of\s+Procedure|"
    r"Charte|Pacte|Statut|Trait[ée]|Protocole|Accord|Acte\s+constitutif|Carta|Pacto|Estatuto|Convenci[óo]n|Convenio|Tratado|Protocolo|Acta\s+Constitutiva)"
)
_OF = (
    r"(?:of|de|du|del)\s+(?:(?:the|its|their|la|l'|el|sa|su|this|that)\s*)?(?:[A-Z][\w-]+\s+){0,3}"
)
# Kind, what is printed, and whether its symbol is what is printed.
_FORMS = (
    ("statement", re.compile(r"(?<![\w/.])(?:S|A/HRC)/PRST/[\w-]{1,6}/\d{1,3}(?![\w/])")),
    ("decision", re.compile(r"(?<![\w/.])PSC/(?:PR|AHG|HSG|MIN|EXT)/(?:COMM|Comm|PS|BR)\.?\s?(?:\d{1,4}(?:\.\d{1,2})?)?(?:\s?\([\dIVXLCDM]{1,14}\))?(?![\w/])")),
    ("decision", re.compile(r"(?<![\w/.])(?:Assembly/AU|EX\.CL|Ext/Assembly/AU)/(?:Dec|Decl)\.\s?\d{1,4}\s?\([IVXLCDM]{1,9}\)")),
    ("decision", re.compile(r"(?<![\w/.])A/(?:DEC|SA|P|REG)\.?\s?\d{1,2}/\d{1,2}/\d{2,4}(?![\w/])")),
    ("decision", re.compile(r"(?<!\w)\((?:CFSP|PESC|PESD|EU|UE)\)\s+(?:(?:No\.?|n[°ºo]\.?)\s+)?\d{2,4}/\d{1,4}(?![\w/])")),
    ("decision", re.compile(r"(?<![\w/.])(?:19|20)\d\d/\d{1,4}/(?:CFSP|PESC|ESDP|PESD|EU|UE|EC|CE)\b")),
    ("document", re.compile(r"(?<![\w/.])PSC/PR/\d{1,4}\s?\([IVXLCDM\d]{1,14}\)")),
    ("document", re.compile(r"(?<![\w/.])(?:CP|AG|CE|MRE|RC)/(?:doc|INF|SA|ACTA|CSH)\.?\s?\d[\d/]{0,12}(?:\s?rev\.\s?\d{1,2})?")),
    ("document", re.compile(rf"(?<![\w/.])(?:S|A|E)/(?!RES|PRST|DEC|SA\.|P\.|REG)(?:(?:[A-Z][A-Za-z]{{0,5}}(?:\.\d{{1,3}})?|ES-\d{{1,2}}|S-\d{{1,2}})/){{0,2}}(?:PV\.|L\.|SR\.|NGO/|WP\.)?\d{{1,5}}(?:/\d{{1,5}}){{0,2}}{_ADDED}(?![\w/])")),
    ("article", re.compile(rf"(?<!\w)(?:Articles?|art[íi]culos?|Chapters?|chapitres?|cap[íi]tulos?)\s+(?:{_LIST}|[IVX]{{1,5}}(?:(?:,|\s+(?:and|or|et|ou|y|o))\s+[IVX]{{1,5}}){{0,2}})\s+{_OF}{_TREATY}(?:\s+(?:of|des|de\s+las|de\s+los)\s+(?:the\s+)?(?:United\s+Nations|Nations\s+Unies|Naciones\s+Unidas|OAS|African\s+Union))?", re.I)),
)  # fmt: skip
_SIGNS = re.compile(
    r"\d/|/\d|/PRST|/Comm|/COMM|/PR/|/AU/|CFSP|PESC|\bEU\)|\bUE\)|rticle|rt[íi]culo|hapter|hapitre|ap[íi]tulo"
)
_RULES = {
    "statement": ("cited-statement", 97), "decision": ("cited-decision", 93),
    "document": ("cited-document", 95), "article": ("cited-article", 90),
}  # fmt: skip


def references_in(flow: Flow, start: int = 0) -> tuple[Citation, ...]:
    """What running text cites besides resolutions, each once, in the order in which they stand."""
    text = flow.text
    if not (
        "/" in text
        or "rt" in text
        or "ap" in text
        or "U" in text
        or "CFSP" in text
        or "PESC" in text
    ):
        return ()  # passed over without a search, as most short paragraphs are
    if _SIGNS.search(text) is None:
        return ()
    seen: dict[str, Citation] = {}
    for at, end, kind in sorted(_found(text.replace("\u2019", "'"), start)):
        number = " ".join(text[at:end].split())
        symbol = "" if kind == "article" else number
        rule, sure = _RULES[kind]
        found = Citation(number, symbol, (), rule, sure, flow.at(at, end), kind)
        seen.setdefault(number, found)
    return tuple(seen.values())


def _found(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    taken = start
    places = sorted(
        (match.start(), -match.end(), kind)
        for kind, form in _FORMS
        for match in form.finditer(text, start)
    )
    for at, end, kind in places:
        if at >= taken:
            taken = -end
            yield at, -end, kind
