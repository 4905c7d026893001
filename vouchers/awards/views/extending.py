"""Giving more time to answer an award."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from documents.wording import day
from vouchers.awards import actions
from vouchers.awards.forms.extending import MoreTimeForm
from vouchers.awards.models import Award
from vouchers.awards.permissions import may_extend_award
from vouchers.awards.views.finding import award_or_404


@login_required
def extend(request: PersonRequest, pk: int) -> HttpResponse:
    """Move the last day for answering the award `pk`, with a reason."""
    found = award_or_404(request, pk)
    require(may_extend_award, request.user, found)
    require_state(found, Award.State.OFFERED)
    hint = _("Later than %(day)s, and %(last)s at the latest.") % {
        "day": day(found.accept_by),
        "last": day(found.application.call.assistance_ends),
    }
    form = MoreTimeForm(request.POST or None, hint=hint)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            made = actions.extend_award(found, by=request.user, **form.cleaned_data)
            told = _("The award can now be accepted until %(day)s. The cluster is told.")
            messages.success(request, told % {"day": day(made.until)})
            return redirect(found)
    return render(request, "awards/extend.html", {"award": found, "form": form})
