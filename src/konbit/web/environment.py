"""Settings that come from the environment, each read once and named in one place."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_YES = frozenset({"1", "yes", "true", "on"})
_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Environment:
    """What the person who runs the record decides.

    Attributes:
        data: folder of what must outlive a restart: the embedded database, the secret key.
        address: where users find it, for instance `https://record.example.org`.
        database_url: of PostgreSQL, as the role that serves; empty for the embedded one.
        owner_url: of the same database, as the role that owns the tables: migrations only.
        pool_most: connections kept open by a process at the most.
        mail_url: how mail is sent, for instance `smtp://user:password@host:587`; empty: to the log.
        mail_from: sender of mail.
        oidc_name: what single sign-on is called on the button; empty for none.
        oidc_server: address of the OpenID Connect provider.
        oidc_sign_in: address of its page of signing in, where that is on another host.
        oidc_client: our name there.
        oidc_secret: our secret there.
        trusts_proxy: whether `X-Forwarded-Proto` comes from our own proxy.
    """

    data: Path
    address: str
    database_url: str
    owner_url: str
    pool_most: int
    mail_url: str
    mail_from: str
    oidc_name: str
    oidc_server: str
    oidc_sign_in: str
    oidc_client: str
    oidc_secret: str
    trusts_proxy: bool

    @property
    def host(self) -> str:
        """Host of the address."""
        return urlsplit(self.address).hostname or "localhost"

    @property
    def is_local(self) -> bool:
        """Whether only this machine is served: then, and only then, without encryption."""
        return self.host in _LOCAL and self.address.startswith("http://")

    @property
    def sign_on_origins(self) -> list[str]:
        """Where the button of single sign-on may lead: scheme, host and port, no path.

        A path would not do: that of the page of signing in is none of the provider's address.
        """
        places = [urlsplit(place) for place in (self.oidc_server, self.oidc_sign_in) if place]
        return sorted({f"{place.scheme}://{place.netloc}" for place in places})


def environment() -> Environment:
    """What the environment says, with what holds when it says nothing."""
    told = os.environ.get
    return Environment(
        data=Path(told("KONBIT_DATA", "build/record")).resolve(),
        address=told("KONBIT_ADDRESS", "http://localhost:8000").rstrip("/"),
        database_url=told("DATABASE_URL", ""),
        owner_url=told("DATABASE_OWNER_URL", ""),
        pool_most=int(told("KONBIT_POOL_MOST", "8")),
        mail_url=told("KONBIT_MAIL_URL", ""),
        mail_from=told("KONBIT_MAIL_FROM", "konbit@localhost"),
        oidc_name=told("KONBIT_OIDC_NAME", ""),
        oidc_server=told("KONBIT_OIDC_SERVER", ""),
        oidc_sign_in=told("KONBIT_OIDC_SIGN_IN", ""),
        oidc_client=told("KONBIT_OIDC_CLIENT", ""),
        oidc_secret=told("KONBIT_OIDC_SECRET", ""),
        trusts_proxy=told("KONBIT_TRUSTS_PROXY", "").casefold() in _YES,
    )


def secret_key(data: Path) -> str:
    """The key that signs sessions: from the environment, or one made once and kept in the data."""
    given = os.environ.get("KONBIT_SECRET_KEY", "")
    return given or _kept_secret(data / "secret-key", secrets.token_urlsafe(48))


def ledger_seed(data: Path) -> bytes:
    """The 32 bytes from which the keys of ledgers are made: from the environment, or kept.

    Raises:
        ValueError: they are not 64 hexadecimal digits.
    """
    given = os.environ.get("KONBIT_LEDGER_KEY", "")
    seed = bytes.fromhex(given or _kept_secret(data / "ledger-key", secrets.token_hex(32)))
    if len(seed) != _SEED_BYTES:
        raise ValueError("KONBIT_LEDGER_KEY is 64 hexadecimal digits")
    return seed


def _kept_secret(file: Path, new_secret: str) -> str:
    """A secret in a file that only we may read; made the first time it is asked for."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(new_secret)
        except FileExistsError:
            pass  # another process of ours was quicker
    return file.read_text(encoding="utf-8").strip()
