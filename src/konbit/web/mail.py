"""How mail is sent, from one address such as `smtp+tls://user:password@host:587`.

`file:///folder` writes each message into a folder instead, where nothing is to be sent.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

_TLS_PORT = 587


def mail_settings(url: str) -> dict[str, object]:
    """Django's settings of mail for an address: `smtp`, `smtp+tls`, `smtp+ssl` or `file`.

    Raises:
        ValueError: it is none of these.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": unquote(parts.path),
        }
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise ValueError(f"{parts.scheme!r} is not smtp, smtp+tls, smtp+ssl or file")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or _TLS_PORT,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 10,
    }
