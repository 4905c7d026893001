"""A cluster's logo: what an uploaded picture must be, and the one that is kept of it."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from conduct.actions import Refused
from files.actions.confined import GaveUp
from files.actions.inspection import inspect_upload
from files.actions.looking import redraw
from files.reading.found import FileFault, Found
from files.wording.kinds import PICTURES
from files.wording.sentences import sentence

MOST_BYTES = 1024**2
# The longer side of what is kept, in pixels.
LONGEST = 512
QUALITY = 88


def logo_of(upload: UploadedFile) -> ContentFile:
    """The picture made anew as WebP, at most LONGEST pixels on a side, and nothing else of the file.

    Raises Refused when the upload is no picture by its content, damaged, too large in
    bytes, or so large in pixels that nobody needs it for a logo.
    """
    found = inspect_upload(upload, max_size=MOST_BYTES)
    if found.content_type not in {kind.content_type for kind in PICTURES}:
        raise Refused(_("A logo is a picture: PNG, JPEG, WebP or HEIC."))
    try:
        picture = redraw(
            cast(BinaryIO, upload), found.content_type, longest=LONGEST, quality=QUALITY
        )
    except (Found, GaveUp) as error:
        raise Refused(sentence(Found(FileFault.PICTURE_DAMAGED))) from error
    return ContentFile(picture)
