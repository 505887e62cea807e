"""A dossier frozen: its canonical text, packed, and read back only if it is what its name says."""

from __future__ import annotations

import json
import zlib

from konbit.dossier import BY_NAME, Dossier, texts_of
from konbit.dossier.registry import TABLES
from konbit.terms.digest import canonical_json
from konbit.web.tables.edits import row_from_texts


class RevisionBrokenError(Exception):
    """The content of a revision is not what its name says: somebody changed it in the database."""


def pack(dossier: Dossier) -> bytes:
    """The canonical text of a dossier, whose SHA-256 is the dossier's digest, packed."""
    document = {
        table.TABLE: [texts_of(row) for row in dossier.rows(table)]
        for table in TABLES
        if dossier.rows(table)
    }
    return zlib.compress(canonical_json(document).encode(), 6)


def unpack(content: bytes, digest: str) -> Dossier:
    """The dossier that was packed.

    Raises:
        RevisionBrokenError: it has another digest.
    """
    document = json.loads(zlib.decompress(content))
    dossier = Dossier.of(
        row_from_texts(BY_NAME[name], texts) for name, rows in document.items() for texts in rows
    )
    if dossier.digest != digest:
        raise RevisionBrokenError(digest)
    return dossier
