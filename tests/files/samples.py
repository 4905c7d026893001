"""Files as people (and others) upload them, made in memory."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl
import pikepdf
from django.core.files.base import ContentFile
from PIL import Image

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
BODY = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml'
    '/2006/main"><w:body><w:p><w:r><w:t>We grow.</w:t></w:r></w:p></w:body></w:document>'
)


def named(name: str, content: bytes) -> ContentFile:
    return ContentFile(content, name=name)


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, *, pages: int = 1, **saved) -> bytes:
    """A PDF of blank pages, changed by `change`, saved with the options `saved`."""
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        content = BytesIO()
        made.save(content, **{"static_id": True, **saved})
        return content.getvalue()


def with_script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_hidden_script(made: pikepdf.Pdf) -> None:
    """A script in the name tree, its object packed into a stream when it is saved so."""
    script = made.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
    )


def with_launch(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    )


def with_attachment(made: pikepdf.Pdf) -> None:
    made.attachments["plan.txt"] = pikepdf.AttachedFileSpec(made, b"hello", filename="plan.txt")


def with_film(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia)]
    )


def with_xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=made.make_stream(b"<xdp/>"))


def with_title_about_scripts(made: pikepdf.Pdf) -> None:
    made.docinfo["/Title"] = pikepdf.String("How to avoid /JavaScript and /Launch")


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, "#123f8f").save(content, kind, **options)
    return content.getvalue()


def wide_png(width: int, height: int) -> bytes:
    """A small PNG whose head says that it is large."""
    content = bytearray(picture("PNG"))
    content[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


def word(text: str = "We grow.") -> bytes:
    document, content = docx.Document(), BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def workbook(rows: int = 5) -> bytes:
    book, content = openpyxl.Workbook(), BytesIO()
    for number in range(rows):
        book.active.append([number, "We grow."])
    book.save(content)
    return content.getvalue()


def archive(members: dict[str, bytes | str], *, packed: bool = True) -> bytes:
    content = BytesIO()
    way = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(content, "w", way) as made:
        for name, member in members.items():
            made.writestr(name, member)
    return content.getvalue()


def word_with(members: dict[str, bytes | str] | None = None, *, kind: str = WORD) -> bytes:
    """A Word document put together by hand, with further members."""
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(kind=kind),
            "word/document.xml": BODY,
            **(members or {}),
        }
    )


def open_document(kind: str = "text", members: dict[str, bytes | str] | None = None) -> bytes:
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": "<office/>",
            "META-INF/manifest.xml": "<manifest/>",
            **(members or {}),
        }
    )


def relations(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Target="{target}"{mode} Type="http://schemas.'
        f'openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )


def drawn(content: bytes, filters: int) -> bytes:
    """A PDF whose page is drawn by a stream that is packed already, `filters` times."""

    def change(made):
        stream = made.make_stream(b"")
        stream.write(content, filter=pikepdf.Array([pikepdf.Name.FlateDecode] * filters))
        made.pages[0].obj.Contents = stream

    return pdf(change, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def packed(piece: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9)
    pieces = [packer.compress(piece * 1000) for _ in range(size // len(piece) // 1000)]
    return b"".join(pieces) + packer.flush()


# The two bombs that took a worker to gigabytes: 216 MB of drawing in 2 kB, 300,000 drawings in less.
LINES = b"0 0 m 99 99 l S\n"
DEFLATED_TWICE = drawn(zlib.compress(packed(LINES, 216 * 1024**2), 9), 2)
MANY_DRAWINGS = drawn(zlib.compress(packed(b"0 0 m 9 9 l S ", 300_000 * 14), 9), 2)
