"""“See it as this assessor”: their pages, to read only, at addresses of their own.

The coordinator stays who they are: nobody's session is taken over, and whatever is sent to these
addresses is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from conduct.queries.history import timeline
from conduct.views import ask_why
from exports.rules.columns import Column, Kind
from files.views.serving import preview_picture
from lists.forms import ListFilters, WordsFilter
from lists.views import ListPage, Order
from vouchers.applications.models import Attachment
from vouchers.applications.queries import filled_form
from vouchers.applications.views.attachments import attachment_file
from vouchers.scoring.assessing.forms.assessments import AssessmentForm
from vouchers.scoring.assessing.forms.conflicts import DeclarationForm
from vouchers.scoring.assessing.models import Assignment
from vouchers.scoring.assessing.permissions import may_read_as_assessor, may_read_assessment
from vouchers.scoring.assessing.queries.conflicts import hints_between
from vouchers.scoring.assessing.views.worklist import Worklist

from . import actions
from .models import SupportSession
from .queries import (
    assessors_supported_by,
    assignments_in_support,
    open_session,
    sessions_visible_to,
    unread_assessment,
)


class _SessionFilters(ListFilters):
    """Text in the names of the assessor and of who looked, and in the reason."""

    text = WordsFilter(
        "assessor__full_name", "seen_by__full_name", "reason", label=gettext_lazy("Name or reason")
    )


class SessionList(ListPage):
    """Who looked at whose pages, when and why; Http404 for who has no such list."""

    request: PersonRequest

    name = "looks-at-assessors"
    title = gettext_lazy("Looks at assessors’ pages")
    template = "scoring/sightings.html"
    filter_class = _SessionFilters
    orders: Mapping[str, Order] = {"newest": Order(gettext_lazy("Newest first"), ("-begun_at",))}
    columns = (
        Column(
            "assessor", gettext_lazy("Assessor"), kind=Kind.TEXT, value=lambda one: one.assessor
        ),
        Column("seen_by", gettext_lazy("Seen by"), kind=Kind.TEXT, value=lambda one: one.seen_by),
        Column(
            "begun_at",
            gettext_lazy("Begun (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.begun_at,
        ),
        Column("reason", gettext_lazy("Reason"), value=lambda one: one.reason, width=60),
    )

    def records(self) -> QuerySet[SupportSession]:
        found = sessions_visible_to(self.request.user)
        if not (is_coordinator | is_auditor).test(self.request.user) and not found.exists():
            raise Http404
        return found

    def with_facts(self, records: QuerySet[SupportSession]) -> QuerySet[SupportSession]:
        return records.select_related("assessor", "seen_by")


class SupportedWorklist(Worklist):
    """The list of an assessor, without what the coordinator may not see."""

    def __init__(self, request: PersonRequest, assignments: QuerySet[Assignment]) -> None:
        super().__init__(request)
        self.assignments = assignments

    def records(self) -> QuerySet[Assignment]:
        return self.assignments


@login_required
@require_safe
def sightings(request: PersonRequest) -> HttpResponseBase:
    """Who looked at whose pages, when and why: for coordinators, auditors and the assessor."""
    return SessionList(request).answer()


@login_required
def begin(request: PersonRequest, user_pk: int) -> HttpResponse:
    """Say why, and see the pages of an assessor for an hour."""
    assessor = get_object_or_404(assessors_supported_by(request.user), pk=user_pk)
    return ask_why(
        request,
        lambda reason: actions.begin_support_session(assessor, reason=reason, by=request.user),
        about=_("%(person)s is told, and auditors can read it.") % {"person": assessor},
        heading=_("See it as %(person)s") % {"person": assessor},
        label=_("See it for an hour"),
        told=_("You see what the assessor sees. Nothing can be changed here."),
        back=reverse("scoring:seen_mine", args=[assessor.pk]),
    )


@login_required
@require_safe
@never_cache
def mine(request: PersonRequest, user_pk: int) -> HttpResponseBase:
    """The assessor's list, without what the coordinator may not see."""
    look = _look(request, user_pk)
    if look is None:
        return redirect("scoring:see_as", user_pk)
    listed = SupportedWorklist(request, look.assignments)
    return listed.answer(seeing=look.session, now=timezone.now())


@login_required
@require_safe
@never_cache
def assignment(request: PersonRequest, user_pk: int, pk: int) -> HttpResponse:
    """The assessor's page of one application: the declaration, or content and what is submitted."""
    look = _look(request, user_pk)
    if look is None:
        return redirect("scoring:see_as", user_pk)
    found = get_object_or_404(look.assignments, pk=pk)
    context: dict[str, Any] = {
        "seeing": look.session,
        "assignment": found,
        "application": found.application,
    }
    if found.state == Assignment.State.ASSIGNED:
        hints = hints_between([found.assessor], [found.application])
        context["hints"] = hints.get((found.application_id, found.assessor_id), [])
        return render(request, "scoring/declare.html", {**context, "form": DeclarationForm()})
    context["filled"] = filled_form(found.application)
    if found.state == Assignment.State.SCORED:
        return render(request, "scoring/seen_scored.html", context | _submitted(request, found))
    # The grid as it is before anything is typed: what is typed is the assessor's until submitted.
    unread = unread_assessment(found)
    unread.comment = ""
    context["form"] = AssessmentForm(None, call=found.application.call, assessment=unread)
    return render(request, "scoring/seen_score.html", context)


@login_required
@require_safe
def attachment(request: PersonRequest, user_pk: int, pk: int, file_pk: int) -> HttpResponseBase:
    """A file as the assessor opens it; 404 where they could not."""
    return attachment_file(request, _file(request, user_pk, pk, file_pk))


@login_required
@require_safe
def preview(
    request: PersonRequest, user_pk: int, pk: int, file_pk: int, number: int
) -> HttpResponseBase:
    """The picture of a page of such a file (0 for the thumbnail)."""
    file = _file(request, user_pk, pk, file_pk)
    return preview_picture(request, file.file, number, sha256=file.sha256)


@dataclass(frozen=True)
class _OpenLook:
    """A look that has begun, and what the coordinator may see of the assessor's list."""

    session: SupportSession
    assignments: Any


def _look(request: PersonRequest, user_pk: int) -> _OpenLook | None:
    """The look at an assessor's pages, None before it has begun; 404 for who may not look."""
    assessor: User = get_object_or_404(assessors_supported_by(request.user), pk=user_pk)
    session = open_session(assessor, by=request.user)
    if session is None:
        return None
    return _OpenLook(session, assignments_in_support(assessor, by=request.user))


def _file(request: PersonRequest, user_pk: int, pk: int, file_pk: int) -> Attachment:
    look = _look(request, user_pk)
    if look is None:
        raise Http404
    found = get_object_or_404(look.assignments, pk=pk)
    if not may_read_as_assessor.test(look.session.assessor, found):
        raise Http404
    return get_object_or_404(found.application.attachments.all(), pk=file_pk)


def _submitted(request: HttpRequest, found: Assignment) -> dict[str, Any]:
    """What was submitted, to a coordinator who may read scores (they may be blind themselves)."""
    may_read = may_read_assessment.test(request.user, found.assessment)
    scores = found.assessment.scores.select_related("criterion")
    return {
        "may_read": may_read,
        "scores": scores if may_read else [],
        "entries": timeline(found),
    }
