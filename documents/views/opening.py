"""Opening a document, for who may read what it is about."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from documents.actions import hurry, retry_document
from documents.models import Document
from documents.permissions import may_read_archive
from documents.queries import document_visible_to
from files.views.serving import private_file
from files.wording.kinds import PDF


@require_GET
@never_cache
@login_required
def download(request: PersonRequest, document_id: UUID) -> HttpResponseBase:
    """The file to those who may read it; while it is being made, a page that waits for it."""
    document = _readable(request, document_id)
    if document.is_ready:
        return _file(request, document, inline="inline" in request.GET)
    hurry(document)
    return render(request, "documents/waiting.html", {"document": document})


@require_GET
@never_cache
@login_required
def archive(request: PersonRequest, document_id: UUID) -> HttpResponseBase:
    """The copy for an archive (PDF/A-3u with the facts), to those who keep the programme's."""
    document = _readable(request, document_id)
    if not document.archive or not may_read_archive.test(request.user, document):
        raise Http404
    return private_file(
        request,
        document.archive,
        name=document.archive_name,
        content_type=PDF.content_type,
        sha256=document.archive_sha256,
        inline=False,
    )


@require_GET
@never_cache
@login_required
def status(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """One document's line in a list, which asks for itself until the file is there."""
    document = _readable(request, document_id)
    if document.is_pending:
        hurry(document)
    return render(request, "documents/_item.html", {"job": document})


@require_POST
@login_required
def retry(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Make a document that failed once more."""
    document = _readable(request, document_id)
    retry_document(document, by=request.user)
    return redirect(document)


def _readable(request: HttpRequest, document_id: UUID) -> Document:
    """The document, or 404 where there is none that the person may read."""
    document = document_visible_to(request.user, document_id)
    if document is None:
        raise Http404
    return document


def _file(request: HttpRequest, document: Document, *, inline: bool) -> HttpResponseBase:
    return private_file(
        request,
        document.file,
        name=document.file_name,
        content_type=PDF.content_type,
        sha256=document.file_sha256,
        inline=inline,
    )
