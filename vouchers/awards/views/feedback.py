"""What one cluster reads of its assessment: comments to release, and reasons to write."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from vouchers.awards import actions, queries
from vouchers.awards.forms import FeedbackForm
from vouchers.awards.models import Decision, Outcome
from vouchers.awards.permissions import may_read_round, may_steer_round
from vouchers.awards.queries.feedback import draft_of_reasons
from vouchers.awards.views.finding import decision_or_404


@login_required
def feedback(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose comments and write reasons until the publication; read them after."""
    decision = decision_or_404(request, pk)
    require(may_read_round, request.user, decision.selection_round)
    form = FeedbackForm(
        request.POST or None, decision=decision, initial={"reasons": _reasons(decision)}
    )
    if request.method == "POST":
        require(may_steer_round, request.user, decision.selection_round)
        if form.is_valid():
            with refusal_beside(form):
                actions.save_feedback(
                    decision,
                    form.written(),
                    seen=form.cleaned_data["version"],
                    by=request.user,
                )
                messages.success(request, _("The feedback is saved."))
                return redirect(_where_next(request, decision))
    decision.refresh_from_db()
    fixed = decision.selection_round.state not in ("proposed", "approved")
    return render(
        request,
        "awards/feedback.html",
        {
            "decision": decision,
            "form": form,
            "stands": _reasons(decision) if form.errors else None,
            "fixed": fixed,
            "may_write": not fixed and may_steer_round.test(request.user, decision.selection_round),
            "awarded": decision.outcome == Outcome.AWARD,
            "entries": timeline(decision.feedback, *decision.comments.all()).only(
                lambda entry: not entry.created
            ),
        },
    )


def _where_next(request: HttpRequest, decision: Decision) -> str:
    """The next decision of the round where that was asked for; otherwise this page again."""
    if "next" not in request.POST:
        return decision.feedback.get_absolute_url()
    following = queries.decision_after(decision)
    if following:
        return following.feedback.get_absolute_url()
    return decision.selection_round.get_absolute_url()


def _reasons(decision: Decision) -> LazyI18nString:
    """The reasons as they stand; the draft in each language where nobody wrote any."""
    written = decision.feedback.reasons
    if written and str(written).strip():
        return written
    drafts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            drafts[language] = draft_of_reasons(decision)
    return LazyI18nString(drafts)
