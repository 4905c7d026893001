"""Whose turn it is while an application waits for its eligibility check."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import instant
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application
from vouchers.applications.steps import YOU, Step, tells_step_of

from .models import Clarification
from .permissions import may_check_eligibility
from .queries import open_clarification


@tells_step_of(Application.State.SUBMITTED)
def eligibility_step(application: Application, user: User) -> Step:
    """The partner checks, or the cluster answers what it is asked; one query unless prefetched."""
    asked = open_clarification(application)
    if asked is not None and not asked.is_overtaken:
        return _clarification_step(application, asked, user)
    if may_check_eligibility.test(user, application):
        return Step(
            _("Check whether the application is eligible."),
            YOU,
            reverse("eligibility:check", args=[application.pk]),
            _("Check eligibility"),
        )
    return Step(_("The country partner checks whether it is eligible."), _("the country partner"))


def _clarification_step(application: Application, asked: Clarification, user: User) -> Step:
    until = instant(asked.until, application.country.time_zone)
    if may_edit_application.test(user, application):
        return Step(
            _("Your country partner asks about your application. Answer by %(until)s.")
            % {"until": until},
            YOU,
            asked.get_absolute_url(),
            _("Answer"),
        )
    return Step(
        _("The cluster is asked about its answers, until %(until)s.") % {"until": until},
        _("the cluster"),
        asked.get_absolute_url() if may_check_eligibility.test(user, application) else "",
        _("Read what was asked"),
    )
