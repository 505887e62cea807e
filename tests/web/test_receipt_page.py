"""Anybody checks a receipt on a page, without an account, and is told what it proves."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from konbit.web.words import words_in
from receipts import LOG, STRANGER, a_receipt


def sent(content: bytes, keys: str = "", language: str = "en") -> tuple[int, str]:
    client = Client()
    client.cookies["konbit_language"] = language
    file = SimpleUploadedFile("receipt.json", content)
    page = client.post("/receipt", {"receipt": file, "keys": keys})
    return page.status_code, page.content.decode()


@pytest.mark.usefixtures("world")
def test_what_is_proven_and_what_is_not_is_said() -> None:
    assert Client().get("/receipt").status_code == 200
    status, page = sent(a_receipt(note="our contract 7").to_bytes())
    assert status == 200
    assert "Proven: record 3 is in the log fund.example/ledger/F" in page
    assert "our contract 7" in page
    assert "for only this file says so" in page
    assert words_in("en").say("receipt-not-this-page") in page
    _, with_key = sent(a_receipt().to_bytes(), f"{LOG.verifier}\n")
    assert words_in("en").say("receipt-key-yours") in with_key
    assert "for only this file says so" not in with_key


@pytest.mark.usefixtures("world")
def test_a_receipt_that_proves_nothing_is_refused_in_the_readers_language() -> None:
    good = a_receipt().to_bytes()
    changed = good.replace(b'"index":3', b'"index":2')
    assert changed != good
    for content, keys in ((changed, ""), (b"nonsense", ""), (good, f"{STRANGER.verifier}")):
        status, page = sent(content, keys, "fr")
        assert status == 422
        assert words_in("fr").say("cli-receipt-form")[-20:] in page
    status, page = sent(good, "no key")
    assert status == 422
    assert words_in("en").say("receipt-keys-wrong") in page
    assert Client().post("/receipt", {}).status_code == 422
