"""Characters made plain, so that rules need not know every dash and space."""

from __future__ import annotations

import re

_PLAIN = str.maketrans(
    {
        "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ",
        "\u2010": "-", "\u2011": "-", "\u00ad": None, "\u200b": None, "\u200c": None,
        "\u200d": None, "\u2060": None, "\ufeff": None, "\ufb01": "fi", "\ufb02": "fl",
        "\x00": None, "\x0b": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n",
    }
)  # fmt: skip
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ENDS = re.compile(r"\r\n?")
MOST_CHARACTERS = 20_000_000


def plain(text: str) -> str:
    """The text with one kind of line end, space and hyphen, without invisible characters.

    Form feeds stay: they end a page. Words are not touched.
    """
    text = _ENDS.sub("\n", text[:MOST_CHARACTERS])
    return _CONTROLS.sub("", text.translate(_PLAIN))
