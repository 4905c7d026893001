"""A survey for those who read it, and sending its link anew."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from vouchers.assistance.surveys import actions, queries
from vouchers.assistance.surveys.forms.sending import SendAnewForm
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.panels import shown_survey
from vouchers.assistance.surveys.permissions import may_send_survey


@login_required
def survey(request: PersonRequest, pk: int) -> HttpResponse:
    """What was answered, in all versions, and who has the link."""
    found = _found(request, pk)
    shown, versions = shown_survey(found)
    context = {
        "survey": found,
        "voucher": found.voucher,
        "shown": shown,
        "versions": versions,
        "survey_link": queries.standing_link_of(found),
        "may_send": not found.has_ended and may_send_survey.test(request.user, found.voucher),
        "entries": timeline(found, *found.links.all()),
    }
    return render(request, "surveys/survey.html", context)


@login_required
def send(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the link anew to a representative of the cluster."""
    found = _found(request, pk)
    require(may_send_survey, request.user, found.voucher)
    if found.has_ended and request.method != "POST":
        return redirect(found)
    form = SendAnewForm(
        request.POST or None,
        people=queries.representatives_of(found),
        initial={"person": queries.addressee_of(found)},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.send_survey_anew(found, person=form.cleaned_data["person"], by=request.user)
            messages.success(request, _("The link is on its way."))
            return redirect(found)
    context = {"form": form, "survey": found, "voucher": found.voucher}
    return render(request, "surveys/send.html", context)


def _found(request: PersonRequest, pk: int) -> Survey:
    """The survey, for whoever may read its voucher; 404 for everybody else."""
    visible = queries.with_answers(queries.with_facts(queries.surveys_visible_to(request.user)))
    return get_object_or_404(visible, pk=pk)
