"""Office files that fetch or start something, in every part and spelling; and those that do not."""

from __future__ import annotations

import gzip
import time
from io import BytesIO

import pytest

from files.reading.found import FileFault, Found
from files.reading.inspecting import inspect
from tests.files import samples
from tests.files.samples import archive, open_document, relations, word_with

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
UNC = "file:///\\\\203.0.113.9\\share\\a"
RELATIONS_OF_BODY = "word/_rels/document.xml.rels"
EMF = b"\x01\x00\x00\x00" + b"\0" * 36 + b" EMF" + b"\0" * 100
WMF = b"\xd7\xcd\xc6\x9a" + b"\0" * 60


def finding(content: bytes) -> str:
    """What is found in it; its media type's last word where nothing is."""
    try:
        told = inspect(BytesIO(content)).facts["media_type"]
    except Found as found:
        return found.finding
    return str(told).rpartition(".")[2]


def runs(*pieces: str, prefix: str = "w") -> str:
    """A field whose instruction lies in runs."""
    p = prefix
    texts = "".join(f"<{p}:r><{p}:instrText>{piece}</{p}:instrText></{p}:r>" for piece in pieces)
    return (
        f'<{p}:p><{p}:r><{p}:fldChar {p}:fldCharType="begin"/></{p}:r>{texts}'
        f'<{p}:r><{p}:fldChar {p}:fldCharType="end"/></{p}:r></{p}:p>'
    )


def part(body: str, root: str = "w:hdr") -> str:
    return f'<?xml version="1.0"?><{root} {W}>{body}</{root}>'


