"""Mandates: from the text of a resolution to who must do what by when.

The room takes characters and gives values; it opens no files and knows no clock.
"""

from konbit.mandate.akn import as_akn
from konbit.mandate.as_json import as_json
from konbit.mandate.coded import is_coded, read_coded, written
from konbit.mandate.comparing import Change, Difference, Pair, Run, compare
from konbit.mandate.deeds import deed_of, stays_seized
from konbit.mandate.expiries import end_of_mandate
from konbit.mandate.from_akn import NotAkomaNtosoError, from_akn, is_akn
from konbit.mandate.reading import read
from konbit.mandate.secondary import read_article
from konbit.mandate.told import AnsweredRequest, Article, ToldAct
from konbit.mandate.values import (
    Act,
    Block,
    BlockKind,
    Body,
    Ceiling,
    Citation,
    Deadline,
    DeadlineKind,
    Document,
    Force,
    Paragraph,
    Proposal,
    Recital,
    Span,
    Vote,
)

__all__ = [
    "Act",
    "AnsweredRequest",
    "Article",
    "Block",
    "BlockKind",
    "Body",
    "Ceiling",
    "Change",
    "Citation",
    "Deadline",
    "DeadlineKind",
    "Difference",
    "Document",
    "Force",
    "NotAkomaNtosoError",
    "Pair",
    "Paragraph",
    "Proposal",
    "Recital",
    "Run",
    "Span",
    "ToldAct",
    "Vote",
    "as_akn",
    "as_json",
    "compare",
    "deed_of",
    "end_of_mandate",
    "from_akn",
    "is_akn",
    "is_coded",
    "read",
    "read_article",
    "read_coded",
    "stays_seized",
    "written",
]
