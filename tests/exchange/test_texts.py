"""Characters of texts, pages, PDF and Word; damaged and hostile files are refused with a reason."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile
from pathlib import Path

import docx
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from konbit.exchange import Form, UnreadableTextError, text_of
from konbit.mandate import read

COUNCIL = (Path(__file__).parents[1] / "mandate" / "samples" / "council_numbered.txt").read_text(
    "utf-8"
)


def codes(characters: str) -> list[str]:
    return [paragraph.code for paragraph in read(characters).paragraphs]


def test_text_is_read_in_the_encodings_that_people_send() -> None:
    for data in (
        "\ufeffÉtats".encode(),
        "États".encode("cp1252"),
        "États".encode("utf-16"),
    ):
        assert text_of(data).characters.strip("\ufeff") == "États"


def test_a_page_gives_blocks_and_the_numbers_of_lists_and_no_script() -> None:
    page = b"""<!doctype html><html><head><script>var a = "1. Decides";</script></head>
    <body><nav>Home</nav><p>The Security Council,</p><p>Recalling its
    resolution 9901&nbsp;(2031),</p><ol><li>Decides to meet;</li><li>Requests the Secretary-General:
    <ol type="a"><li>To report;</li><li>To write;</li></ol></li></ol></body></html>"""
    text = text_of(page)
    assert text.form is Form.HTML
    assert "Home" not in text.characters
    assert "var a" not in text.characters
    assert codes(text.characters) == ["op1", "op2", "op2.a", "op2.b"]


def test_a_word_document_gives_the_numbers_that_word_draws() -> None:
    document = docx.Document()
    for words in ("The Security Council,", "Recalling its resolution 9901 (2031),"):
        document.add_paragraph(words)
    document.add_paragraph("Decides to meet;", style="List Number")
    document.add_paragraph("Requests the Secretary-General to report.", style="List Number")
    data = io.BytesIO()
    document.save(data)
    text = text_of(data.getvalue())
    assert text.form is Form.WORD
    assert codes(text.characters) == ["op1", "op2"]


def test_the_text_layer_of_a_pdf_is_read_with_its_paragraphs() -> None:
    blocks = [" ".join(block.split()) for block in COUNCIL.split("\n\n")]
    source = "\n\n".join(f'#text("{block}")' for block in blocks)
    text = text_of(typst.compile(source.encode()))
    assert text.form is Form.PDF
    assert codes(text.characters) == codes(COUNCIL)


def test_a_locked_or_empty_or_damaged_file_says_why() -> None:
    picture = typst.compile(b"#rect(width: 10pt)")
    for data, code in ((picture, "text-without-layer"), (b"%PDF-1.7 nothing", "text-damaged"),
                       (b"PK\x03\x04 nothing", "text-damaged")):  # fmt: skip
        with pytest.raises(UnreadableTextError) as refused:
            text_of(data)
        assert refused.value.code == code


def test_a_word_document_that_lies_about_a_size_is_unpacked_no_further() -> None:
    data = io.BytesIO()
    docx.Document().save(data)
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/zeros.xml", b"0" * 40_000_000)
    lying = bytearray(data.getvalue())
    place = lying.rindex(b"PK\x01\x02")
    lying[place + 24 : place + 28] = (100).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(UnreadableTextError) as refused:
        text_of(bytes(lying))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "text-damaged"
    assert peak < 20_000_000


def test_an_archive_that_would_unpack_to_too_much_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 101_000_000)
    with pytest.raises(UnreadableTextError) as refused:
        text_of(data.getvalue())
    assert refused.value.code == "text-too-large"


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body>"])
)
def test_any_bytes_give_characters_or_a_reason(data: bytes, start: bytes) -> None:
    with contextlib.suppress(UnreadableTextError):
        assert isinstance(text_of(start + data).characters, str)
