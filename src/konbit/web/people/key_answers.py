"""What a browser sends for a passkey or security key, looked at before the library reads it.

Anybody may send anything here, some of it before they signed in. The library reads JSON, base64
and CBOR without saying what becomes of odd ones; a number where bytes should stand makes it ask for
as much memory. So shapes are checked first, by [WebAuthn's own definition](https://www.w3.org/TR/
webauthn-3/#dictdef-authenticationresponsejson), and only what it defines goes on.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestationObject,
    AuthenticationResponse,
    AuthenticatorData,
    RegistrationResponse,
)
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter
from pydantic import ValidationError as ShapeError

from konbit.web.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable

# A long chain of certificates takes some 10 kB. CBOR is read in time that grows with the square.
LARGEST_ANSWER_CHARACTERS = 32_000
# What reading strange bytes ends in: the library names none of it, and turns some into ValueError.
_ODD = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    struct.error,
    InternalError,
    UnsupportedAlgorithm,
)

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _PropertiesOfKey(_Shape):
    rk: bool | None = None


class _Extensions(_Shape):
    credProps: _PropertiesOfKey | None = None  # noqa: N815 - as the browser spells it


class _Registered(_Shape):
    clientDataJSON: Base64  # noqa: N815
    attestationObject: Base64  # noqa: N815


class _Asserted(_Shape):
    clientDataJSON: Base64  # noqa: N815
    authenticatorData: Base64  # noqa: N815
    signature: Base64
    userHandle: Base64 | None = None  # noqa: N815


class _Answer(_Shape):
    id: Base64
    rawId: Base64  # noqa: N815
    type: Literal["public-key"]
    clientExtensionResults: _Extensions = _Extensions()  # noqa: N815


class _NewKey(_Answer):
    response: _Registered


class _KnownKey(_Answer):
    response: _Asserted


class _ClientData(_Shape):
    type: str
    challenge: Base64
    origin: str


class _Attestation(_Shape):
    fmt: str
    authData: bytes  # noqa: N815
    attStmt: dict[Any, Any]  # noqa: N815


_ATTESTATION = TypeAdapter(_Attestation)


def refused() -> ValidationError:
    """That a key's answer does not do, in the reader's language."""
    words = words_in(get_language() or "en")
    return ValidationError(words.say("sign-in-incorrect-key"), code="incorrect_key")


def new_key(text: str) -> dict[str, Any]:
    """The answer of a key that is added: as it is kept, with nothing else in it.

    Raises:
        ValidationError: it is none, or its key could never sign anybody in.
    """
    return _read(text, _new_key)


def known_key(text: str) -> dict[str, Any]:
    """The answer of a key that signs somebody in.

    Raises:
        ValidationError: it is none.
    """
    return _read(text, _known_key)


class NewKeyField(forms.CharField):
    """The answer of a key that is added, as the browser wrote it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """What the library expects of it."""
        return new_key(super().clean(value))


class KnownKeyField(forms.CharField):
    """The answer of a key that signs in, as the browser wrote it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        """What the library expects of it."""
        return known_key(super().clean(value))


def _read(text: str, read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    if len(text) > LARGEST_ANSWER_CHARACTERS:
        raise refused()
    try:
        return read(text)
    except ShapeError:
        raise refused() from None
    except _ODD:
        raise refused() from None


def _new_key(text: str) -> dict[str, Any]:
    answer = _NewKey.model_validate_json(text)
    _ClientData.model_validate_json(websafe_decode(answer.response.clientDataJSON))
    whole = websafe_decode(answer.response.attestationObject)
    _ATTESTATION.validate_python(cbor.decode(whole))
    kept = answer.model_dump(exclude_none=True)
    read = RegistrationResponse.from_dict(kept)
    _see_that_it_can_verify(read.response.attestation_object)
    return kept


def _known_key(text: str) -> dict[str, Any]:
    answer = _KnownKey.model_validate_json(text)
    _ClientData.model_validate_json(websafe_decode(answer.response.clientDataJSON))
    AuthenticatorData(websafe_decode(answer.response.authenticatorData))
    kept = answer.model_dump(exclude_none=True)
    AuthenticationResponse.from_dict(kept)
    return kept


def _see_that_it_can_verify(attested: AttestationObject) -> None:
    """See that there is a key, of a kind that we ask for, and that it can turn something down."""
    added = attested.auth_data.credential_data
    if added is None or added.public_key.ALGORITHM not in CoseKey.supported_algorithms():
        raise ValueError("no key that we know")
    try:
        added.public_key.verify(b"", b"")
    except InvalidSignature:
        return
    raise ValueError("a key that takes anything")
