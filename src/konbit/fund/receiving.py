"""A receipt as somebody sends it: what it proves, of a record that can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from konbit.fund.shapes import is_postings
from konbit.fund.transparency import Receipt, ReceiptError, verify_receipt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from konbit.fund.transparency import Proven, VerifierKey


def proven_by(content: bytes, trusted: Iterable[VerifierKey] = ()) -> Proven:
    """Read a receipt and check everything that it says.

    Whoever holds the key of a log signs what they like, so what is proven may be no record: it is
    refused like a file that is no receipt.

    Args:
        content: of the file.
        trusted: keys that the reader has from elsewhere. Where there are any, only they count.

    Raises:
        ReceiptError: something of it is not so.
    """
    proven = verify_receipt(Receipt.from_bytes(content), trusted)
    body = proven.record.get("body")
    if type(proven.record.get("kind")) is not str or not _is_body(body):
        raise ReceiptError("receipt-form")
    return proven


def _is_body(body: Any) -> bool:
    return type(body) is dict and ("postings" not in body or is_postings(body["postings"]))
