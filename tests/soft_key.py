"""A security key in software: it answers to what the record asks as a real one does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData, CollectedClientData

_ORIGIN = "http://localhost:8000"
_KEY: Any = ES256
_FLAG = AuthenticatorData.FLAG
_SEEN = _FLAG.UP | _FLAG.UV  # somebody was there, and it knows who


@dataclass
class SoftKey:
    """One key for one account."""

    handle: str = "1"
    number: bytes = b"0123456789abcdef"
    pair: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def added(self, challenge: str, site: str = "localhost", **told: Any) -> dict[str, Any]:
        """Its answer when it is added; `told` changes parts of its attestation."""
        attested = AttestedCredentialData.create(
            Aaguid.NONE, self.number, _KEY.from_cryptography_key(self.pair.public_key())
        )
        seen = AuthenticatorData.create(sha256(site.encode()), _SEEN | _FLAG.AT, 0, attested)
        parts = {"fmt": "none", "authData": bytes(seen), "attStmt": {}, **told}
        return self._answer(
            clientDataJSON=websafe_encode(self._client("webauthn.create", challenge)),
            attestationObject=websafe_encode(cbor.encode(parts)),
        )

    def asserted(self, challenge: str, site: str = "localhost") -> dict[str, Any]:
        """Its answer when it signs somebody in."""
        seen = bytes(AuthenticatorData.create(sha256(site.encode()), _SEEN, 0))
        client = self._client("webauthn.get", challenge)
        signature = self.pair.sign(seen + sha256(client), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=websafe_encode(client),
            authenticatorData=websafe_encode(seen),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(self.handle.encode()),
        )

    def _client(self, kind: str, challenge: str) -> bytes:
        return bytes(CollectedClientData.create(kind, challenge, _ORIGIN))

    def _answer(self, **response: str) -> dict[str, Any]:
        number = websafe_encode(self.number)
        return {
            "id": number,
            "rawId": number,
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": response,
        }


def sent(answer: object) -> str:
    """As a browser sends it."""
    return json.dumps(answer)
