"""Taking files piece by piece (tus 1.0.0): a broken line costs the last piece, not the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from tempfile import SpooledTemporaryFile
from typing import IO, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Gone, NoSpace, NotAllowed, Refused, want_of_space_told
from conduct.views import same_site_referrer
from files.actions import uploads as actions
from files.actions.refusals import Damaged, TooLarge, TooManyUploads, WrongOffset
from files.models import Upload
from files.queries.uploads import uploads_of
from files.rules import protocol

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[PersonRequest, Parameters], HttpResponse]

_PIECE = 64 * 1024
# Small pieces wait in memory, larger ones on the disk.
_IN_MEMORY = 1024 * 1024
# What each refusal answers; tus clients try again after 409 and 423, and after nothing else of 4xx.
# After 507 they do: what has arrived is kept, and the rest waits in the browser.
_STATUSES: tuple[tuple[type[Refused], int], ...] = (
    (NoSpace, 507),
    (NotAllowed, 403),
    (TooLarge, 413),
    (WrongOffset, 409),
    (Damaged, protocol.CHECKSUM_MISMATCH),
    (TooManyUploads, 429),
)


def speaks_tus(view: View[Parameters]) -> View[Parameters]:
    """Decorate a view of the protocol: who asks is logged in, and refusals are sentences."""

    @wraps(view)
    def answered(
        request: PersonRequest, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponse:
        request.method = _method(request)
        try:
            with want_of_space_told():
                response = _conduct(view, request, *args, **kwargs)
        except (Http404, Gone):
            # The latter when it was taken back while a piece was on its way.
            response = _sentence(404, _("There is no such upload."))
        except protocol.OtherVersion:
            response = HttpResponse(status=412)
            response["Tus-Version"] = protocol.VERSION
        except protocol.BadHeader as error:
            response = _sentence(400, str(error))
        except Refused as refusal:
            response = _sentence(_status(refusal), str(refusal))
        response["Tus-Resumable"] = protocol.VERSION
        response["Cache-Control"] = "no-store"
        return response

    return cast(View[Parameters], answered)


@speaks_tus
def uploads(request: PersonRequest) -> HttpResponse:
    """OPTIONS tells what the server can do; POST begins an upload."""
    if request.method != "POST":
        return _not_allowed("OPTIONS, POST")
    _require_version(request)
    size = protocol.natural_number("Upload-Length", request.headers.get("Upload-Length"))
    told = protocol.parse_metadata(request.headers.get("Upload-Metadata", ""))
    upload = actions.start_upload(
        told.get("target", ""),
        told.get("key", ""),
        name=told.get("filename", ""),
        size=size,
        by=request.user,
    )
    response = HttpResponse(status=201)
    response["Location"] = reverse("files:upload", args=[upload.pk])
    response["Upload-Expires"] = protocol.expires(upload.expires_at)
    return response


@speaks_tus
def upload(request: PersonRequest, upload_id: UUID) -> HttpResponse:
    """HEAD tells how much has arrived, PATCH brings more, DELETE takes the upload back."""
    found = get_object_or_404(uploads_of(request.user), pk=upload_id)
    answers = {"HEAD": _progress, "PATCH": _receive, "DELETE": _discard}
    if request.method not in answers:
        return _not_allowed("OPTIONS, HEAD, PATCH, DELETE")
    _require_version(request)
    if (found.is_expired and not found.is_checking) or found.is_refused:
        if request.method == "DELETE":
            return _discard(request, found)
        return _sentence(410, found.refusal or _("The upload has expired. Please start again."))
    return answers[request.method](request, found)


@login_required
@require_POST
def discard(request: PersonRequest, upload_id: UUID) -> HttpResponse:
    """Take an unfinished upload back, or a refused one off the page, with a plain button."""
    found = get_object_or_404(uploads_of(request.user), pk=upload_id)
    actions.discard_upload(found, by=request.user)
    return redirect(same_site_referrer(request))


def _method(request: HttpRequest) -> str:
    """Some proxies let only GET and POST through; the protocol has a header for that."""
    override = request.headers.get("X-HTTP-Method-Override", "")
    return override.upper() if request.method == "POST" and override else request.method or ""


def _conduct(
    view: View[Parameters],
    request: PersonRequest,
    *args: Parameters.args,
    **kwargs: Parameters.kwargs,
) -> HttpResponse:
    if request.method == "OPTIONS":
        return _abilities()
    if not request.user.is_authenticated:
        return _sentence(401, _("You are logged out. Log in again, and the upload goes on."))
    return view(request, *args, **kwargs)


def _require_version(request: HttpRequest) -> None:
    if request.headers.get("Tus-Resumable") != protocol.VERSION:
        raise protocol.OtherVersion


def _abilities() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Tus-Version"] = protocol.VERSION
    response["Tus-Extension"] = protocol.EXTENSIONS
    response["Tus-Max-Size"] = str(settings.MAX_UPLOAD_SIZE)
    response["Tus-Checksum-Algorithm"] = ",".join(protocol.ALGORITHMS)
    return response


def _progress(_request: HttpRequest, found: Upload) -> HttpResponse:
    response = HttpResponse()
    response["Upload-Length"] = str(found.size)
    response["Upload-Metadata"] = protocol.metadata(
        filename=found.name, target=found.target, key=found.key
    )
    return _told(response, found)


def _receive(request: PersonRequest, found: Upload) -> HttpResponse:
    """Take a piece, and hand the file over with the last one.

    The piece is read before the row is locked: a line that hangs holds nobody up, and what arrived
    of a piece whose line broke is kept.
    """
    if request.content_type != protocol.CONTENT_TYPE:
        return _sentence(415, f"Content-Type must be {protocol.CONTENT_TYPE}.")
    offset = protocol.natural_number("Upload-Offset", request.headers.get("Upload-Offset"))
    checksum = protocol.parse_checksum(request.headers.get("Upload-Checksum"))
    length = request.META.get("CONTENT_LENGTH")
    if not length:
        return _sentence(411, "Content-Length is required.")
    if offset != found.offset:
        raise WrongOffset(_("The upload goes on from another place. Please try again."))
    if protocol.natural_number("Content-Length", length) > found.size - offset:
        raise TooLarge(_("More arrived than was announced. Please choose the file again."))
    with SpooledTemporaryFile(_IN_MEMORY) as piece:
        _read(request, piece, int(length), checksum)
        found = actions.receive_piece(found, _pieces(piece), offset=offset, by=request.user)
    if found.is_refused:
        return _sentence(422, found.refusal)
    return _told(HttpResponse(status=204), found)


def _read(
    request: HttpRequest, piece: IO[bytes], length: int, checksum: protocol.Checksum | None
) -> None:
    """Read the body as far as it comes. Raises Damaged unless it fits the checksum.

    An OSError here is one of our own disk.
    """
    digest = protocol.ALGORITHMS[checksum.algorithm]() if checksum else hashlib.sha256()
    while length and (part := _read_part(request, length)):
        digest.update(part)
        piece.write(part)
        length -= len(part)
    if checksum and not checksum.fits(digest.digest()):
        raise Damaged(_("A piece of the file was damaged on its way. It is sent again."))


def _read_part(request: HttpRequest, length: int) -> bytes:
    """What comes next of the body; nothing once the line broke: the client will ask how far we got."""
    try:
        return request.read(min(_PIECE, length))
    except (UnreadablePostError, OSError):
        return b""


def _pieces(piece: IO[bytes]) -> Iterator[bytes]:
    piece.seek(0)
    while part := piece.read(_PIECE):
        yield part


def _discard(request: PersonRequest, found: Upload) -> HttpResponse:
    actions.discard_upload(found, by=request.user)
    return HttpResponse(status=204)


def _told(response: HttpResponse, found: Upload) -> HttpResponse:
    response["Upload-Offset"] = str(found.offset)
    if found.is_receiving:
        response["Upload-Expires"] = protocol.expires(found.expires_at)
    return response


def _status(refusal: Refused) -> int:
    return next((status for kind, status in _STATUSES if isinstance(refusal, kind)), 422)


def _sentence(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _not_allowed(methods: str) -> HttpResponse:
    response = HttpResponse(status=405)
    response["Allow"] = methods
    return response
