"""What a resolution says, as values: documents, paragraphs, operative acts and their slots.

Whatever was found by rule is a `Proposal`. A slot on which the text is silent is `None`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from datetime import date

T = TypeVar("T")


class Force(StrEnum):
    """What an operative verb does to the one it names (strongest first)."""

    BINDING = "binding"
    AUTHORITY = "authority"
    TASK = "task"
    APPEAL = "appeal"
    SOFT = "soft"
    STATEMENT = "statement"


class Body(StrEnum):
    """Bodies whose forms are known."""

    SECURITY_COUNCIL = "security-council"
    GENERAL_ASSEMBLY = "general-assembly"
    HUMAN_RIGHTS_COUNCIL = "human-rights-council"
    ECONOMIC_AND_SOCIAL_COUNCIL = "economic-and-social-council"
    OAS_GENERAL_ASSEMBLY = "oas-general-assembly"
    OAS_PERMANENT_COUNCIL = "oas-permanent-council"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a stretch of the source is."""

    COVER = "cover"
    ORGAN = "organ"
    HEADING = "heading"
    RECITAL = "recital"
    PARAGRAPH = "paragraph"
    CONTINUATION = "continuation"
    CLOSING = "closing"
    FOOTNOTE = "footnote"
    ANNEX = "annex"
    FURNITURE = "furniture"


class DeadlineKind(StrEnum):
    """How a time limit is told."""

    UNTIL = "until"  # a day on which something ends
    BY = "by"  # the last day on which something is to be done
    FROM = "from"  # a day from which something holds
    WITHIN = "within"  # a counted period in which something is to be done
    DURATION = "duration"  # a counted period for which something lasts
    RECURRING = "recurring"  # a rhythm
    MEETING = "meeting"  # a session of a body


