"""English words of a role in the finding of verbs."""

from __future__ import annotations

NOT_A_NOUN = frozenset(
    [
        "of",
        "that",
        "for",
        "to",
        "in",
        "by",
        "with",
        "at",
        "on",
        "from",
        "and",
        "or",
        "the",
        "a",
        "an",
        "this",
        "these",
        "any",
        "all",
        "which",
        "who",
        "as",
    ]
)
LEADS = frozenset(
    [
        "records",
        "expresses",
        "declares",
        "confirms",
        "reiterates",
        "reaffirms",
        "renews",
        "restates",
        "reconfirms",
        "repeats",
        "affirms",
        "conveys",
        "extends",
        "states",
        "reasserts",
        "maintains",
    ]
)
# Verbs that are plural nouns too: what follows a verb never is one of these words.
NOUNS_TOO = frozenset(
    [
        "requests",
        "demands",
        "calls",
        "appeals",
        "notes",
        "supports",
        "stresses",
        "commands",
        "orders",
        "approaches",
        "backs",
        "records",
        "offers",
        "thanks",
        "views",
        "values",
        "regards",
        "concerns",
        "hopes",
        "promises",
        "pledges",
        "charges",
        "tasks",
        "mandates",
        "limits",
        "permits",
        "grants",
        "directs",
        "shares",
        "claims",
        "regrets",
        "desires",
        "wishes",
    ]
)
