"""Kept pictures as letters print them."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image

# In pixels: 180 to the inch on the width of a page's text.
LONGEST = 1200
QUALITY = 80


def printed_picture(name: str) -> str:
    """A picture that the portal drew itself, by its name in the storage, as a data address.

    As JPEG, which a PDF holds as it is; of WebP it would hold every pixel. Raises OSError where the
    picture is not there.
    """
    with default_storage.open(name) as file, Image.open(file, formats=["WEBP"]) as picture:
        printed = picture.convert("RGB")
    printed.thumbnail((LONGEST, LONGEST))
    content = BytesIO()
    printed.save(content, "JPEG", quality=QUALITY)
    return f"data:image/jpeg;base64,{b64encode(content.getvalue()).decode()}"


def printed_logo(name: str) -> str:
    """A logo that the portal drew itself, on white where it is transparent, as a data address.

    As PNG, since edges of letters blur in JPEG. Raises OSError where it is not there: the letter
    fails and can be made again, rather than be one without its logo.
    """
    with default_storage.open(name) as file, Image.open(file, formats=["WEBP"]) as picture:
        drawn = picture.convert("RGBA")
    ground = Image.new("RGBA", drawn.size, "white")
    content = BytesIO()
    Image.alpha_composite(ground, drawn).convert("RGB").save(content, "PNG")
    return f"data:image/png;base64,{b64encode(content.getvalue()).decode()}"
