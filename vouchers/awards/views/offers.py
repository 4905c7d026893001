"""Answering an award."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import ask_why
from documents.queries import documents_about
from vouchers.applications.permissions import may_read_application
from vouchers.awards import actions
from vouchers.awards.batches.queries import rounds_with_letters_visible_to
from vouchers.awards.models import Award
from vouchers.awards.panels import signatures_panel
from vouchers.awards.permissions import may_answer_award, may_extend_award
from vouchers.awards.queries import voucher_of
from vouchers.awards.queries.ceilings import applications_with_ceilings
from vouchers.awards.steps import award_step
from vouchers.awards.views.finding import award_or_404


@login_required
def award(request: PersonRequest, pk: int) -> HttpResponse:
    """One award: what is offered, by when to answer, and its letter."""
    found = award_or_404(request, pk)
    may_answer = may_answer_award.test(request.user, found)
    return render(
        request,
        "awards/award.html",
        {
            "award": found,
            "voucher": voucher_of(found),
            **signatures_panel(found, request.user),
            "offered": found.state == Award.State.OFFERED,
            "may_answer": may_answer,
            "may_extend": may_extend_award.test(request.user, found),
            "extensions": found.extensions.select_related("granted_by"),
            "may_read": may_read_application.test(request.user, found.application),
            "may_read_ceiling": applications_with_ceilings(request.user)
            .filter(pk=found.application_id)
            .exists(),
            "step": award_step(found, may_answer=may_answer),
            "documents": documents_about(found),
            "letters_round": rounds_with_letters_visible_to(request.user)
            .filter(decisions=found.decision_id)
            .values_list("pk", flat=True)
            .first(),
            "entries": timeline(found),
        },
    )


@login_required
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Decline an award for the cluster."""
    found = award_or_404(request, pk)
    require(may_answer_award, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.decline_award(found, reason=reason, by=request.user),
        about=found,
        heading=_("Decline the award"),
        label=_("Decline the award"),
        told=_("The award is declined, and your country partner is told."),
        back=found,
        hint=_(
            "Your country partner reads it. The voucher is then free for another cluster: this "
            "cannot be undone."
        ),
    )
