"""The pages of a consensus: what differs, the discussion, the rapporteur, what was agreed."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from accounts.permissions import is_assessor, is_coordinator, is_officer
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from inputs.rules.numbers import sent_number
from lists.views import ListPage, Order
from vouchers.scoring.assessing.forms.assignments import AssignForm
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.queries.assignments import possible_assessors
from vouchers.scoring.assessing.queries.consensus import consensuses_visible_to, who_submitted
from vouchers.scoring.rounds.models import ScoringRound

from . import actions, queries
from .forms import ConsensusForm, ConsensusMessageForm
from .permissions import (
    may_agree,
    may_appoint_rapporteur,
    may_ask_third,
    may_become_rapporteur,
    may_discuss,
)
from .queries import causes_in_words, consensuses_to_settle, side_by_side


class ConsensusList(ListPage):
    """The consensuses that wait for the person, the longest waiting first."""

    request: PersonRequest

    template = "scoring/consensuses.html"
    orders: Mapping[str, Order] = {"oldest": Order(gettext_lazy("Oldest first"), ("asked_at",))}

    def records(self) -> QuerySet[Consensus]:
        if not (is_assessor | is_officer | is_coordinator).test(self.request.user):
            raise Http404
        return consensuses_to_settle(self.request.user)

    def with_facts(self, records: QuerySet[Consensus]) -> QuerySet[Consensus]:
        return records.select_related("application__cluster", "application__country")


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """The consensuses that wait for the person."""
    return ConsensusList(request).answer()


@login_required
def consensus(request: PersonRequest, pk: int) -> HttpResponse:
    """The assessments side by side and the discussion; somebody who may, writes in it."""
    found = _visible(request, pk)
    form = ConsensusMessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.write_message(found, form.cleaned_data["text"], by=request.user)
            messages.success(request, _("Your message is sent."))
            return redirect(f"{found.get_absolute_url()}#latest")
    return render(request, "scoring/consensus.html", _shown(request, found, form))


@login_required
def agree(request: PersonRequest, pk: int) -> HttpResponse:
    """The rapporteur records what was agreed."""
    found = _visible(request, pk)
    require(
        may_agree,
        request.user,
        found,
        otherwise=_("Only the rapporteur records what was agreed."),
    )
    form = ConsensusForm(request.POST or None, call=found.application.call, consensus=found)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.agree(found, form.scores(), reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The consensus is recorded. It counts in the ranking."))
            return redirect(found)
    return render(request, "scoring/agree.html", {"form": form, **_differing(found)})


@login_required
@require_POST
def rapporteur(request: PersonRequest, pk: int) -> HttpResponse:
    """Come forward as rapporteur, or appoint one of the assessors who submitted."""
    found = _visible(request, pk)
    person = None
    if "person" in request.POST:
        submitted = who_submitted(found.application)
        person = get_object_or_404(submitted, pk=sent_number(request.POST["person"]))
    found = actions.become_rapporteur(found, person=person, by=request.user)
    messages.success(request, _("%(person)s is the rapporteur.") % {"person": found.rapporteur})
    return redirect(found)


@login_required
def step_back(request: PersonRequest, pk: int) -> HttpResponse:
    """The rapporteur steps back, or is relieved, with a reason."""
    found = _visible(request, pk)
    if found.rapporteur_id != request.user.pk:
        require(may_appoint_rapporteur, request.user, found.application)
    return ask_why(
        request,
        lambda reason: actions.release_rapporteur(found, reason=reason, by=request.user),
        about=found,
        heading=_("Another rapporteur"),
        label=_("Free the place"),
        told=_("Another assessor can be rapporteur now."),
        back=found,
    )


@login_required
def again(request: PersonRequest, pk: int) -> HttpResponse:
    """Take up again what was agreed."""
    found = _visible(request, pk)
    require(may_agree, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.correct_consensus(found, reason=reason, by=request.user),
        about=found,
        heading=_("Take the consensus up again"),
        label=_("Take up again"),
        told=_("The agreed scores can be changed now. They count once they are recorded anew."),
        back=reverse("scoring:agree", args=[pk]),
    )


@login_required
@require_POST
def third(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask one more assessor for an opinion."""
    found = _visible(request, pk)
    require(may_ask_third, request.user, found.application)
    form = AssignForm(request.POST, assessors=possible_assessors(found.application))
    if form.is_valid():
        assessor: User = form.cleaned_data["assessor"]
        actions.ask_third(found.application, assessor, by=request.user)
        messages.success(
            request, _("%(person)s is asked for a third opinion.") % {"person": assessor}
        )
    else:
        messages.error(request, _("Choose whom to ask for a third opinion."))
    return redirect(found)


def _visible(request: PersonRequest, pk: int) -> Consensus:
    """The consensus on an application, for those who may read it; 404 for anybody else."""
    found = consensuses_visible_to(request.user).select_related("rapporteur")
    return get_object_or_404(found, application=pk)


def _differing(found: Consensus) -> dict[str, object]:
    columns, rows = side_by_side(found.application)
    return {
        "consensus": found,
        "application": found.application,
        "causes": causes_in_words(found),
        "columns": columns,
        "rows": rows,
    }


def _shown(request: HttpRequest, found: Consensus, form: ConsensusMessageForm) -> dict[str, object]:
    user, application = request.user, found.application
    third_opinion = queries.third_opinion(application)
    is_asked = found.state == Consensus.State.ASKED
    may_ask = is_asked and third_opinion is None and may_ask_third.test(user, application)
    may_appoint = is_asked and may_appoint_rapporteur.test(user, application)
    submitted = list(who_submitted(application))
    agreed = list(found.scores.select_related("criterion"))
    return {
        **_differing(found),
        "form": form,
        "conversation": found.messages.select_related("author"),
        "agreed": agreed,
        "waits": len(submitted) < application.call.assessors_required,
        "third": third_opinion,
        "third_form": AssignForm(assessors=possible_assessors(application)) if may_ask else None,
        "to_appoint": submitted if may_appoint and found.rapporteur is None else [],
        "may_come_forward": is_asked
        and found.rapporteur is None
        and may_become_rapporteur.test(user, application),
        "may_step_back": is_asked
        and found.rapporteur is not None
        and (may_appoint or found.rapporteur == user),
        "may_agree": may_agree.test(user, found),
        "is_one_of_them": is_asked and user in submitted,
        "may_write": is_asked and may_discuss.test(user, application),
        "is_closed": ScoringRound.objects.filter(
            call=application.call, state=ScoringRound.State.CLOSED
        ).exists(),
        # That each score was recorded is with the consensus itself; what was mended is told.
        "entries": timeline(found, *agreed).only(
            lambda entry: not entry.created or entry.record == str(Consensus._meta.verbose_name)
        ),
    }
