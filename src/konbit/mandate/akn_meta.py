"""The `meta` of an Akoma Ntoso document: what identifies it, and the proposals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from konbit.mandate.values import Body

if TYPE_CHECKING:
    from datetime import date

    from konbit.mandate.values import Act, Document, Paragraph

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:konbit:mandate:1"
UNKNOWN_DAY = "0001-01-01"  # the schema wants a day; this one, named "unknown", stands for none
_LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa"}
_ORGANS = {
    Body.SECURITY_COUNCIL: ("sc", "Security Council"),
    Body.GENERAL_ASSEMBLY: ("ga", "General Assembly"),
    Body.HUMAN_RIGHTS_COUNCIL: ("hrc", "Human Rights Council"),
    Body.ECONOMIC_AND_SOCIAL_COUNCIL: ("ecosoc", "Economic and Social Council"),
    Body.OAS_GENERAL_ASSEMBLY: ("oasga", "General Assembly of the OAS"),
    Body.OAS_PERMANENT_COUNCIL: ("oaspc", "Permanent Council of the OAS"),
    Body.OTHER: ("body", "Another body"),
}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def q(name: str) -> str:
    """A name in the name space of Akoma Ntoso."""
    return f"{{{AKN}}}{name}"


def sub(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """A new child with attributes."""
    return etree.SubElement(parent, q(tag), {key: clean(v) for key, v in attributes.items()})


def clean(text: str) -> str:
    """Characters without those that XML forbids."""
    return _FORBIDDEN.sub("", text)


class Meta:
    """Writes what identifies a document, and the proposals."""

    def __init__(self, document: Document) -> None:
        self._document = document
        body = document.body.value if document.body else Body.OTHER
        self._organ, self._organ_name = _ORGANS[body]

    def write(self, parent: etree._Element, component: str = "main") -> None:
        """Write the `meta` of a statement or of an annex."""
        before = "" if component == "main" else "att_1__"  # an eId stands once in a statement
        meta = sub(parent, "meta")
        identification = sub(meta, "identification", source=f"#{before}konbit")
        work = self._work_uri()
        language = _LANGUAGES[self._document.language.value]
        for level, uri in (
            ("FRBRWork", work), ("FRBRExpression", f"{work}/{language}@"),
            ("FRBRManifestation", f"{work}/{language}@.akn"),
        ):  # fmt: skip
            self._level(sub(identification, level), level, uri, component, before)
        self._references(meta, before)
        if component == "main":
            self._proposals(meta)

    def _work_uri(self) -> str:
        document = self._document
        day = document.adopted_on.value.isoformat() if document.adopted_on else "unknown"
        symbol = document.symbol.value if document.symbol else document.name or "unnamed"
        kind = "draft" if document.is_draft else "resolution"
        return f"/akn/un/statement/{kind}/{self._organ}/{day}/{re.sub(r'[^A-Za-z0-9]+', '-', symbol).strip('-') or 'unnamed'}"

    def _level(
        self, level: etree._Element, name: str, uri: str, component: str, before: str
    ) -> None:
        sub(level, "FRBRthis", value=f"{uri}/!{component}")
        sub(level, "FRBRuri", value=uri)
        if name == "FRBRWork" and self._document.symbol:
            sub(level, "FRBRalias", value=self._document.symbol.value, name="symbol")
        self._day(level, self._document.adopted_on.value if self._document.adopted_on else None)
        sub(level, "FRBRauthor", href=f"#{before}{self._organ}")
        if name == "FRBRWork":
            sub(level, "FRBRcountry", value="un")
        elif name == "FRBRExpression":
            sub(level, "FRBRlanguage", language=_LANGUAGES[self._document.language.value])
        else:
            sub(level, "FRBRformat", value="application/akn+xml")

    def _day(self, level: etree._Element, day: date | None) -> None:
        sub(
            level, "FRBRdate", date=day.isoformat() if day else UNKNOWN_DAY,
            name="adoption" if day else "unknown",
        )  # fmt: skip

    def _references(self, meta: etree._Element, before: str) -> None:
        references = sub(meta, "references", source=f"#{before}konbit")
        sub(
            references, "TLCOrganization", eId=f"{before}{self._organ}", showAs=self._organ_name,
            href=f"/akn/ontology/organization/un/{self._organ}",
        )  # fmt: skip
        sub(
            references, "TLCOrganization", eId=f"{before}konbit", showAs="Konbit",
            href="/akn/ontology/organization/konbit",
        )  # fmt: skip

    def _proposals(self, meta: etree._Element) -> None:
        holder = sub(meta, "proprietary", source="#konbit")
        document = self._document
        head = _own(
            holder, "document", name=document.name, draft="yes" if document.is_draft else "no"
        )
        head.set("body", document.body.value.value if document.body else "")
        if document.vote:
            vote = document.vote.value
            counts = {
                "for": vote.for_count,
                "against": vote.against_count,
                "abstain": vote.abstain_count,
            }
            told = {name: str(count) for name, count in counts.items() if count is not None}
            _own(holder, "vote", manner=vote.manner, **told)
        for paragraph in document.paragraphs:
            self._acts(holder, paragraph)

    def _acts(self, holder: etree._Element, paragraph: Paragraph) -> None:
        for number, act in enumerate(paragraph.acts, 1):
            if act.verb is None and not (act.addressee or act.deadlines or act.ceilings):
                continue
            made = _own(holder, "act", paragraph=paragraph.code, number=str(number))
            self._slots(made, act)

    def _slots(self, made: etree._Element, act: Act) -> None:
        for name, proposal in (("verb", act.verb), ("force", act.force), ("addressee", act.addressee),
                               ("condition", act.condition)):  # fmt: skip
            if proposal is not None:
                slot = _own(made, name, rule=proposal.rule, sure=str(proposal.confidence_percent))
                slot.text = clean(str(proposal.value))
        for limit in act.deadlines:
            told = {"on": limit.on.isoformat()} if limit.on else {}
            told |= {
                name: str(count)
                for name, count in (("months", limit.every_months), ("days", limit.every_days))
                if count
            }
            told |= {"from": limit.counted_from} if limit.counted_from else {}
            slot = _own(made, "deadline", kind=limit.kind.value, rule=limit.rule,
                        sure=str(limit.confidence_percent), **told)  # fmt: skip
            slot.text = clean(limit.phrase)
        for ceiling in act.ceilings:
            told = {"currency": ceiling.currency} if ceiling.currency else {}
            told |= {"part": "true"} if ceiling.is_part else {}
            _own(made, "ceiling", count=str(ceiling.count), unit=ceiling.unit, bound=ceiling.bound,
                 kind=ceiling.kind, rule=ceiling.rule, sure=str(ceiling.confidence_percent), **told)  # fmt: skip


def _own(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    cleaned = {key: clean(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{OURS}}}{tag}", cleaned)
