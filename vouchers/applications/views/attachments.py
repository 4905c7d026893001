"""Files of an application: added to a question, taken out, and given to those who may read them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused
from conduct.views import own_page, same_site_referrer
from files.actions.uploads import take_file
from files.views.serving import kept_file, may_show_inline, preview_picture
from vouchers.applications import actions, queries
from vouchers.applications.models import Application, Attachment
from vouchers.applications.targets import ATTACHMENT, attachment_key
from vouchers.calls.models import Question

from .finding import draft_for


@login_required
def attach(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    """The files of one question of a draft: as a page, or as the part that a script puts anew.

    A POST adds files that came whole with the form; what is wrong with one is shown beside it.
    """
    application = draft_for(request, pk)
    asked = get_object_or_404(
        application.call.questions.select_related("section"), pk=question, kind=Question.Kind.FILE
    )
    back = _page_to_go_back_to(request)
    problems: list[str] = []
    if request.method == "POST":
        problems = _take_files(request, application, asked)
        if not problems:
            return redirect(f"{back or request.path}#files-{asked.pk}")
    context = {
        "application": application,
        "question": asked,
        "attachments": application.attachments.filter(question=asked),
        "may_edit": True,
        "problems": problems,
        "back": back or reverse("applications:edit", args=[application.pk]),
    }
    part = "applications/_files.html" if request.htmx else "applications/attach.html"
    return render(request, part, context)


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    attachment = get_object_or_404(queries.attachments_visible_to(request.user), pk=pk)
    actions.remove_attachment(attachment, by=request.user)
    messages.success(request, _("The file is removed."))
    back = same_site_referrer(request)
    if back == "/":
        back = reverse("applications:edit", args=[attachment.application_id])
    return redirect(f"{back}#files-{attachment.question_id}")


@login_required
@require_safe
def attachment(request: PersonRequest, pk: int) -> HttpResponseBase:
    """One file of an application, to those who may read it; pictures also inside the browser."""
    found = get_object_or_404(queries.attachments_visible_to(request.user), pk=pk)
    return attachment_file(request, found)


@login_required
@require_safe
def preview(request: PersonRequest, pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of a file (0 for the thumbnail), to those who may read the file."""
    found = get_object_or_404(queries.attachments_visible_to(request.user), pk=pk)
    return preview_picture(request, found.file, number, sha256=found.sha256)


def attachment_file(request: HttpRequest, found: Attachment) -> HttpResponseBase:
    """The file itself; who may have it is checked."""
    return kept_file(
        request, found, inline="inline" in request.GET and may_show_inline(found.content_type)
    )


def _take_files(request: PersonRequest, application: Application, question: Question) -> list[str]:
    """Take each file that was sent; what is wrong with those that were not taken."""
    sent = request.FILES.getlist("file")
    if not sent:
        return [_("Choose a file.")]
    problems = []
    key = attachment_key(application, question)
    for file in sent:
        try:
            upload = take_file(ATTACHMENT.name, key, file, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            problems.append(f"{file.name}: {refusal}")
        else:
            if not upload.is_checking:
                messages.success(
                    request, _("The file “%(name)s” is attached.") % {"name": upload.name}
                )
    return problems


def _page_to_go_back_to(request: HttpRequest) -> str:
    """The page of ours on which the form was shown, as the form says; empty where it says none."""
    return own_page(request, request.POST.get("next") or request.GET.get("next") or "")
