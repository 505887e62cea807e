"""Short names that a document explains, as "the Stabilization Mission (XYZ)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EXPLAINED = re.compile(
    r"(?:Mission|Force|Operation|Office|Committee|Commission|Group|Authority|Agency|Programme|Fund|"
    r"Tribunal|Organization|Panel|Team)\b(?:\s+(?:in|of|for|on|to)\b[^().;,\n]{1,60})?\s*\(\s?[\"\u201c]?"
    r"(?P<short>[A-Z][A-Z-]{2,12})[\"\u201d]?\s?\)"
)


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Short names that a document explains: "the Stabilization Mission (XYZ)"."""

    missions: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Acronyms:
        """Gather the short names of missions, forces, committees and offices in a document."""
        return cls(frozenset(match["short"] for match in _EXPLAINED.finditer(text)))
