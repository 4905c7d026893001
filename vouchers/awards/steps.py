"""What a cluster can still do once it is decided: wait on the reserve list, ask for a review."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.permissions import may_sign_for
from documents.wording import instant
from vouchers.applications.models import Application
from vouchers.applications.steps import Step, tells_step_of

from .clocks import review_until
from .models import Appeal, Decision, ReservePlace
from .queries import published_decision


@tells_step_of(Application.State.RESERVE)
def reserve_step(application: Application, user: User) -> Step:
    """Where it stands on the reserve list, and until when; one query."""
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
        if appeal.is_open:
            text = _("%(text)s The review that the cluster asked for is under way.") % {
                "text": text
            }
            return Step(text, _("the coordination team"), _readable(appeal, manages), _("Read it"))
        return Step(text, "", _readable(appeal, manages), _("Read the outcome of the review"))
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


def _readable(appeal: Appeal, manages: bool) -> str:
    return appeal.get_absolute_url() if manages else ""
