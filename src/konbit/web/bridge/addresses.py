"""Codes as parts of addresses. A code may hold `/`, which parts an address; `~` stands for it."""

from __future__ import annotations

from django.urls import register_converter

_SLASH, _INSTEAD = "/", "~"  # no code holds a tilde


def in_address(code: str) -> str:
    """A code as it stands in an address or in the name of a file."""
    return code.replace(_SLASH, _INSTEAD)


def from_address(text: str) -> str:
    """The code that a part of an address means."""
    return text.replace(_INSTEAD, _SLASH)


class CodeInAddress:
    """A code between two `/` of an address."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._~-]{0,63}"

    def to_python(self, value: str) -> str:
        """The code that an address means."""
        return from_address(value)

    def to_url(self, value: str) -> str:
        """How an address writes a code."""
        return in_address(value)


def register() -> None:
    """Let addresses be written with `<code:…>`."""
    register_converter(CodeInAddress, "code")