class Span(NamedTuple):
    """Characters of `Document.text` from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """A value found by a rule.

    Attributes:
        value: what is proposed.
        rule: name of the rule, such as `verb-first`; `konbit.mandate.rules` tells each.
        confidence_percent: how sure, 0 to 100. The rule's measured or judged share of hits.
        at: where the words stand in `Document.text`; none for values from elsewhere.
    """

    value: T
    rule: str
    confidence_percent: int
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """How a text was adopted. A count that is not printed is `None`, "none" is zero.

    Attributes:
        manner: `unanimous`, `counted`, `consensus` or `without-vote`.
    """

    manner: str
    for_count: int | None = None
    against_count: int | None = None
    abstain_count: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit, effective day, duration or rhythm tied to an act.

    Attributes:
        phrase, kind: as printed, with its preposition; how it is told.
        on: the day, where the phrase and the adoption date give one; for a rhythm its first day.
        every_months, every_days: the rhythm; both `None` when it is not counted.
        counted_from: `printed`, `adoption`, `mandate` where it is counted from the end of a mandate
            that the text sets, `event` where it is counted from something else, or empty.
        in_condition: whether it stands in the act's condition ("unless it complies by 15 May"), and
            so is no day by which the addressee is to do what the act says.
    """

    phrase: str
    kind: DeadlineKind
    rule: str
    confidence_percent: int
    at: Span
    on: date | None = None
    every_months: int | None = None
    every_days: int | None = None
    counted_from: str = ""
    in_condition: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A resolution or another text that is cited.

    Attributes:
        number: as written, `841 (1993)`, `58/82`, `1514 (XV)`, `S/2031/218`.
        symbol: the symbol it resolves to, empty when the body is not told.
        paragraphs: paragraphs of it that are named (`7`, `8`), as printed.
        kind: `resolution`, `decision`, `statement`, `document` (report, letter) or `article`.
    """

    number: str
    symbol: str
    paragraphs: tuple[str, ...]
    rule: str
    confidence_percent: int
    at: Span
    kind: str = "resolution"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A number that bounds people, kit or money.

    Attributes:
        count: the number, in `unit`; money in whole units of its currency.
        unit: what is counted, as printed ("military personnel").
        bound: `at-most`, `at-least`, `level`, or of a change `more` or `fewer` by that number.
        kind: `uniformed` (soldiers or police), `military`, `police`, `civilian`, `people`, `units`
            (battalions, formed police units), `kit`, `money` or `other`.
        currency: of money, its ISO 4217 code where the text tells it; else empty.
        is_part: whether it is counted within the number before it, or for each of what that counts.
    """

    count: int
    unit: str
    bound: str
    rule: str
    confidence_percent: int
    at: Span
    kind: str = "other"
    currency: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One operative act of a paragraph: who is told to do what, how hard, by when.

    Attributes:
        verb: third person, lower case, in the document's language, without modifiers ("decides").
            `None` for a sub-paragraph that inherits the verb of its parent.
        english: the verb's English counterpart in the lexicon, equal to `verb` in English texts.
        modifiers: further, strongly, "in this regard", as printed.
        force: follows verb and addressee. `None` where the verb is inherited.
        tier: 5 binding to 1 statement, as the lexicon ranks verbs; 0 where the verb is inherited.
        addressee: who is addressed or must act.
        action: what follows, as printed.
        condition: "if ...", "subject to ...", as printed.
        meant: the full name that the text itself has for a short addressee ("the Force"), or whom a
            pronoun stands for; none where the text has none, or more than one.
        events: what the act waits for or lasts until without a day, as printed.
    """

    verb: Proposal[str] | None
    english: str
    modifiers: tuple[str, ...]
    force: Proposal[Force] | None
    tier: int
    addressee: Proposal[str] | None
    action: str
    condition: Proposal[str] | None
    deadlines: tuple[Deadline, ...]
    ceilings: tuple[Ceiling, ...]
    at: Span
    meant: Proposal[str] | None = None
    events: tuple[Proposal[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recital:
    """A paragraph of the preamble.

    Attributes:
        code: its permanent name in the text, such as `pp3` or `A.pp3`.
        stem: its opening words ("Recalling", "Deeply concerned"), empty if it has none of its own.
    """

    code: str
    section: str
    stem: str
    text: str
    citations: tuple[Citation, ...]
    at: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An operative paragraph or one of its lettered or roman sub-paragraphs.

    Attributes:
        code: its permanent name in the text, such as `op4.a.ii` or `A.op4`.
        section: printed heading letter or numeral, empty if there is none.
        number: as meant, scanning faults repaired: `11`; `u1`, `u2` where none is printed.
        sub: empty, `a`, `i`, `a.i`.
        marker: as printed ("ll.").
        text: its words without the marker, lines joined; flush text after sub-paragraphs included.
        acts: operative acts in order; the first is the paragraph's own verb. Never empty.
        parent: code of the paragraph it hangs on, empty for a numbered paragraph.
        rule, confidence_percent: why a paragraph is held to begin here.
    """

    code: str
    section: str
    number: str
    sub: str
    marker: str
    text: str
    acts: tuple[Act, ...]
    citations: tuple[Citation, ...]
    parent: str
    rule: str
    confidence_percent: int
    at: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the source in one role. Together the blocks hold every word of the source.

    Attributes:
        kind: its role.
        code: code of the recital, paragraph or annex paragraph that it belongs to, else empty.
        text: its words as printed with the marker, lines joined.
        section: for headings, the letter or numeral; else empty.
        marker: the printed marker with which the text begins, if it begins with one.
    """

    kind: BlockKind
    code: str
    text: str
    at: Span
    section: str = ""
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A resolution, decision or draft, read.

    Attributes:
        text: the source with characters made plain (`characters.plain`); all spans refer to it.
        name: name under which it was given, a file name as a rule.
        language: `en`, `fr` or `es`.
        is_draft: whether it calls itself a draft.
    """

    text: str
    name: str
    language: Proposal[str]
    body: Proposal[Body] | None
    symbol: Proposal[str] | None
    adopted_on: Proposal[date] | None
    vote: Proposal[Vote] | None
    is_draft: bool
    recitals: tuple[Recital, ...]
    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]
