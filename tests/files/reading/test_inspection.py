"""Files as they really are: PDFs and pictures, and what an honest file may bring along."""

from __future__ import annotations

import hashlib

import pikepdf
import pytest
from PIL import ImageFile

from files.actions.refusals import TooLarge
from files.reading.found import FileFault, Found
from files.wording.sentences import sentence
from tests.files import samples
from tests.files.reading.inspecting import MEGABYTE, inspect, refusal
from tests.files.samples import relations, word_with


def locked_pdf(**passwords):
    return samples.pdf(encryption=pikepdf.Encryption(**passwords))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", samples.pdf(), "application/pdf"),
        ("a.PDF", samples.pdf(pages=3), "application/pdf"),
        ("a.pdf", samples.pdf(samples.with_title_about_scripts), "application/pdf"),
        ("a.pdf", locked_pdf(owner="secret", user=""), "application/pdf"),
        ("a.png", samples.picture("PNG"), "image/png"),
        ("a.jpg", samples.picture("JPEG"), "image/jpeg"),
        ("a.jpeg", samples.picture("JPEG"), "image/jpeg"),
        ("a.webp", samples.picture("WEBP"), "image/webp"),
        (
            "a.docx",
            samples.word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            samples.workbook(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.odt", samples.open_document(), "application/vnd.oasis.opendocument.text"),
        (
            "a.ods",
            samples.open_document("spreadsheet"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
    ],
)
def test_an_honest_file_is_taken_with_its_type_and_fingerprint(name, content, content_type):
    inspected = inspect(name, content)
    assert inspected.content_type == content_type
    assert inspected.size == len(content)
    assert inspected.sha256 == hashlib.sha256(content).hexdigest()


def test_a_chart_may_bring_its_workbook_along():
    document = word_with({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": samples.workbook()})
    assert inspect("a.docx", document).name == "a.docx"


def test_links_that_a_reader_follows_by_hand_are_no_harm():
    links = relations("hyperlink", "https://example.org")
    assert inspect("a.docx", word_with({"word/_rels/document.xml.rels": links}))


def test_a_large_workbook_of_numbers_is_no_bomb():
    assert inspect("a.xlsx", samples.workbook(rows=20_000)).size > 100_000


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (samples.pdf(samples.with_script), "holds a script (JavaScript). Print it to PDF"),
        (
            samples.pdf(
                samples.with_hidden_script,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            ),
            "holds a script",
        ),
        (
            samples.pdf(samples.with_script).replace(b"/JavaScript", b"/J#61vaScript"),
            "holds a script",
        ),
        (samples.pdf(samples.with_launch), "would start a program when it is opened"),
        (samples.pdf(samples.with_attachment), "has other files inside"),
        (samples.pdf(samples.with_film), "film, sound or something else that acts by itself"),
        (samples.pdf(samples.with_xfa), "works in one program only (XFA). Fill it in, print it"),
        (locked_pdf(user="secret", owner="secret"), "locked with a password"),
        (samples.pdf(pages=2)[:-300], "The end of the PDF is missing"),
        (b"%PDF-1.7\n" + b"nothing" * 99 + b"\n%%EOF\n", "is damaged and cannot be read"),
        (samples.pdf(pages=0), "is damaged and cannot be read"),
    ],
    ids=[
        "script",
        "script in a packed object",
        "script under another spelling",
        "launch",
        "files inside",
        "film",
        "xfa",
        "locked",
        "cut off",
        "garbage",
        "no page",
    ],
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(content, sentence):
    assert sentence in refusal("plan.pdf", content)


def with_padding(megabytes):
    """An object that a reader must unpack to read the file; it packs to a thousandth."""

    def change(made):
        padding = pikepdf.String("a" * megabytes * MEGABYTE)
        made.Root.Padding = made.make_indirect(pikepdf.Dictionary(A=padding))

    return change


def test_a_pdf_bomb_is_given_up_before_it_is_unpacked():
    packed = pikepdf.ObjectStreamMode.generate
    content = samples.pdf(with_padding(5), object_stream_mode=packed)
    assert len(content) < 20_000
    assert inspect("plan.pdf", content)
    bomb = samples.pdf(with_padding(110), object_stream_mode=packed)
    assert len(bomb) < 200_000
    assert refusal("bomb.pdf", bomb)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.exe", b"MZ\x90\x00" + b"\0" * 60, "not a file of an accepted type: PDF, picture"),
        ("a.pdf", b"MZ\x90\x00" + b"\0" * 60, "content of this file is not what its name says"),
        ("a.docx", samples.archive({"a.txt": b"a"}), "is not what its name says"),
        ("a.png", samples.pdf(), "is a PDF, but its name ends otherwise. Rename it to “….pdf”"),
        ("a.pdf", samples.word(), "is a Word document, but its name ends otherwise"),
        ("a.docm", word_with(kind=samples.MACRO_WORD), "document with macros. Save it as .docx"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "old Office file (.doc, .xls)",
        ),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "or one with a password"),
        ("a.png", samples.picture()[:60], "picture is damaged"),
        ("a.jpg", samples.picture("JPEG", (600, 600))[:-900], "picture is damaged"),
        ("a.png", samples.wide_png(15_000, 9_000), "15000 × 9000 pixels"),
        ("a\u202efdp.exe", b"MZ\x90\x00" + b"\0" * 60, "not a file of an accepted type"),
    ],
)
def test_a_refused_file_hears_what_to_do(name, content, sentence):
    assert sentence in refusal(name, content)


@pytest.mark.parametrize("finding", FileFault)
def test_every_finding_has_a_sentence_that_says_what_to_do(finding):
    said = sentence(Found(finding))
    assert said.endswith((".", ".)"))
    assert "%" not in said


@pytest.mark.parametrize(
    ("name", "content", "right"),
    [
        ("photo.jpg", samples.picture("PNG"), "photo.png"),
        ("photo.png", samples.picture("JPEG"), "photo.jpg"),
        ("صورة.jpeg", samples.picture("WEBP"), "صورة.webp"),
        ("photo.jfif", samples.picture("JPEG"), "photo.jfif"),
    ],
)
def test_a_picture_gets_the_ending_of_what_it_is(name, content, right):
    assert inspect(name, content).name == right


def test_a_file_too_large_hears_both_sizes():
    with pytest.raises(TooLarge) as refused:
        inspect("a.pdf", samples.pdf(), max_size=100)
    assert "at most 100" in str(refused.value)


def test_a_cut_photograph_is_found_where_others_let_pillow_take_it(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    cut = samples.picture("JPEG", (600, 600))[:-900]
    assert "picture is damaged" in refusal("a.jpg", cut)
