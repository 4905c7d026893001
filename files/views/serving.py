"""Giving out private files. Who may have one is for the view to say before it calls this."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, cast
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags

from files.models import KeptFile
from files.queries.uploads import ready_preview
from files.wording.kinds import PDF, SHOWN_BY_BROWSERS

# Of more digits than any file has bytes: not understood, and so the whole file is sent.
_ONE_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*")
_PIECE = 64 * 1024
_CONTENT = {kind.content_type for kind in SHOWN_BY_BROWSERS}
# What is shown inside a page of ours still may neither run, load nor send anything.
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
# Browsers show a PDF in a viewer of their own, which a sandbox would switch off.
_VIEWER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"


def private_file(
    request: HttpRequest,
    file: FieldFile,
    *,
    name: str,
    content_type: str,
    sha256: str = "",
    inline: bool = False,
) -> HttpResponseBase:
    """A stored file under its own name, or the part of it that the browser asks for.

    A download, unless `inline` is asked for. With X_ACCEL_REDIRECT_PREFIX the proxy sends the bytes
    from a folder that it serves to nobody else; otherwise we do, with ranges (RFC 9110, 14), so that
    a broken download goes on where it stopped. Nobody keeps a copy on the way.
    """
    response = _answer(request, file, content_type, f'"{sha256}"' if sha256 else "")
    response["Content-Disposition"] = str(content_disposition_header(not inline, name))
    response["Cache-Control"] = "private, no-store"
    return _guarded(response)


def kept_file(request: HttpRequest, row: KeptFile, *, inline: bool = False) -> HttpResponseBase:
    """A file that belongs to a record, as `private_file` gives it out; its bytes never change."""
    return private_file(
        request,
        row.file,
        name=row.name,
        content_type=row.content_type,
        sha256=row.sha256,
        inline=inline,
    )


def preview_picture(
    request: HttpRequest, file: FieldFile, number: int, *, sha256: str
) -> HttpResponseBase:
    """The picture of a page of a stored file (its thumbnail for 0). Http404 while there is none.

    A browser may keep it, but asks each time whether it still may show it: on a slow line that
    costs a few bytes instead of the picture, and a permission that ended ends here too.
    """
    preview = ready_preview(file)
    if preview is None or not preview.pictured or number > preview.pictured:
        raise Http404
    etag = f'"{sha256[:32]}-{number}"'
    response: HttpResponseBase
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        picture = default_storage.open(preview.picture(number))
        response = FileResponse(picture, content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return _guarded(response)


def may_show_inline(content_type: str) -> bool:
    """Whether browsers show this kind by themselves without running anything in it."""
    return content_type in _CONTENT


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        _VIEWER if response.get("Content-Type") == PDF.content_type else _SANDBOX
    )
    # Our middleware compresses pages; a file is sent byte by byte as it is.
    response["Accept-Ranges"] = "bytes"
    return response


def _answer(
    request: HttpRequest, file: FieldFile, content_type: str, etag: str
) -> HttpResponseBase:
    response: HttpResponseBase
    if settings.X_ACCEL_REDIRECT_PREFIX:
        response = HttpResponse(content_type=content_type)
        prefix = settings.X_ACCEL_REDIRECT_PREFIX.rstrip("/")
        response["X-Accel-Redirect"] = f"{prefix}/{quote(file.name or '')}"
    else:
        response = _from_here(request, file, content_type, etag)
    if etag:
        response["ETag"] = etag
    return response


def _from_here(
    request: HttpRequest, file: FieldFile, content_type: str, etag: str
) -> HttpResponseBase:
    size = file.size
    wanted = _range(request, size, etag)
    if wanted is None:
        response: HttpResponseBase = FileResponse(file.open("rb"), content_type=content_type)
        response["Content-Length"] = str(size)
        return response
    first, last = wanted
    if first > last:
        response = HttpResponse(status=416, content_type=content_type)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = StreamingHttpResponse(
        _part(cast(BinaryIO, file.open("rb")), first, last), status=206, content_type=content_type
    )
    response["Content-Length"] = str(last - first + 1)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _range(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """The first and last byte that are asked for; the first behind the last when there are none.

    None for the whole file: no range, one that we do not understand, several at once (which RFC
    9110 leaves to us), or a file that is no longer the one of which the browser has a part.
    """
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    had = request.headers.get("If-Range", etag)
    if asked is None or had != etag:
        return None
    first, last = asked.groups()
    if not first:
        # The last so many bytes.
        return (max(0, size - int(last)), size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
