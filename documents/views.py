"""Opening a document, and the public page that tells whether one is genuine."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import PersonRequest
from documents.actions.throttling import is_guessing, note_wrong_code
from documents.rules.codes import grouped
from files.views.serving import private_file
from files.wording.kinds import PDF

from .actions import retry_document
from .forms import CodeForm, ComparisonForm
from .models import Document
from .queries import document_in_force, document_visible_to, document_with_code


@require_GET
@never_cache
@login_required
def download(request: PersonRequest, document_id: UUID) -> HttpResponseBase:
    """The file to those who may read it; while it is being made, a page that waits for it."""
    document = _readable(request, document_id)
    if document.is_ready:
        return _file(request, document, inline="inline" in request.GET)
    return render(request, "documents/waiting.html", {"document": document})


@require_GET
@never_cache
@login_required
def status(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """One document's line in a list, which asks for itself until the file is there."""
    return render(request, "documents/_item.html", {"job": _readable(request, document_id)})


@require_POST
@login_required
def retry(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Make a document that failed once more."""
    document = _readable(request, document_id)
    retry_document(document, by=request.user)
    return redirect(document)


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code is typed; a complete one leads to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("documents:verify", grouped(form.cleaned_data["code"]))
    return render(request, "documents/verify_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the letter with this code is genuine and holds; a POST compares a file with it."""
    if is_guessing(request):
        return render(request, "documents/verify_later.html", status=429)
    document = document_with_code(code)
    if document is None:
        note_wrong_code(request)
        unknown = {"form": CodeForm(initial={"code": code})}
        return render(request, "documents/verify_unknown.html", unknown, status=404)
    if request.method == "GET" and code != document.grouped_code:
        return redirect(document.verification_url.removeprefix(settings.SITE_URL))
    context = {"document": document, "form": ComparisonForm(), "in_force": None}
    if document.validity == Document.Validity.SUPERSEDED:
        context["in_force"] = document_in_force(document)
    if request.method == "POST":
        form = context["form"] = ComparisonForm(request.POST, request.FILES)
        if form.is_valid():
            context["compared"] = form.cleaned_data["file"].name
            context["same"] = _is_our_file(document, form.cleaned_data["file"])
    return render(request, "documents/verify.html", context)


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


def _is_our_file(document: Document, upload: UploadedFile) -> bool:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return document.is_ready and constant_time_compare(digest.hexdigest(), document.file_sha256)
