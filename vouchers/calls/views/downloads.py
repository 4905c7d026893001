"""The form of a call to take away, as PDF and as Word document: open to everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from conduct.actions import Refused
from documents.actions import issue_document
from documents.actions.facts import facts_sha256
from documents.models import Document
from documents.queries import current_document
from files.views.serving import private_file
from files.wording.kinds import DOCX, PDF
from vouchers.calls import queries
from vouchers.calls.letters.form import FORM, form_facts
from vouchers.calls.letters.word import word_form
from vouchers.calls.models import Call

# A form that was made stays at hand so long (seconds); another version has another key.
KEPT = 24 * 60 * 60
# How soon a browser asks again for a PDF that is being made (seconds).
AGAIN = 3


@require_safe
def form_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form as a PDF; the first who asks sees for a moment that it is being made."""
    call, language = _asked_for(request, slug)
    document = _document(call, language)
    if document.is_ready:
        return private_file(
            request,
            document.file,
            name=document.file_name,
            content_type=PDF.content_type,
            sha256=document.file_sha256,
        )
    response = render(
        request,
        "calls/form_being_made.html",
        {"call": call, "language": language, "failed": document.is_failed},
        status=503 if document.is_failed else 200,
    )
    if document.is_pending:
        response["Refresh"] = str(AGAIN)
    return response


@require_safe
def form_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The form as a Word document, with space to write."""
    call, language = _asked_for(request, slug)
    facts = _facts(call, language)
    content = cache.get_or_set(
        f"call-form-docx-{language}-{facts_sha256(facts)}",
        lambda: word_form(facts, language),
        KEPT,
    )
    response = HttpResponse(content, content_type=DOCX.content_type)
    name = f"{call.reference}-{FORM.slug}-{language}.docx"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked_for(request: HttpRequest, slug: str) -> tuple[Call, str]:
    """The call and the language; 404 for a language that the portal does not speak."""
    call = get_object_or_404(queries.with_terms(queries.calls_visible_to(request.user)), slug=slug)
    language = request.GET.get("language") or translation.get_language() or "en"
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return call, language


def _facts(call: Call, language: str) -> dict[str, Any]:
    with translation.override(language):
        return form_facts(call)


def _document(call: Call, language: str) -> Document:
    """The form that holds today; issued when nobody has asked for it yet, or the call changed."""
    facts = _facts(call, language)
    try:
        return issue_document(
            FORM, call, facts, language=language, by=None, reference=call.reference
        )
    except Refused:
        # Somebody else asked at the same instant.
        document = current_document(FORM.slug, call, language)
        if document is None:
            raise
        return document
