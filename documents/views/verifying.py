"""The public pages that tell whether a letter is genuine: by its code, by the file itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from documents.actions.throttling import is_guessing, note_wrong_code
from documents.forms import CodeForm, ComparisonForm
from documents.models import Document
from documents.panels import remarks_on, said_in
from documents.permissions import may_read_document
from documents.queries import (
    Which,
    begins_with,
    document_in_force,
    document_with_code,
    document_with_file,
    which_file,
)
from documents.rules.codes import grouped

from .hashing import announced_excess, asked_beginning, receives_files


@require_http_methods(["GET", "POST"])
@never_cache
@receives_files
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code is typed, which leads to its page, or a file chosen, which is looked for."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("documents:verify", grouped(form.cleaned_data["code"]))
    comparison, is_unknown = _comparison(request), False
    if comparison.is_bound and comparison.is_valid():
        document = document_with_file(comparison.cleaned_data["sha256"])
        if document is not None:
            which = which_file(document, comparison.cleaned_data["sha256"])
            return _shown(request, document, ComparisonForm(), which=which)
        note_wrong_code(request)
        is_unknown = True
    context = {"form": form, "comparison": comparison, "is_unknown": is_unknown}
    return render(request, "documents/verify_form.html", context, status=_status(request))


@require_http_methods(["GET", "POST"])
@never_cache
@receives_files
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
    comparison = _comparison(request)
    if not (comparison.is_bound and comparison.is_valid()):
        return _shown(request, document, comparison)
    sha256 = comparison.cleaned_data["sha256"]
    which = which_file(document, sha256)
    if which is not None:
        return _shown(request, document, ComparisonForm(), which=which)
    note_wrong_code(request)
    beginning = comparison.cleaned_data["beginning"]
    if begins_with(document, asked_beginning(request), beginning):
        return _shown(request, document, ComparisonForm(), is_continued=True)
    other = document_with_file(sha256)
    return _shown(request, document, ComparisonForm(), other=other, is_altered=other is None)


def _comparison(request: HttpRequest) -> ComparisonForm:
    """The form for a file with what was sent by it; of what is too large nothing was read."""
    if request.method == "GET":
        return ComparisonForm()
    excess = announced_excess(request)
    if excess:
        note_wrong_code(request)
        return ComparisonForm({}, excess=excess)
    return ComparisonForm(request.POST, request.FILES)


def _shown(
    request: HttpRequest,
    document: Document,
    comparison: ComparisonForm,
    *,
    which: Which | None = None,
    other: Document | None = None,
    is_continued: bool = False,
    is_altered: bool = False,
) -> HttpResponse:
    """What is known of the document, and of the file, where there is one: `which` of its own it is.

    Or an `other` letter of ours, or this one with something added after it, or none of ours.
    """
    in_force = None
    if document.validity == Document.Validity.SUPERSEDED:
        in_force = document_in_force(document)
    context = {
        "document": document,
        "said": said_in(document),
        "remarks": remarks_on(document),
        "comparison": comparison,
        "which": which,
        "other": other,
        "is_continued": is_continued,
        "is_altered": is_altered or is_continued,
        "seal_has_expired": document.seal_valid_until is not None
        and document.seal_valid_until < timezone.now(),
        "in_force": in_force,
        "may_read_newer": in_force is not None
        and request.user.is_authenticated
        and may_read_document(request.user, in_force),
    }
    return render(request, "documents/verify.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 413 if request.method == "POST" and announced_excess(request) else 200
