"""What a PDF may do, and what it may not: names count in their place, whatever they are called."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from files.reading.found import FileFault, Found
from files.reading.inspecting import inspect
from tests.files import samples

PDF = "application/pdf"
UNC = "\\\\203.0.113.9\\s\\x.pdf"
INVOICE = (
    b'<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:'
    b'standard:CrossIndustryInvoice:100"/>'
)
UBL = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'


def finding(content: bytes) -> str:
    """What is found in it; its media type where nothing is."""
    try:
        return str(inspect(BytesIO(content)).facts["media_type"])
    except Found as found:
        return found.finding


def action(kind: str, **more) -> Dictionary:
    return Dictionary(S=Name("/" + kind), **more)


def copies_of(what):
    """Gives a fresh copy each time: an object belongs to one PDF."""
    text = what.unparse(resolved=True)
    return lambda: pikepdf.Object.parse(text)


URI = action("URI", URI=String("http://203.0.113.9/"))
GO_TO_R = action("GoToR", F=String(UNC), D=Array([0, Name.Fit]))
SCRIPT = action("JavaScript", JS=String("app.alert(1)"))
GO_TO = action("GoTo", D=Array([0, Name.Fit]))


def opening(what):
    fresh = copies_of(what)

    def change(made):
        made.Root.OpenAction = fresh()

    return change


def opening_by_reference(what):
    fresh = copies_of(what)

    def change(made):
        made.Root.OpenAction = made.make_indirect(fresh())

    return change


def showing_a_page(what):
    fresh = copies_of(what)

    def change(made):
        made.pages[0].obj.AA = Dictionary(O=made.make_indirect(fresh()))

    return change


def closing(what):
    fresh = copies_of(what)

    def change(made):
        made.Root.AA = Dictionary(WC=fresh())

    return change


def annotation(**keys):
    fresh = copies_of(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys))

    def change(made):
        made.pages[0].obj.Annots = Array([fresh()])

    return change


def resource(name):
    """A font that is called so, on the page and among the fonts of the file."""

    def change(made):
        font = made.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        fonts = made.make_indirect(Dictionary({"/F1": font, f"/{name}": font}))
        made.pages[0].obj.Resources = Dictionary(Font=fonts)

    return change


def attached(content, name="factur-x.xml"):
    def change(made):
        made.attachments[name] = pikepdf.AttachedFileSpec(made, content, filename=name)

    return change


def form(xfa, *, fields=1, **root):
    def change(made):
        made.Root.AcroForm = Dictionary(
            Fields=Array([made.make_indirect(Dictionary(T=String("a")))] * fields),
            XFA=Array([String("template"), made.make_stream(xfa)]),
        )
        for key, value in root.items():
            made.Root[f"/{key}"] = value

    return change


def tagged_with_custom_paragraphs(made):
    made.Root.StructTreeRoot = made.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=Dictionary(Type=Name.StructElem, S=Name.Movie, A=Dictionary(O=Name.Layout)),
        )
    )


@pytest.mark.parametrize(
    "change",
    [
        opening(Array([0, Name.Fit])),
        opening(GO_TO),
        opening(action("Named", N=Name.FirstPage)),
        annotation(Subtype=Name.Link, A=URI),
        annotation(Subtype=Name.Link, A=action("GoToR", F=String("annex.pdf"))),
        annotation(Subtype=Name.Link, A=GO_TO),
        resource("JS"),
        resource("JavaScript"),
        resource("AA"),
        resource("OpenAction"),
        resource("EF"),
        resource("XFA"),
        resource("Launch"),
        resource("RichMedia"),
        resource("Movie"),
        tagged_with_custom_paragraphs,
        attached(INVOICE),
        attached(UBL, "invoice.xml"),
        form(b"<xdp:xdp><template><field/></template></xdp:xdp>"),
    ],
)
def test_ordinary_pdfs_are_taken(change):
    assert finding(samples.pdf(change)) == PDF


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (opening(URI), FileFault.PDF_ELSEWHERE),
        (opening_by_reference(URI), FileFault.PDF_ELSEWHERE),
        (opening(GO_TO_R), FileFault.PDF_ELSEWHERE),
        (showing_a_page(GO_TO_R), FileFault.PDF_ELSEWHERE),
        (closing(URI), FileFault.PDF_ELSEWHERE),
        (opening(action("GoTo", D=Array([0]), Next=URI)), FileFault.PDF_ELSEWHERE),
        (
            opening(action("GoTo", D=Array([0]), Next=Array([GO_TO, GO_TO_R]))),
            FileFault.PDF_ELSEWHERE,
        ),
        (annotation(Subtype=Name.Widget, AA=Dictionary(PV=URI)), FileFault.PDF_ELSEWHERE),
        (opening(action("Thread", F=String(UNC), D=0)), FileFault.PDF_ELSEWHERE),
        (opening(SCRIPT), FileFault.PDF_SCRIPT),
        (annotation(Subtype=Name.Link, A=SCRIPT), FileFault.PDF_SCRIPT),
        (annotation(Subtype=Name.Widget, AA=Dictionary(K=SCRIPT)), FileFault.PDF_SCRIPT),
        (annotation(Subtype=Name.Link, A=action("GoTo", Next=SCRIPT)), FileFault.PDF_SCRIPT),
        (opening(action("Launch", F=String("cmd.exe"))), FileFault.PDF_PROGRAM),
        (annotation(Subtype=Name.Link, A=action("Launch", F=String("a"))), FileFault.PDF_PROGRAM),
        (opening(action("SubmitForm", F=String("http://a"))), FileFault.PDF_ACTS),
        (opening(action("ImportData", F=String(UNC))), FileFault.PDF_ACTS),
        (opening(action("GoToE", F=String(UNC))), FileFault.PDF_ACTS),
        (opening(action("Rendition", OP=0)), FileFault.PDF_ACTS),
        (opening(action("RichMediaExecute")), FileFault.PDF_ACTS),
        (opening(action("Sound")), FileFault.PDF_ACTS),
        (annotation(Subtype=Name.Link, A=action("Movie")), FileFault.PDF_ACTS),
        (annotation(Subtype=Name.Screen), FileFault.PDF_ACTS),
        (annotation(Subtype=Name("/3D")), FileFault.PDF_ACTS),
        (annotation(Subtype=Name.RichMedia), FileFault.PDF_ACTS),
        (annotation(Subtype=Name.FileAttachment), FileFault.PDF_FILES),
        (attached(b"MZ\x90\x00", "plan.exe"), FileFault.PDF_FILES),
        (attached(b"MZ\x90\x00"), FileFault.PDF_FILES),
        (attached(b"<plan/>", "plan.xml"), FileFault.PDF_FILES),
        (attached(b"<?mso-application progid='Word.Document'?>" + UBL), FileFault.PDF_FILES),
        (attached(b"<!DOCTYPE Invoice [<!ENTITY a 'b'>]>" + UBL), FileFault.PDF_FILES),
        (form(b"<xdp><script>app.alert(1)</script></xdp>"), FileFault.PDF_XFA),
        (form(b"<xdp><event><submit target='http://a'/></event></xdp>"), FileFault.PDF_XFA),
        (form(b"<xdp/>", fields=0), FileFault.PDF_XFA),
        (form(b"<xdp/>", NeedsRendering=True), FileFault.PDF_XFA),
    ],
)
def test_pdfs_that_act_are_refused(change, expected):
    assert finding(samples.pdf(change)) == expected
    packed = samples.pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert finding(packed) == expected
    locked = samples.pdf(change, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert finding(locked) == expected


def test_an_action_that_follows_itself_ends():
    def change(made):
        first = made.make_indirect(action("GoTo", D=Array([0])))
        first.Next = first
        made.Root.OpenAction = first

    assert finding(samples.pdf(change)) == PDF


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf" + samples.pdf(), PDF),
        (b"\r\n\r\n" + samples.pdf(), PDF),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + samples.pdf(), PDF),
        (b" " * 1000 + samples.pdf(), PDF),
        (b" " * 2000 + samples.pdf(), FileFault.UNKNOWN),
        (samples.pdf() + b"\0" * 300_000, PDF),
        (samples.pdf() + b"\r\n\x1a", PDF),
        (samples.pdf() + b"<html><body>Printed by our web program</body></html>", PDF),
        (samples.pdf()[:-20], FileFault.PDF_CUT),
        (samples.pdf(pages=40, linearize=True)[:-800], FileFault.PDF_CUT),
        (samples.pdf() + b"a" * 100_000, FileFault.PDF_CUT),
        (samples.pdf() + samples.archive({"a.txt": b"a"}), FileFault.UNKNOWN),
        (samples.pdf() + b"\nMZ\x90\x00", FileFault.UNKNOWN),
        (b"MZ\x90\x00" + samples.pdf(), FileFault.UNKNOWN),
        (b"GIF89a" + samples.pdf(), FileFault.UNKNOWN),
        (b"#!/bin/sh\n" + samples.pdf(), FileFault.UNKNOWN),
        (samples.picture("JPEG") + samples.archive({"a.txt": b"a"}), FileFault.UNKNOWN),
    ],
)
def test_what_may_stand_before_and_behind(content, expected):
    assert finding(content) == expected


def test_a_page_that_unpacks_to_far_more_than_its_size_is_refused():
    assert len(samples.DEFLATED_TWICE) < 3000
    assert finding(samples.DEFLATED_TWICE) == FileFault.PDF_BOMB
    assert (
        finding(samples.drawn(samples.packed(samples.LINES, 60 * 1024**2), 1)) == FileFault.PDF_BOMB
    )
    # Large drawings are no bombs.
    assert finding(samples.drawn(samples.packed(samples.LINES, 10 * 1024**2), 1)) == PDF


def test_many_small_bombs_are_one():
    def change(made):
        pages = [made.make_stream(b"") for _ in range(30)]
        for stream in pages:
            stream.write(samples.packed(samples.LINES, 12 * 1024**2), filter=Name.FlateDecode)
        made.pages[0].obj.Contents = Array(pages)

    content = samples.pdf(
        change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
    )
    assert finding(content) == FileFault.PDF_BOMB


def test_objects_nested_without_end_are_refused():
    deep = b"[" * 100_000 + b"]" * 100_000
    content = samples.pdf().replace(b"/Type /Catalog", b"/Type /Catalog /A " + deep, 1)
    assert finding(content) in (FileFault.PDF_DAMAGED, PDF)


def test_a_pdf_that_only_certificates_open_is_locked_and_not_damaged():
    content = samples.pdf(encryption=pikepdf.Encryption(owner="a", user=""))
    assert (
        finding(content.replace(b"/Filter /Standard", b"/Filter /PubSec  ")) == FileFault.PDF_LOCKED
    )
    assert finding(samples.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))) == (
        FileFault.PDF_LOCKED
    )
