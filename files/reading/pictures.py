"""What a picture must be: whole, of the format that it says, and small enough to be unpacked."""

from __future__ import annotations

import warnings
import zipfile
from typing import BinaryIO

import pi_heif
from PIL import Image, UnidentifiedImageError

from . import media
from .found import FileFault, Found

# Some kB of PNG can unpack to gigabytes. An A3 page scanned at 600 dots per inch has 70 million.
MOST_PIXELS = 100_000_000
# Telephones take photographs of 200 million; a JPEG is decoded at a fraction of its size.
MOST_PIXELS_OF_A_JPEG = 250_000_000
_FORMATS = {media.PNG: "PNG", media.JPEG: "JPEG", media.WEBP: "WEBP", media.HEIC: "HEIF"}

pi_heif.register_heif_opener()
# Threads would each reserve memory of their own, of which a confined process has little.
pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_A_JPEG


def inspect_picture(file: BinaryIO, media_type: str) -> None:
    """Raise Found when the picture is damaged, or larger than anybody would look at.

    What follows it is left alone (telephones add a film, or what they measured), but for an archive.
    """
    try:
        with open_picture(file, media_type) as picture:
            require_few_pixels(picture, media_type)
            if media_type == media.JPEG:
                # The whole is read; only less of it is kept.
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
            picture.load()
    except Image.DecompressionBombError:
        raise Found(FileFault.PICTURE_PIXELS) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        # Pillow's plug-ins raise whatever their format calls broken.
        raise Found(FileFault.PICTURE_DAMAGED) from None
    if zipfile.is_zipfile(file):
        raise Found(FileFault.UNKNOWN)


def open_picture(file: BinaryIO, media_type: str) -> Image.Image:
    """The picture, of which nothing is decoded yet."""
    file.seek(0)
    with warnings.catch_warnings():
        # Our own limit comes next, and refuses instead of warning.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(file, formats=[_FORMATS[media_type]])


def require_few_pixels(picture: Image.Image, media_type: str) -> None:
    """Raise Found when it has more pixels than are decoded, in all its frames."""
    is_jpeg = media_type == media.JPEG
    # What else lies in a photograph is a thumbnail or a map of light, of which none is decoded.
    frames = getattr(picture, "n_frames", 1) if media_type in (media.PNG, media.WEBP) else 1
    most = MOST_PIXELS_OF_A_JPEG if is_jpeg else MOST_PIXELS
    if picture.width * picture.height * frames > most:
        raise Found(FileFault.PICTURE_PIXELS, width=picture.width, height=picture.height)
