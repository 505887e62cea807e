"""What is kept of the secrets that links and tokens carry."""

from __future__ import annotations

import hashlib


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()
