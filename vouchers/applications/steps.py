"""What comes next for an application, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Application
from .permissions import may_check_eligibility, may_edit_application

YOU = "you"


@dataclass(frozen=True)
class Step:
    """One step: what is to be done, by whom ('you', or who else), and where."""

    text: str
    whose: str = ""
    url: str = ""
    label: str = ""


def application_step(application: Application, user: User) -> Step:
    """The next step of an application, as the person sees it; without queries of its own."""
    state = Application.State(application.state)
    if state == Application.State.DRAFT:
        return _draft_step(application, user)
    if state == Application.State.SUBMITTED:
        return _eligibility_step(application, user)
    texts = {
        Application.State.ELIGIBLE: _(
            "Assessors score the application; then the programme decides."
        ),
        Application.State.INELIGIBLE: _("The application was not eligible. The letter says why."),
        Application.State.SELECTED: _("The application was selected. The award tells the rest."),
        Application.State.RESERVE: _("The application stands on the reserve list."),
        Application.State.REFUSED: _(
            "The application was not selected. The letter gives the scores."
        ),
        Application.State.WITHDRAWN: _("The application was withdrawn."),
    }
    whose = _("the country partner") if state == Application.State.ELIGIBLE else ""
    return Step(texts[state], whose)


def _draft_step(application: Application, user: User) -> Step:
    if application.call.is_past_deadline:
        return Step(_("The deadline has passed: the draft can be read, but no longer sent."))
    if may_edit_application.test(user, application):
        return Step(
            _("Finish the application and send it before the deadline."),
            YOU,
            reverse("applications:edit", args=[application.pk]),
            _("Continue"),
        )
    return Step(_("The application is being written."), _("the cluster"))


def _eligibility_step(application: Application, user: User) -> Step:
    if may_check_eligibility.test(user, application):
        return Step(
            _("Check whether the application is eligible."),
            YOU,
            reverse("applications:check", args=[application.pk]),
            _("Check eligibility"),
        )
    return Step(_("The country partner checks whether it is eligible."), _("the country partner"))
