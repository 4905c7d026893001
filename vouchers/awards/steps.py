"""What comes next once it is decided: the award, a place on the reserve list, a review."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.permissions import may_sign_for
from documents.wording import day, instant
from vouchers.applications.models import Application
from vouchers.applications.steps import YOU, Step, tells_step_of
from vouchers.awards.models import Appeal, Award, Decision, ReservePlace
from vouchers.awards.permissions import may_countersign
from vouchers.awards.queries.clocks import review_until
from vouchers.awards.queries.countersigning import SignedAgreement, told_of_waiting
from vouchers.awards.queries.offers import award_of, voucher_of
from vouchers.awards.queries.selection import published_decision


@tells_step_of(Application.State.SELECTED)
def selected_step(application: Application, user: User) -> Step:
    """What became of the award, and by when its cluster answers; two queries."""
    award = award_of(application)
    if award is None:
        return Step(_("The application was selected. The award tells the rest."))
    return award_step(award, may_answer=may_sign_for.test(user, application.cluster))


def award_step(award: Award, *, may_answer: bool) -> Step:
    """What comes next for an award, to who answers it or to anybody else; one query at most."""
    if award.state == Award.State.OFFERED:
        return answer_step(award) if may_answer else _waiting_for_answer(award)
    voucher = voucher_of(award)
    if voucher is not None:
        text = _("The award is accepted: the voucher tells the rest.")
        return Step(text, "", voucher.get_absolute_url(), _("Open the voucher"))
    if award.state == Award.State.DECLINED:
        return Step(_("The cluster declined the award. Nothing more is to be done here."))
    text = _("The award was not accepted by %(day)s, and has lapsed.")
    return Step(text % {"day": day(award.accept_by)})


def countersigning_step(agreement: SignedAgreement, user: User) -> Step:
    """Of an agreement that waits for its second signature: since when, and to whom where to give it."""
    award, text = agreement.signature.award, told_of_waiting(agreement)
    if not may_countersign.test(user, award):
        return Step(text, _("the coordination team"))
    url = reverse("awards:countersign", args=[award.pk])
    return Step(text, YOU, url, _("Read and counter-sign the agreement"))


def step_before_money(agreement: SignedAgreement | None, user: User) -> Step | None:
    """What comes before a contract is concluded or a claim approved, where something does."""
    if agreement is None or not agreement.waits:
        return None
    return countersigning_step(agreement, user)


def answer_step(award: Award) -> Step:
    """To who answers the award for its cluster: by when, and where."""
    text = _("Your cluster is selected: read the award letter, and accept the voucher by %(day)s.")
    url = award.get_absolute_url()
    return Step(text % {"day": day(award.accept_by)}, YOU, url, _("Read the award"))


def _waiting_for_answer(award: Award) -> Step:
    text = _("A manager of the cluster accepts the award by %(day)s.")
    return Step(text % {"day": day(award.accept_by)}, _("the cluster"))


@tells_step_of(Application.State.RESERVE)
def reserve_step(application: Application, user: User) -> Step:
    """Where it is on the reserve list, and until when; one query."""
    decision = published_decision(application)
    place = getattr(decision, "reserve_place", None)
    if decision is None or not isinstance(place, ReservePlace):
        return Step(_("The application stands on the reserve list."))
    text = _("The application stands at place %(place)s of the reserve list, until %(until)s.") % {
        "place": place.position,
        "until": instant(place.until, application.country.time_zone),
    }
    return _with_review(text, decision, application, user)


@tells_step_of(Application.State.REFUSED)
def refused_step(application: Application, user: User) -> Step:
    """That the letter gives the reasons, and whether a review can be asked for; one query."""
    text = _("The application was not selected. The letter gives the reasons and the scores.")
    decision = published_decision(application)
    return Step(text) if decision is None else _with_review(text, decision, application, user)


def _with_review(text: str, decision: Decision, application: Application, user: User) -> Step:
    appeal: Appeal | None = getattr(decision, "appeal", None)
    manages = may_sign_for.test(user, application.cluster)
    if appeal is not None:
        readable = appeal.get_absolute_url() if manages else ""
        if appeal.is_open:
            text = _("%(text)s The review that the cluster asked for is under way.") % {
                "text": text
            }
            return Step(text, _("the coordination team"), readable, _("Read it"))
        return Step(text, "", readable, _("Read the outcome of the review"))
    until = review_until(decision)
    if not manages or until is None or timezone.now() > until:
        return Step(text)
    text = _("%(text)s A review of the procedure can be asked for until %(until)s.") % {
        "text": text,
        "until": instant(until, application.country.time_zone),
    }
    return Step(
        text, "", reverse("awards:ask_for_review", args=[application.pk]), _("Ask for a review")
    )
