"""What comes next for an application, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Application
from .permissions import may_edit_application

YOU = "you"


@dataclass(frozen=True)
class Step:
    """One step: what is to be done, by whom ('you', or who else), and where.

    `task` says what it is where the place alone does not, in no language.
    """

    text: str
    whose: str = ""
    url: str = ""
    label: str = ""
    task: str = ""

    @property
    def key(self) -> str:
        """What it is, however it is worded today."""
        return f"{self.url} {self.task}"


Teller = Callable[[Application, User], Step]
_TELLERS: dict[str, Teller] = {}


def tells_step_of(state: str) -> Callable[[Teller], Teller]:
    """Decorate what tells the next step in a state that belongs to a room above this one.

    It stands in the `steps` of that room, which is imported when the app is ready (vouchers.apps).
    """

    def register(teller: Teller) -> Teller:
        _TELLERS[state] = teller
        return teller

    return register


def application_step(application: Application, user: User) -> Step:
    """The next step of an application, as the person sees it; without queries of its own."""
    state = Application.State(application.state)
    if state == Application.State.DRAFT:
        return _draft_step(application, user)
    if state in _TELLERS:
        return _TELLERS[state](application, user)
    texts = {
        Application.State.SUBMITTED: _("The country partner checks whether it is eligible."),
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
    waits = (Application.State.SUBMITTED, Application.State.ELIGIBLE)
    whose = _("the country partner") if state in waits else ""
    return Step(texts[state], whose)


def _draft_step(application: Application, user: User) -> Step:
    if application.call.is_past_deadline:
        return Step(_("The deadline has passed: the draft can be read, but no longer sent."))
    if may_edit_application.test(user, application):
        return Step(
            _("Send the application again before the deadline: until then it does not take part.")
            if application.is_reopened
            else _("Finish the application and send it before the deadline."),
            YOU,
            reverse("applications:edit", args=[application.pk]),
            _("Continue"),
        )
    return Step(_("The application is being written."), _("the cluster"))
