"""Office files that do more than be read."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.files import samples
from tests.files.reading.inspecting import MEGABYTE, bomb, refusal
from tests.files.samples import relations, word_with


def overlapping() -> bytes:
    """Two members of the directory that point to the same packed bytes (D. Fifield, 2019)."""
    content = BytesIO(word_with({"word/media/a.bin": bytes(range(256)) * 2000}))
    with zipfile.ZipFile(content, "a") as made:
        again = made.getinfo("word/media/a.bin")
        for number in range(50):
            copy = zipfile.ZipInfo(f"word/media/{number}.bin")
            for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(copy, field, getattr(again, field))
            made.filelist.append(copy)
        made._didModify = True
    return content.getvalue()


def locked_office() -> bytes:
    """The flag that says that members are encrypted, set by hand on each."""
    content = bytearray(word_with())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + place] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


DDE = "<w:document><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText></w:document>"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bomb(60 * MEGABYTE), "unpacks to far more than its size"),
        (overlapping(), "unpacks to far more than its size"),
        (
            samples.archive(
                {f"word/{number}.xml": "" for number in range(4000)}
                | {"word/document.xml": samples.BODY}
            ),
            "unpacks to far more",
        ),
        (word_with({"word/theme.xml": ENTITIES}), "unpacks to far more"),
        (word_with({"word/theme.xml": ENTITIES.encode("utf-16")}), "unpacks to far more"),
        (
            word_with(
                {
                    "word/embeddings/a.docx": word_with(
                        {"word/embeddings/b.docx": word_with()},
                    )
                }
            ),
            "has an archive inside",
        ),
        (word_with({"word/media/a.png": samples.archive({"a": b"a"})}), "has an archive inside"),
        (word_with({"word/vbaProject.bin": b"macro"}), "holds macros. Save it as .docx, .xlsx"),
        (word_with(kind=samples.MACRO_WORD), "holds macros"),
        (word_with({"xl/macrosheets/sheet1.xml": "<a/>"}), "holds macros"),
        (word_with({"word/activeX/activeX1.xml": "<a/>"}), "has a program or another document"),
        (
            word_with({"word/embeddings/a.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
            "has a program or another document",
        ),
        (word_with({"word/header1.xml": DDE}), "has a program or another document"),
        (
            word_with(
                {
                    "word/_rels/settings.xml.rels": relations(
                        "attachedTemplate", "https://evil.example/a.dotm"
                    )
                }
            ),
            "loads a picture, a template or another file from elsewhere",
        ),
        (locked_office(), "locked with a password"),
        (samples.word()[:-200], "content of this file is not what its name says"),
        (
            samples.word()
            .replace(b"PK\x03\x04", b"PK\x03\x05", 4)
            .replace(b"PK\x03\x05", b"PK\x03\x04", 1),
            "is damaged and cannot be read",
        ),
    ],
    ids=[
        "bomb",
        "overlapping bomb",
        "many members",
        "entities",
        "entities in UTF-16",
        "nested twice",
        "archive as a picture",
        "macros",
        "macro type",
        "macro sheet",
        "ActiveX",
        "OLE object",
        "DDE",
        "template from elsewhere",
        "locked",
        "cut off",
        "damaged",
    ],
)
def test_an_office_file_that_does_more_than_be_read_is_refused(content, sentence):
    assert sentence in refusal("plan.docx", content)


def test_macros_and_locks_of_opendocument_are_found():
    assert "macros" in refusal("a.odt", samples.open_document(members={"Basic/a.xml": "<a/>"}))
    manifest = "<manifest:encryption-data/>"
    locked = samples.open_document(members={"META-INF/manifest.xml": manifest})
    assert "locked with a password" in refusal("a.odt", locked)
