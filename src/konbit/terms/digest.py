"""SHA-256 over canonical JSON: the name of a dossier or plan that nobody can change unseen."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys, no spaces, plain UTF-8: one text for one value."""
    return _ENCODER.encode(value)


def digest_of(value: Any) -> str:
    """Hexadecimal SHA-256 of the canonical JSON of a value made of lists, dicts, strings, ints."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
