"""What a picture must be: whole, of the format that it says, and small enough to be unpacked."""

from __future__ import annotations

import warnings
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from records.acting import Refused

from .kinds import JPEG, FileKind

# Some kB of PNG can unpack to gigabytes. An A3 page scanned at 600 dots per inch has 70 million.
MOST_PIXELS = 100_000_000
# Cameras write a little of their own after the end mark.
_END_WITHIN = 64 * 1024


def inspect_picture(file: BinaryIO, kind: FileKind) -> None:
    """Raise Refused when the picture is damaged, or larger than anybody would look at."""
    try:
        with _open(file, kind) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > MOST_PIXELS:
                raise Refused(_too_many(picture.width, picture.height))
            picture.verify()
        with _open(file, kind) as picture:
            picture.load()
        if kind is JPEG and not _has_an_end(file):
            raise EOFError
    except Image.DecompressionBombError:
        raise Refused(_too_many()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        # Pillow's plug-ins raise whatever their format calls broken.
        raise Refused(
            _(
                "The picture is damaged and cannot be shown. Look whether it opens on your "
                "computer, save it again, and upload the new file."
            )
        ) from None


def _has_an_end(file: BinaryIO) -> bool:
    """Whether a JPEG ends. WeasyPrint lets Pillow take cut ones in every process that it is in."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_WITHIN))
    return b"\xff\xd9" in file.read()


def _open(file: BinaryIO, kind: FileKind) -> Image.Image:
    file.seek(0)
    with warnings.catch_warnings():
        # Our own limit comes next, and refuses instead of warning.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(file, formats=[kind.content_type.partition("/")[2].upper()])


def _too_many(width: int = 0, height: int = 0) -> str:
    if not width:
        return _("The picture has too many pixels. Make it smaller, and upload it again.")
    return _(
        "The picture has %(width)s × %(height)s pixels, which is too many. Make it smaller, and "
        "upload it again."
    ) % {"width": width, "height": height}
