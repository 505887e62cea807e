"""Mandates: from the text of a resolution to who must do what by when.

The room takes characters and gives values; it opens no files and knows no clock.
"""

from konbit.mandate.reading import read
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
    "Block",
    "BlockKind",
    "Body",
    "Ceiling",
    "Citation",
    "Deadline",
    "DeadlineKind",
    "Document",
    "Force",
    "Paragraph",
    "Proposal",
    "Recital",
    "Span",
    "Vote",
    "read",
]
