"""Numbers that bound people, kit or money, with what they count and where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from konbit.mandate.ceiling_bounds import FURTHER, bound_of, own_bound, tells_what
from konbit.mandate.ceiling_counts import printed_count, where_it_begins
from konbit.mandate.ceiling_forms import AFTER_SIGNS, EXTRA_SIGNS, FORMS, RANGED_SIGNS, SIGNS
from konbit.mandate.ceiling_given import given_bound, is_given, may_give
from konbit.mandate.ceiling_kinds import currency_of, kind_of, side_of
from konbit.mandate.ceiling_subjects import SIGNS as SUBJECT_SIGNS
from konbit.mandate.ceiling_sums import SIGNS as SUM_SIGNS
from konbit.mandate.ceiling_sums import with_sums
from konbit.mandate.ceiling_units import counted_before
from konbit.mandate.values import Ceiling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from konbit.mandate.ceiling_forms import Forms
    from konbit.mandate.flow import Flow

_TIME = re.compile(
    r"days?\b|weeks?\b|months?\b|years?\b|hours?\b|jours?\b|mois\b|ans?\b|années?\b|semaines?\b|heures?\b|d[íi]as?\b|meses\b|mes\b|años?\b|semanas?\b|horas?\b|per\b|times?\b|"
    r"jan|f[ée]v|feb|mar(?:s|ch|zo)\b|a[pvb]r|mai\b|may|ju[in]|jul|ao[ûu]t|aug|ago|sep|oct|nov|d[ée]c|dic|ene|paragraph|percent|cent\b|alin|párraf|"
    r"(?:further|additional|working|calendar|consecutive)\s+(?:day|week|month|year|hour)", re.IGNORECASE
)  # fmt: skip
_YEARS = range(1_900, 2_101)
_MOST_AGAIN = 8
_ARTICLES = frozenset({"un", "une", "uno", "una"})
_SHARE = re.compile(r"\s*(?:%|per\s?cent|pour\s+cent|por\s+ciento)")
# "In addition to the amount of 608,225,100 dollars already appropriated".
_ALREADY = re.compile(
    r"\b(?:already|déjà|ya)\s+(?:app|auth|approv|consign|prorrate|ouvert|réparti|mis)\w*", re.I
)
_AND = re.compile(r",?\s+(?:(?:and|or|but|nor|et|ou|y|o)\s+|(?=ni\s))", re.I)
_AND_ONLY = re.compile(r",?\s+(?:(?:and|or|nor|et|y|o)\s+)?", re.I)
_EACH = re.compile(r"\s+(?:each|apiece|chacune?|cada\s+un[oa])\b", re.I)
# How a number that is counted within the one before it is led to.
_PART = re.compile(
    r",?\s+(?:including|(?:organi[sz]ed|divided)\s+in|réparti|dont|y\s+compris|incluid[oa]s)", re.I
)
_MADE_OF = re.compile(
    r"(?:\s+each)?,?\s+\(?(?:consist|compris|compos|made\s+up|of\s+wh|namely|that\s+is|being|constitu|form|integrad|compuest|soit|à\s+savoir|a\s+saber|de\s+l[oa]s\s+(?:cuales|que))|\s*\((?!(?:military|police|civilian|uniformed)\b)|\s+(?:of|de)\s",
    re.I,
)
_OF_WHOM = re.compile(r",?\s+(?:of\s+wh|dont|de\s+l[oa]s\s+(?:cuales|que))", re.I)
_OF_THEM = re.compile(
    r"\s+(?:of\s+(?:whom|them|which)|d'entre\s+(?:eux|elles)|de\s+ell[oa]s)\b", re.I
)
_AS_WELL = re.compile(r",?\s+(?:as\s+well\s+as|ainsi\s+que|as[íi]\s+como|plus)\b", re.I)
_APART = re.compile(r",\s+(?:and|et|y)\b", re.I)
_WHOLE = re.compile(r"\btotal|\boverall|\bglobal", re.I)
_SIDES_REACH = 70  # characters before a number in which its component may be named


def ceilings_in(
    flow: Flow, text: str, place: tuple[int, int], language: str, *, disposes: bool = True
) -> tuple[Ceiling, ...]:
    """Numbers with a bound and a unit: "up to 10,000 military personnel and 350 police".

    Args:
        flow: the running text.
        text: the same characters with straight apostrophes.
        place: where the stretch begins and ends.
        language: `en`, `fr` or `es`.
        disposes: whether the act decides, authorizes or asks; only then is a number that is given
            without a bound ("to send 300 police") told.
    """
    small = text[place[0] : place[1]].casefold()
    gives = disposes and may_give(small, language)
    if not gives:
        for sign in (*SIGNS[language], *(SUM_SIGNS if disposes else ())):
            if sign in small:
                break
        else:
            return ()
    found = tuple(_Finder(flow, text, place, language, gives=gives).found())
    if disposes:
        return with_sums(found, flow, text, place)
    # A number that is only told of bounds nothing.
    return tuple(one for one in found if one.bound != "level")


class _Finder:
    """Finds the numbers of one stretch, from left to right."""

    def __init__(
        self, flow: Flow, text: str, place: tuple[int, int], language: str, *, gives: bool
    ) -> None:
        self._flow, self._text, self._language = flow, text, language
        self._start, self._end = place
        self._last: tuple[Ceiling, int] | None = None  # the number before, and where it ends
        self._forms: Forms = FORMS[language]
        forms = self._forms
        # Each form and its next match, so that no stretch is searched twice in vain.
        small = text[place[0] : place[1]].casefold()
        self._ahead = [(forms.bound, forms.bound.search(text, *place))]
        for form, signs in (
            (forms.ranged, RANGED_SIGNS), (forms.after, AFTER_SIGNS), (forms.extra, EXTRA_SIGNS),
        ):  # fmt: skip
            if any(sign in small for sign in signs):
                self._ahead.append((form, form.search(text, *place)))
        if gives:
            first = forms.opening.match(text, *place) or forms.given.search(text, *place)
            self._ahead.append((forms.given, first))
            if any(sign in small for sign in SUBJECT_SIGNS[language]):
                self._ahead.append((forms.subject, forms.subject.search(text, *place)))

    def found(self) -> Iterator[Ceiling]:
        """The numbers in order; those that go on from one share its bound."""
        at = said = self._start
        while (match := self._next(at)) is not None:
            made = list(self._made(match, said))
            if not made:
                bounds_first = "b" in match.groupdict() and match.end("b") <= match.start("n")
                at = max(match.start() + 1, match.end("b") if bounds_first else 0)
                continue
            yield from made
            at = said = match.end()
            self._last = made[-1], at
            changes = made[-1].bound in {"more", "fewer"}
            then = self._forms.then.match(self._text, at, self._end) if changes else None
            told = ("level", "bound-and-number", 80)
            if then and (comes := self._ceiling(then, told, same=made[-1])):
                yield comes
                at = said = then.end()
                continue
            for further, end in self._going_on(made[-1], at):
                yield further
                at = said = end

    def _next(self, at: int) -> re.Match[str] | None:
        """The nearest number with a bound before, after or on both sides of it."""
        for place, (form, match) in enumerate(self._ahead):
            if match is not None and match.start() < at:
                self._ahead[place] = (form, form.search(self._text, at, self._end))
        found = [match for _, match in self._ahead if match is not None]
        return min(found, key=lambda match: match.start(), default=None)

    def _made(self, match: re.Match[str], at: int) -> Iterator[Ceiling]:
        """The number, or the two of a range, with what bounds them."""
        if "low" in match.groupdict():
            most = self._ceiling(match, ("at-most", "number-between", 80))
            least = self._ceiling(match, ("at-least", "number-between", 80), low=True)
            if most is not None and least is not None and most.kind != "other":
                yield least
                yield most
            return
        if match.groupdict().get("given"):
            yield from self._given(match)
            return
        if match.groupdict().get("done"):
            yield from self._done(match)
            return
        composed = match.groupdict().get("composed") is not None
        behind = (
            None if composed else self._forms.after.match(self._text, match.start("n"), self._end)
        )
        if behind is not None and bound_of(behind["b"], "", "", composed=False) == "at-least":
            match = behind
        if composed and (
            behind := self._forms.after.match(self._text, match.start("n"), self._end)
        ):
            match, composed = behind, False
        bound = self._bound(match, at)
        told = (bound, "composed-of", 70) if composed else (bound, "bound-and-number", 85)
        pair = self._last is not None and _AND_ONLY.fullmatch(
            self._text, self._last[1], match.start()
        )
        made = self._ceiling(match, told, same=self._last[0] if pair and self._last else None)
        if made is None or (
            composed and made.kind in {"other", "people", "money"} and "personnel" not in made.unit
        ):
            return
        if made.kind == "other" and not tells_what(made.bound, match["b"]):
            return
        yield made

    def _given(self, match: re.Match[str]) -> Iterator[Ceiling]:
        """A number without a bound, which is to be given, kept or withdrawn."""
        if behind := self._forms.after.match(self._text, match.start("n"), self._end):
            bound = bound_of(behind["b"], "", f"{behind['b']} {behind['u']}", composed=False)
            made = self._ceiling(behind, (bound, "bound-and-number", 85))
        else:
            more = FURTHER.search(match["u"]) is not None
            bound = "more" if more else given_bound(match["b"])
            made = self._ceiling(match, (bound, "given-number", 70))
        if made is not None and is_given(made.unit, made.kind, match["b"].casefold()):
            yield made

    def _done(self, match: re.Match[str]) -> Iterator[Ceiling]:
        """A number of those with whom something is to be done."""
        bound = given_bound(match["done"])
        made = self._ceiling(match, (bound, "given-number", 70))
        if made is not None and is_given(made.unit, made.kind, ""):
            yield made

    def _bound(self, match: re.Match[str], at: int) -> str:
        """How a number bounds, by the words before it, its bound and what is counted."""
        before = self._text[max(at, match.start() - 110) : match.start("n")]
        parts = match.groupdict()
        composed = parts.get("composed") is not None
        told = "" if composed else match["b"]
        further = f"{told} {match['u']} {'further' if parts.get('more') else ''}"
        return bound_of(match["b"], before, further, composed=composed)

    def _going_on(self, first: Ceiling, at: int) -> Iterator[tuple[Ceiling, int]]:
        """The numbers that go on from a number, and where each ends."""
        inside, running = False, first.bound
        for _ in range(_MOST_AGAIN):
            again = self._forms.again.match(self._text, at, self._end)
            if again is None:
                return
            opens = _PART.match(again[0]) is not None and not again["past"]
            own = own_bound(again["own"]) if again["own"] else "level" if opens else running
            own = "more" if FURTHER.search(again["u"]) else own
            running = own
            inside = (
                opens
                or _MADE_OF.match(again[0]) is not None
                or (
                    inside
                    and not (_AS_WELL.match(again[0]) or (again["own"] and _APART.match(again[0])))
                )
            )
            of_them = _OF_WHOM.match(again[0]) or _OF_THEM.match(self._text, again.end("n"))
            inside = inside or of_them is not None
            told = (own, "bound-goes-on", 75)
            further = self._ceiling(
                again,
                told,
                is_part=inside,
                same=first if of_them or again.groupdict().get("body") else None,
            )
            if further is None or further.kind == "other":
                return
            at = again.end()
            yield further, at

    def _ceiling(
        self,
        match: re.Match[str],
        told: tuple[str, str, int],
        *,
        low: bool = False,
        is_part: bool = False,
        same: Ceiling | None = None,
    ) -> Ceiling | None:
        """What a match tells; none where it is a time, a share, a year or counts nothing."""
        bound, rule, sure = told
        unit = " ".join(match["u"].split()) or counted_before(match) or self._counted_after(match)
        if bound == "more":
            unit = re.sub(r"^(?:additional|further|extra|more)\s+", "", unit)
        money = (match["m"] or "").strip()
        count = (
            printed_count(match["low"], "") if low else printed_count(match["n"], match["s"] or "")
        )
        if not unit and not money and same is not None and same.kind != "money":
            unit, kind = same.unit, same.kind  # "of whom 900", "36 of them"
        else:
            kind = self._kind(match, f"{money} {unit}".strip())
        if count is None or _TIME.match(unit) or (kind != "money" and match["s"] and not unit):
            return None
        own = match["n"].casefold()
        years = count in _YEARS and kind == "other"
        if not unit and not money and (bound == "level" or years or not own[:1].isdigit()):
            return None
        if (not own[:1].isdigit() and (kind == "other" or own in _ARTICLES)) or (
            years and bound == "level"
        ):
            return None
        if _SHARE.match(match.string, match.end()) or _ALREADY.search(
            match.string[match.start("n") : match.end("u") + 24]
        ):
            return None
        currency = currency_of(f"{money} {unit}") if kind == "money" else ""
        at = self._flow.at(where_it_begins(match), match.end("u"))
        each = _EACH.match(match.string, match.end("u")) is not None
        return Ceiling(count, unit or money, bound, rule, sure, at, kind, currency, is_part or each)

    def _counted_after(self, match: re.Match[str]) -> str:
        """What is counted, where it stands after what a change comes to: "by 500 to 900 troops"."""
        then = self._forms.then.match(self._text, match.end(), self._end)
        joint = _AND.match(self._text, match.end(), self._end)
        if then is None and joint is not None:
            then = self._forms.bound.match(self._text, joint.end(), self._end)
        return " ".join(then["u"].split()) if then is not None and not match["m"] else ""

    def _kind(self, match: re.Match[str], words: str) -> str:
        """The kind of what is counted; where it is only people, that of the component named before."""
        kind = kind_of(words, self._language)
        if kind != "people":
            return kind
        earliest = max(self._start, match.start() - _SIDES_REACH)
        before = re.split(r"[;:.\d]", self._text[earliest : match.start()])[-1]
        before += self._text[match.start() : match.start("n")]
        return kind if _WHOLE.search(before) else side_of(before) or kind
