"""Whose turn it is while an application waits for its eligibility check."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.models import Application
from vouchers.applications.steps import YOU, Step, tells_step_of

from .permissions import may_check_eligibility


@tells_step_of(Application.State.SUBMITTED)
def eligibility_step(application: Application, user: User) -> Step:
    """The partner checks."""
    if may_check_eligibility.test(user, application):
        return Step(
            _("Check whether the application is eligible."),
            YOU,
            reverse("eligibility:check", args=[application.pk]),
            _("Check eligibility"),
        )
    return Step(_("The country partner checks whether it is eligible."), _("the country partner"))