OTHER_PREFIX = part(runs("DD", "E cmd", prefix="x"), "x:ftr").replace("xmlns:w", "xmlns:x")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"word/header1.xml": part(runs(" DD", "EAUTO cmd"))}, FileFault.PROGRAMS),
        ({"word/footnotes.xml": part(runs("D", "D", "E cmd"))}, FileFault.PROGRAMS),
        ({"word/comments.xml": part(runs("DDE cmd")).encode("utf-16")}, FileFault.PROGRAMS),
        ({"word/footer1.xml": OTHER_PREFIX}, FileFault.PROGRAMS),
        ({"word/anything.bin": part(runs("DDE cmd"))}, FileFault.PROGRAMS),
        (
            {"word/endnotes.xml": part('<w:fldSimple w:instr="dde cmd"/>')},
            FileFault.PROGRAMS,
        ),
        (
            {"word/header1.xml": part(runs("INCLUDE", 'PICTURE "http://203.0.113.9/a"'))},
            FileFault.ELSEWHERE,
        ),
        (
            {"word/glossary/document.xml": part(runs("&#68;&#68;E cmd"))},
            FileFault.PROGRAMS,
        ),
        ({RELATIONS_OF_BODY: relations("image", UNC)}, FileFault.ELSEWHERE),
        ({RELATIONS_OF_BODY: relations("image", "https://example.org/a.png")}, FileFault.ELSEWHERE),
        ({RELATIONS_OF_BODY: relations("image", UNC, external=False)}, FileFault.ELSEWHERE),
        ({"word/_rels/header1.xml.rels": relations("image", UNC)}, FileFault.ELSEWHERE),
        (
            {"word/_rels/settings.xml.rels": relations("attachedTemplate", UNC)},
            FileFault.ELSEWHERE,
        ),
        ({RELATIONS_OF_BODY: relations("oleObject", "file:///C:/a.xlsx")}, FileFault.ELSEWHERE),
        ({RELATIONS_OF_BODY: relations("subDocument", "chapter.docx")}, FileFault.ELSEWHERE),
        (
            {"word/_rels/webSettings.xml.rels": relations("frame", "https://example.org")},
            FileFault.ELSEWHERE,
        ),
        (
            {"word/_rels/settings.xml.rels": relations("mailMergeSource", UNC)},
            FileFault.ELSEWHERE,
        ),
        (
            {RELATIONS_OF_BODY: relations("aFChunk", "a.html", external=False)},
            FileFault.PROGRAMS,
        ),
        ({"word/media/image1.emz": gzip.compress(b"a text")}, FileFault.ARCHIVE),
        ({"word/media/image1.emz": gzip.compress(EMF)[:-20]}, FileFault.ARCHIVE),
        ({"word/media/image1.emz": gzip.compress(EMF + b"\0" * 60_000_000)}, FileFault.BOMB),
        ({"word/media/image1.png": b"MZ\x90\x00"}, FileFault.PROGRAMS),
        ({"word/theme.xml": "<a><b></a>"}, FileFault.DAMAGED),
        ({"word/theme.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, FileFault.BOMB),
        (
            {"word/theme.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'},
            FileFault.BOMB,
        ),
    ],
)
def test_what_a_word_document_must_not_do(members, expected):
    assert finding(word_with(members)) == expected


@pytest.mark.parametrize(
    "members",
    [
        {RELATIONS_OF_BODY: relations("hyperlink", "https://example.org")},
        {RELATIONS_OF_BODY: relations("hyperlink", "file:///\\\\server\\share\\a.pdf")},
        {RELATIONS_OF_BODY: relations("image", "media/image1.png", external=False)},
        {RELATIONS_OF_BODY: relations("image", "file:///C:\\Users\\Rana\\logo.png")},
        {"word/_rels/settings.xml.rels": relations("attachedTemplate", "file:///C:\\Resume.dotx")},
        {"word/_rels/settings.xml.rels": relations("attachedTemplate", "Normal.dotm")},
        {"word/media/image1.emz": gzip.compress(EMF)},
        {"word/media/image1.wmz": gzip.compress(WMF)},
        {"word/media/image1.emf": EMF},
        {"word/header1.xml": part(runs(" PA", "GE "))},
        {"word/header1.xml": part(runs('HYPERLINK "https://example.org"'))},
        {"word/header1.xml": part("<w:p><w:r><w:t>DDEAUTO is a word</w:t></w:r></w:p>")},
        {"customXml/item1.xml": ""},
        {"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"},
        {
            "word/media/image1.svg": '<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/">]>'
            '<svg xmlns:x="&ns;"/>'
        },
    ],
)
def test_what_a_word_document_may_have(members):
    assert finding(word_with(members)) == "document"


def package(main: str, kind: str, members: dict[str, str], body: str = "<a/>") -> bytes:
    """An Office package whose main part has any name."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main}" ContentType="application/vnd.{kind}.main+xml"/></Types>'
    )
    root = relations("officeDocument", main, external=False)
    return archive({"[Content_Types].xml": types, "_rels/.rels": root, main: body, **members})


SHEETS = "openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "openxmlformats-officedocument.presentationml.presentation"
ADD_IN = '<we:webextension xmlns:we="we"><we:reference id="a" store="{store}"/></we:webextension>'
SLIDE = (
    '<p:sld xmlns:p="p" xmlns:a="a"><a:hlinkMouseOver action="ppaction://{what}" r:id="rId2"/>'
    "</p:sld>"
)


def sheet(formula: str) -> str:
    cell = f'<c r="A1"><f>{formula}</f></c>'
    return f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"xl/worksheets/sheet1.xml": sheet("SUM(A2:A9)")}, "sheet"),
        ({"xl/worksheets/sheet1.xml": sheet("_xlfn.WEBSERVICE(A1)")}, FileFault.ELSEWHERE),
        ({"xl/worksheets/sheet1.xml": sheet("cmd|'/c calc'!A0")}, FileFault.PROGRAMS),
        (
            {"xl/externalLinks/externalLink1.xml": '<a><ddeLink ddeService="cmd"/></a>'},
            FileFault.PROGRAMS,
        ),
        (
            {"xl/externalLinks/_rels/externalLink1.xml.rels": relations("externalLinkPath", UNC)},
            FileFault.ELSEWHERE,
        ),
        (
            {
                "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
                    "externalLinkPath", "file:///C:\\Users\\Rana\\budget.xlsx"
                )
            },
            "sheet",
        ),
        (
            {
                "xl/connections.xml": '<connections><connection id="1" refreshOnLoad="1"/></connections>'
            },
            FileFault.ELSEWHERE,
        ),
        ({"xl/connections.xml": '<connections><connection id="1"/></connections>'}, "sheet"),
        ({"xl/vbaProject.bin": "macro"}, FileFault.MACROS),
        ({"xl/webextensions/webextension1.xml": ADD_IN.format(store="en-US")}, "sheet"),
        (
            {"xl/webextensions/webextension1.xml": ADD_IN.format(store="https://203.0.113.9")},
            FileFault.ELSEWHERE,
        ),
    ],
)
def test_workbooks(members, expected):
    assert finding(package("xl/workbook2.xml", SHEETS, members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, "presentation"),
        ({"ppt/slides/slide1.xml": SLIDE.format(what="hlinksldjump")}, "presentation"),
        ({"ppt/slides/slide1.xml": SLIDE.format(what="program")}, FileFault.PROGRAMS),
        ({"ppt/slides/_rels/slide1.xml.rels": relations("video", UNC)}, FileFault.ELSEWHERE),
        (
            {
                "ppt/slides/_rels/slide1.xml.rels": relations(
                    "video", "../media/a.mp4", external=False
                )
            },
            "presentation",
        ),
    ],
)
def test_slides(members, expected):
    assert finding(package("ppt/presentation.xml", SLIDES, members)) == expected


def test_the_kind_goes_by_what_the_package_says_of_its_main_part():
    word = "openxmlformats-officedocument.wordprocessingml.document"
    assert finding(package("word/document2.xml", word, {})) == "document"
    assert finding(package("a/b/c.xml", word, {})) == "document"
    # Old ways to tell a kind apart, by names, would be deceived.
    assert finding(package("word/document.xml", SHEETS, {})) == "sheet"
    macros = package("word/document.xml", "ms-word.document.macroEnabled", {})
    assert finding(macros) == FileFault.MACROS
    assert finding(archive({"word/document.xml": "<a/>"})) == FileFault.UNKNOWN


def odt(content: str, **members: str) -> bytes:
    return open_document(members={"content.xml": content, **members})


LINK = "<o xmlns:xlink='x'><{element} xlink:href='{target}'/></o>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (LINK.format(element="draw:image", target="Pictures/a.png"), "text"),
        (LINK.format(element="text:a", target="https://example.org"), "text"),
        (LINK.format(element="meta:template", target="file:///C:/a.ott"), "text"),
        (
            LINK.format(element="draw:image", target="https://203.0.113.9/a.png"),
            FileFault.ELSEWHERE,
        ),
        (
            LINK.format(element="draw:image", target="file://server/share/a.png"),
            FileFault.ELSEWHERE,
        ),
        (LINK.format(element="text:section-source", target="//server/a.odt"), FileFault.ELSEWHERE),
        (LINK.format(element="draw:floating-frame", target="http://a"), FileFault.ELSEWHERE),
        (
            LINK.format(element="script:event-listener", target="vnd.sun.star.script:a$b"),
            FileFault.MACROS,
        ),
        ("<o><office:dde-source/></o>", FileFault.PROGRAMS),
        ("<o><text:dde-connection-decl/></o>", FileFault.PROGRAMS),
        ("<o><office:scripts/></o>", "text"),
        ("<o><office:scripts><office:script/></office:scripts></o>", FileFault.MACROS),
        ("<o><c table:formula='of:=DDE(&quot;a&quot;;1;2)'/></o>", FileFault.PROGRAMS),
        ("<o><c table:formula='of:=SUM([.A1:.A9])'/></o>", "text"),
        ("<!DOCTYPE a PUBLIC 'b' 'a.dtd'><a/>", "text"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", FileFault.BOMB),
    ],
)
def test_opendocument(content, expected):
    assert finding(odt(content)) == expected


def test_an_empty_library_of_macros_is_none():
    """OpenOffice wrote the catalogues of one into every document."""
    catalogues = {"Basic/script-lc.xml": "<a/>", "Basic/Standard/script-lb.xml": "<a/>"}
    assert finding(open_document(members=catalogues)) == "text"
    module = {**catalogues, "Basic/Standard/Module1.xml": "<a/>"}
    assert finding(open_document(members=module)) == FileFault.MACROS


def test_a_large_workbook_is_looked_through_in_little_time():
    started = time.process_time()
    assert finding(samples.workbook(rows=60_000)) == "sheet"
    assert time.process_time() - started < 20
