"""Looking at a file that was taken: small pictures of its first pages, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps

from . import media
from .answers import Reply
from .pictures import open_picture, require_few_pixels

# The first pages tell whether it is the right paper; who reads it opens the file itself.
MOST_PAGES = 3
PAGE_SIZE = (1000, 1400)
# No browser but Safari shows HEIC: its preview is what most officers read.
PHOTOGRAPH_SIZE = (2000, 2000)
THUMBNAIL_SIZE = (220, 280)
_QUALITY = 75


def look(file: BinaryIO, *, media_type: str) -> Reply:
    """What a file tells at a glance, and its pictures as WebP: first the thumbnail, then the pages.

    Facts by kind: pages, sheets, words, or width and height in pixels.
    """
    if media_type == media.PDF:
        return _look_at_pdf(file)
    if media_type in media.PICTURES:
        return _look_at_picture(file, media_type)
    if media_type in (media.XLSX, media.ODS):
        from python_calamine import CalamineWorkbook

        return Reply({"sheets": len(CalamineWorkbook.from_filelike(file).sheet_names)})
    if media_type == media.DOCX:
        import docx

        texts = (paragraph.text for paragraph in docx.Document(file).paragraphs)
        return Reply({"words": sum(len(text.split()) for text in texts)})
    return Reply()


def redraw(file: BinaryIO, *, media_type: str, longest: int, quality: int) -> Reply:
    """A picture made anew as WebP, at most `longest` pixels on a side, and nothing else of the file."""
    with open_picture(file, media_type) as picture:
        require_few_pixels(picture, media_type)
        # With its transparency: a logo has no background.
        return Reply(blobs=[_bare(_upright(picture, (longest, longest)), "RGBA", quality)])


def _look_at_pdf(file: BinaryIO) -> Reply:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as pdf:
        return Reply({"pages": len(pdf)}, _pictures_of(_pages_of(pdf), PAGE_SIZE))


def _pages_of(pdf: Any) -> Iterator[Image.Image]:
    for number in range(min(len(pdf), MOST_PAGES)):
        page = pdf[number]
        width, height = page.get_size()
        scale = min(PAGE_SIZE[0] / max(width, 1), PAGE_SIZE[1] / max(height, 1))
        yield page.render(scale=scale, may_draw_forms=False).to_pil()
        page.close()


def _look_at_picture(file: BinaryIO, media_type: str) -> Reply:
    size = PHOTOGRAPH_SIZE if media_type == media.HEIC else PAGE_SIZE
    with open_picture(file, media_type) as picture:
        require_few_pixels(picture, media_type)
        facts: dict[str, int | str] = {"width": picture.width, "height": picture.height}
        return Reply(facts, _pictures_of([_upright(picture, size)], size))


def _upright(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture made small and turned, with no more than one copy of it in memory."""
    if picture.format in ("JPEG", "MPO"):
        # A JPEG is decoded at a fraction of its size where that is enough.
        picture.draft("RGB", size)
    if picture.mode in ("P", "1", "I;16", "CMYK"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((max(size), max(size)))
    return ImageOps.exif_transpose(picture)


def _pictures_of(pages: Iterable[Image.Image], size: tuple[int, int]) -> list[bytes]:
    pictures: list[bytes] = []
    for page in pages:
        if not pictures:
            pictures.append(_small(page, THUMBNAIL_SIZE))
        pictures.append(_small(page, size))
    return pictures


def _small(page: Image.Image, size: tuple[int, int]) -> bytes:
    small = page.copy()
    small.thumbnail(size)
    return _bare(small, "RGBA" if "A" in page.getbands() else "RGB", _QUALITY)


def _bare(picture: Image.Image, mode: str, quality: int) -> bytes:
    """The pixels, without whatever else the original held, such as where it was taken."""
    bare = picture.convert(mode)
    bare.info = {}
    content = BytesIO()
    bare.save(content, "WEBP", quality=quality, method=4)
    return content.getvalue()
