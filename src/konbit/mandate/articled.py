"""Decisions in articles, as the Council of the European Union has them, and their numbered reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.framing import Framing
from konbit.mandate.gathering import Draft, Region
from konbit.mandate.markers import Level, number_marker
from konbit.mandate.values import BlockKind

if TYPE_CHECKING:
    from konbit.mandate.flow import Line

_ADOPTS = re.compile(
    r"\W*(?:has|have)\s+adopted\s+this\s+(?:decision|regulation|act|joint\s+action|common\s+position|directive)\s*:?\s*"
    r"|\W*an?\s+(?:adopt[ée]|arr[êe]t[ée])\s+(?:la\s+pr[ée]sente|le\s+pr[ée]sent)\s+(?:d[ée]cision|r[èe]glement|action\s+commune|position\s+commune|directive)\s*:?\s*"
    r"|\W*a\s+(?:adopt[ée]|arr[êe]t[ée])\s+(?:la\s+pr[ée]sente|le\s+pr[ée]sent)\s+(?:d[ée]cision|r[èe]glement|action\s+commune|position\s+commune|directive)\s*:?\s*"
    r"|\W*han?\s+adoptado\s+(?:la\s+presente\s+(?:decisi[óo]n|acci[óo]n\s+com[úu]n|posici[óo]n\s+com[úu]n|directiva)|el\s+presente\s+reglamento)\s*:?\s*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:Article|ARTICLE|Art[íi]culo|ART[ÍI]CULO)\s+(?P<n>\d{1,3}|premier|PREMIER|1er|primero)"
    r"(?P<again>\s?(?:bis|ter|quater)|[a-z])?\s*\.?"
)
_WHEREAS = re.compile(
    r"\W*(?:whereas|consid[ée]rant\s+ce\s+qui\s+suit|considerando\s+lo\s+siguiente)\s*:?\s*", re.I
)
_SEEN = re.compile(r"vue?s?\s+(?:la\b|le\b|les\b|l['\u2019])|vist[oa]s?\s+(?:el|la|los|las)\b")
_REASON = re.compile(r"\((?P<n>\d{1,3})\)\s+(?=\S)")
_FIRST = frozenset({"premier", "1er", "primero"})


class Articled(Framing):
    """Opens the articles of a decision, their numbered paragraphs and the reasons before them."""

    def _opens_article(self, line: Line) -> bool:
        if self._region is Region.PREAMBLE and _ADOPTS.fullmatch(line.text):
            self._enter(Region.OPERATIVE)
            self._articled = True
            self._numbered = self._current = -1
            self._put(BlockKind.HEADING, line, new=True)
            return True
        if self._region is Region.PREAMBLE:
            return self._opens_reason(line)
        if self._region is not Region.OPERATIVE:
            return False
        if not self._articled and not self._first_article(line):
            return False
        return self._begins_article(line) or self._begins_part(line)

    def _first_article(self, line: Line) -> bool:
        """Whether "Decides" alone is followed by Article 1, as in decisions of ECOWAS."""
        found = _ARTICLE.fullmatch(line.text) if line.text[:1] in "aA" else None
        if found is None or found["n"].casefold() not in {"1", *_FIRST}:
            return False
        if any(draft.kind is BlockKind.PARAGRAPH for draft in self.drafts):
            return False
        self._articled = True
        return True

    def _begins_article(self, line: Line) -> bool:
        found = _ARTICLE.fullmatch(line.text)
        if found is None:
            return False
        printed = found["n"].casefold()
        again = (found["again"] or "").strip()
        number = "1" if printed in _FIRST else printed
        number += again if len(again) == 1 else f" {again}" if again else ""
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "article", 97,
                  number, marker=line.text),
            line.part(len(line.text)),
        )  # fmt: skip
        self._numbered = self._current
        return True

    def _begins_part(self, line: Line) -> bool:
        """A numbered paragraph of an article: "2. The Member State concerned shall ..."."""
        marker = number_marker(line.text)
        if marker is None or self._numbered < 0 or marker.printed.startswith("("):
            return False
        own = self.drafts[self._current]
        parted = own.levels[0].place if own.levels and own.parent == self._numbered else 0
        if int(marker.label) != parted + 1 or not self._at_start(line):
            return False
        self._begin(
            Draft(BlockKind.PARAGRAPH, self._section, "article-part", 95,
                  levels=(Level("digit", parted + 1),), parent=self._numbered,
                  marker=marker.printed),
            line.part(marker.length),
        )  # fmt: skip
        return True

    def _opens_reason(self, line: Line) -> bool:
        if line.after_blank and _SEEN.match(line.text):
            self._begin(Draft(BlockKind.RECITAL, self._section, "stem", 90, head="vu"), line)
            return True
        if _WHEREAS.fullmatch(line.text):
            self._whereas = True
            self._current = -1
            self._put(BlockKind.HEADING, line, new=True)
            return True
        found = _REASON.match(line.text) if self._whereas and line.after_blank else None
        if found is None:
            return False
        self._begin(Draft(BlockKind.RECITAL, self._section, "numbered-reason", 95), line)
        return True
