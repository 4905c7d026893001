"""Looking at a stored file: small pictures of its first pages, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

import docx
import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps
from python_calamine import CalamineWorkbook

from .kinds import DOCX, ODS, PDF, PICTURES, XLSX, kind_of
from .models import Preview

# The first pages tell whether it is the right paper; who reads it opens the file itself.
MOST_PAGES = 3
PAGE_SIZE = (1000, 1400)
THUMBNAIL_SIZE = (220, 280)
_QUALITY = 75


def look(preview: Preview, file: BinaryIO) -> None:
    """Write on the preview what the file tells at a glance, and store its pictures."""
    kind = kind_of(preview.content_type)
    if kind is PDF:
        _look_at_pdf(preview, file)
    elif kind in PICTURES:
        _look_at_picture(preview, file)
    elif kind in (XLSX, ODS):
        preview.sheets = len(CalamineWorkbook.from_filelike(file).sheet_names)
    elif kind is DOCX:
        texts = (paragraph.text for paragraph in docx.Document(file).paragraphs)
        preview.words = sum(len(text.split()) for text in texts)


def _look_at_pdf(preview: Preview, file: BinaryIO) -> None:
    with pypdfium2.PdfDocument(file) as pdf:
        preview.pages = len(pdf)
        _keep_pictures(preview, _pages_of(pdf))


def _pages_of(pdf: pypdfium2.PdfDocument) -> Iterator[Image.Image]:
    for number in range(min(len(pdf), MOST_PAGES)):
        page = pdf[number]
        width, height = page.get_size()
        scale = min(PAGE_SIZE[0] / max(width, 1), PAGE_SIZE[1] / max(height, 1))
        yield page.render(scale=scale, may_draw_forms=False).to_pil()
        page.close()


def _look_at_picture(preview: Preview, file: BinaryIO) -> None:
    with Image.open(file) as picture:
        preview.width, preview.height = picture.size
        # A JPEG is decoded at a fraction of its size where that is enough.
        picture.draft("RGB", PAGE_SIZE)
        upright = ImageOps.exif_transpose(picture)
        _keep_pictures(preview, [upright])


def _keep_pictures(preview: Preview, pages: Iterable[Image.Image]) -> None:
    for number, page in enumerate(pages, start=1):
        if number == 1:
            _keep(preview.picture(0), page, THUMBNAIL_SIZE)
        _keep(preview.picture(number), page, PAGE_SIZE)
        preview.pictured = number


def _keep(name: str, page: Image.Image, size: tuple[int, int]) -> None:
    """Save a picture without whatever else the original held, such as where it was taken."""
    small = page.convert("RGBA" if "A" in page.getbands() or page.mode == "P" else "RGB")
    small.thumbnail(size)
    content = BytesIO()
    small.save(content, "WEBP", quality=_QUALITY)
    default_storage.save(name, ContentFile(content.getvalue()))
