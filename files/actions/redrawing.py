"""Pictures that are shown on pages: judged by their content, and kept only as the portal drew them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from conduct.actions import Refused
from files.actions.confined import GaveUp
from files.actions.inspection import Inspected, inspect_upload
from files.actions.looking import redraw
from files.reading.found import FileFault, Found
from files.rules.names import safe_name
from files.wording.kinds import JPEG, PNG, WEBP
from files.wording.sentences import sentence

MOST_BYTES = 10 * 1024**2
PICTURES_TAKEN = (JPEG, PNG, WEBP)
PICTURE_ENDINGS = ",".join(ending for kind in PICTURES_TAKEN for ending in kind.endings)
# The longer side of what is kept, in pixels: enough for a page and for paper.
LONGEST = 1600
QUALITY = 82


@dataclass(frozen=True)
class DrawnPicture:
    """A picture as it is kept; its hash is that of what was chosen, to know it when it comes again."""

    content: ContentFile[bytes]
    facts: Inspected


def draw_anew(upload: File, *, max_size: int) -> DrawnPicture:
    """The picture as WebP, at most LONGEST pixels on a side, without where and when it was taken.

    Raises Refused, beside `file`, where the content is no JPEG, PNG or WebP, is damaged, or has more
    than `max_size` bytes. To be called before anything is locked: it takes its time.
    """
    inspected = inspect_upload(upload, max_size=max_size, field="file")
    if inspected.content_type not in {kind.content_type for kind in PICTURES_TAKEN}:
        raise Refused(_("A picture is a JPEG, PNG or WebP file."), field="file")
    try:
        drawn = redraw(
            cast(BinaryIO, upload), inspected.content_type, longest=LONGEST, quality=QUALITY
        )
    except (Found, GaveUp) as error:
        raise Refused(sentence(Found(FileFault.PICTURE_DAMAGED)), field="file") from error
    return DrawnPicture(
        content=ContentFile(drawn, name="picture.webp"),
        facts=Inspected(
            safe_name(f"{inspected.name.rpartition('.')[0]}.webp"),
            WEBP.content_type,
            len(drawn),
            inspected.sha256,
        ),
    )
