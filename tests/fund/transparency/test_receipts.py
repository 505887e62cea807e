"""Receipts: what they prove, and that nothing else passes for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konbit.fund.transparency import (
    Receipt,
    ReceiptError,
    canonical,
    is_withheld_value,
    verify_receipt,
    withhold,
)
from receipts import KEYS, LOG, STRANGER, a_receipt

SALT = bytes(range(16))


def document(receipt: Receipt) -> dict[str, Any]:
    return dict(json.loads(receipt.to_bytes()))


def refused(content: bytes, *trusted: Any) -> str:
    """The code with which a file is refused."""
    with pytest.raises(ReceiptError) as raised:
        verify_receipt(Receipt.from_bytes(content), trusted)
    return raised.value.code


def test_a_receipt_is_written_read_and_proven() -> None:
    receipt = a_receipt(index=3, size=11)
    read = Receipt.from_bytes(receipt.to_bytes())
    assert read == receipt
    proven = verify_receipt(read, [LOG.verifier])
    assert proven.record["sequence"] == proven.index == 3
    assert proven.opened.checkpoint.size == 11
    assert proven.is_key_trusted
    assert [seen.name for seen in verify_receipt(read, KEYS).opened.witnesses] == ["witness/w"]


def test_without_a_key_of_ones_own_the_receipt_says_only_what_it_says_itself() -> None:
    assert not verify_receipt(a_receipt()).is_key_trusted


def test_a_receipt_that_somebody_made_himself_fails_with_the_funds_key() -> None:
    """Everything in it agrees; only the key is another."""
    forged = a_receipt(signer=STRANGER)
    assert not verify_receipt(forged).is_key_trusted
    assert refused(forged.to_bytes(), LOG.verifier) == "receipt-key"


def test_line_ends_of_a_mail_program_do_not_matter() -> None:
    content = a_receipt().to_bytes()
    for sent in (content[:-1], content[:-1] + b"\r\n", b"\n" + content):
        assert verify_receipt(Receipt.from_bytes(sent)).index == 3


def test_each_lie_has_its_name() -> None:
    receipt = a_receipt()
    told = document(receipt)
    lies: dict[str, dict[str, Any]] = {
        "receipt-inclusion": {"record": {**told["record"], "body": {"amount_minor": 1}}},
        "receipt-signature": {"checkpoint": told["checkpoint"].replace("\n11\n", "\n12\n")},
        "receipt-form": {"format": "another"},
        "receipt-withheld": {"opened": {"note": {"salt": SALT.hex(), "value": "another"}}},
    }
    for code, lie in lies.items():
        assert refused(canonical({**told, **lie})) == code
    assert refused(canonical({**told, "index": 4})) == "receipt-inclusion"
    assert refused(canonical({**told, "path": told["path"][:-1]})) == "receipt-inclusion"
    assert refused(a_receipt(sequence=4).to_bytes()) == "receipt-record"
    assert refused(a_receipt(fund="G").to_bytes()) == "receipt-record", "it is another fund's"


def test_a_withheld_member_opens_for_whom_it_concerns() -> None:
    receipt = a_receipt(note="for the minister")
    assert verify_receipt(receipt).disclosed == {"note": "for the minister"}
    assert "for the minister" not in str(verify_receipt(receipt).record)


@given(st.data())
def test_no_byte_of_a_receipt_can_be_another(data: st.DataObject) -> None:
    receipt = a_receipt()
    content = receipt.to_bytes()
    at = data.draw(st.integers(0, len(content) - 2))
    put = data.draw(st.integers(33, 255).filter(lambda value: value != content[at]))
    changed = content[:at] + bytes([put]) + content[at + 1 :]
    try:
        proven = verify_receipt(Receipt.from_bytes(changed), KEYS)
    except ReceiptError:
        return
    # Only what the receipt says of keys, and of witnesses one does not know, may be another.
    assert proven.record == json.loads(receipt.record)
    assert proven.opened.checkpoint == verify_receipt(receipt, KEYS).opened.checkpoint


@given(st.recursive(st.none() | st.integers(-9, 9) | st.text(max_size=3), st.lists, max_leaves=5))
def test_files_that_are_no_receipts_are_refused(value: Any) -> None:
    told = document(a_receipt())
    for name in told.keys() - {"keys"}:
        if value != told[name]:
            with pytest.raises(ReceiptError):
                verify_receipt(Receipt.from_bytes(canonical({**told, name: value})), KEYS)


def test_a_commitment_opens_with_its_own_salt_and_value_only() -> None:
    committed = withhold({"name": "a person"}, SALT)
    assert committed.keys() == {"withheld"}
    assert is_withheld_value(committed, {"name": "a person"}, SALT)
    assert not is_withheld_value(committed, {"name": "another"}, SALT)
    assert not is_withheld_value(committed, {"name": "a person"}, SALT[::-1])
    assert not is_withheld_value({**committed, "more": 1}, {"name": "a person"}, SALT)
    assert not is_withheld_value({"withheld": None}, {"name": "a person"}, SALT)
    assert not is_withheld_value("text", {"name": "a person"}, SALT)
    with pytest.raises(ValueError, match="salt"):
        withhold("a", SALT[:-1])
