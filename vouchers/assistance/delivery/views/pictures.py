"""The pictures of a session: added, taken out, and given out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from files.views.serving import kept_file, may_show_inline
from vouchers.assistance.delivery import actions, queries
from vouchers.assistance.delivery.forms.pictures import SessionPictureForm
from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.delivery.panels.pictures import pictures_context
from vouchers.assistance.delivery.permissions import may_log_session

from .finding import found_session


@login_required
def pictures(request: PersonRequest, pk: int) -> HttpResponse:
    """Add pictures to a session (`pk`) until it is confirmed."""
    session = found_session(request, pk)
    require(may_log_session, request.user, session.voucher)
    if request.method == "GET":
        require_state(session, *Session.OPEN_TO_PICTURES)
    form = SessionPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            added = actions.add_session_picture(
                session,
                form.cleaned_data["file"],
                alternative=form.cleaned_data["alternative"],
                by=request.user,
            )
            messages.success(request, _("“%(name)s” is added.") % {"name": added.name})
            return redirect(request.path)
    return render(
        request,
        "delivery/pictures.html",
        {
            **pictures_context(
                session,
                form,
                shown_at=lambda one: reverse("delivery:picture", args=[one.pk]),
                removed_at=lambda one: reverse("delivery:remove_picture", args=[one.pk]),
            ),
            "voucher": session.voucher,
        },
    )


@login_required
def picture(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A picture (`pk`), for whoever may read the voucher."""
    return picture_given_out(request, found_picture(request, pk))


@login_required
@require_POST
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a picture (`pk`) out of its session."""
    found = found_picture(request, pk)
    actions.remove_session_picture(found, by=request.user)
    messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    return redirect("delivery:pictures", found.session_id)


def found_picture(request: PersonRequest, pk: int) -> SessionPicture:
    """The picture, for whoever may read its voucher; 404 for everybody else."""
    return get_object_or_404(queries.session_pictures_visible_to(request.user), pk=pk)


def picture_given_out(request: HttpRequest, found: SessionPicture) -> HttpResponseBase:
    """The bytes of a picture that the caller has found for the reader."""
    return kept_file(request, found, inline=may_show_inline(found.content_type))
