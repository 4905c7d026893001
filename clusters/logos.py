"""A cluster's logo: what an uploaded picture must be, and the one that is kept of it."""

from __future__ import annotations

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from files.inspection import inspect_upload
from files.kinds import PICTURES
from records.acting import Refused

MOST_BYTES = 1024**2
# The longer side of what is kept, in pixels.
LONGEST = 512


def logo_of(upload: UploadedFile) -> ContentFile:
    """The picture made anew as WebP, at most LONGEST pixels on a side, and nothing else of the file.

    Raises Refused when the upload is no PNG, JPEG or WebP by its content, damaged, too large in
    bytes, or so large in pixels that nobody needs it for a logo.
    """
    found = inspect_upload(upload, max_size=MOST_BYTES)
    if found.content_type not in {kind.content_type for kind in PICTURES}:
        raise Refused(_("A logo is a picture: PNG, JPEG or WebP."))
    upload.seek(0)
    with Image.open(upload) as picture:
        picture.thumbnail((LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(picture)
        # Only the pixels go on: no place, no author, no profile.
        bare = upright.convert("RGBA")
        bare.info = {}
    written = BytesIO()
    bare.save(written, "WEBP", quality=88, method=4)
    return ContentFile(written.getvalue())
