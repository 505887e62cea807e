"""Members that the public may not read, but that nobody can change afterwards."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Final

from konbit.fund.transparency.canonical import canonical

# A guess at a short value must not be worth trying.
SALT_BYTES: Final = 16


def withhold(value: Any, salt: bytes) -> dict[str, str]:
    """What stands in the record in place of a value: SHA-256 of salt and canonical JSON.

    Args:
        value: what canonical JSON can hold.
        salt: at least 16 bytes that nobody can guess, used for this value only.

    Raises:
        ValueError: the salt is too short.
    """
    if len(salt) < SALT_BYTES:
        raise ValueError(f"a salt has at least {SALT_BYTES} bytes")
    return {"withheld": hashlib.sha256(salt + canonical(value)).hexdigest()}


def is_withheld_value(member: Any, value: Any, salt: bytes) -> bool:
    """Whether this is the value, with this salt, to which a member is committed."""
    if type(member) is not dict or member.keys() != {"withheld"} or len(salt) < SALT_BYTES:
        return False
    stated = member["withheld"]
    return type(stated) is str and hmac.compare_digest(stated, withhold(value, salt)["withheld"])
