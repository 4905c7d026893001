"""A session: hours in which an expert worked with a cluster."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, frozen_in, never_deleted, refuses, written_on
from conduct.models.one_line import one_line
from conduct.models.states import Flow, States, Tone, follows_its_flow
from inputs.queries import trigrams
from vouchers.assistance.delivery.rules.hours import LONGEST, SHORTEST, days_of
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.models.parts import in_quarters
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.counting import COUNTED
from vouchers.providers.models import Provider

from .enforced import (
    COUNTS_WHAT_IS_ASKED,
    ONE_DAY_A_DAY,
    SENTENCES_OF_SESSIONS,
    WITHIN_PLAN_AND_VOUCHER,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

# What is said of a session when it is logged; it stands until it is logged anew.
SAID = (
    *("milestone_id", "day", "hours", "place", "is_online", "expert_name", "expert_email"),
    *("provider_id", "activity", "participants", *COUNTED, "notes"),
    *("logged_by_id", "logged_through_id", "logged_at", "logged_for"),
)
_CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in SAID)


class LoggedFor(models.TextChoices):
    """On whose behalf a session is logged."""

    CLUSTER = "cluster", pgettext_lazy("for whom a session is logged", "the cluster")
    PROVIDER = "provider", pgettext_lazy("for whom a session is logged", "the provider")


def _person(label: StrOrPromise, *, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=null,
        related_name="+",
        editable=False,
        verbose_name=label,
    )


def _counted(label: StrOrPromise) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _said_with(state: str, step: str, words: str = "") -> models.CheckConstraint:
    """In this state it stands who took the step and when, and why where `words` names the field."""
    said = Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False})
    if words:
        said &= ~Q(**{words: ""})
    return models.CheckConstraint(
        condition=~Q(state=state) | said,
        name=f"a_session_says_who_{step}_it",
        violation_error_message=_("It must stand who took this step, when and why."),
    )


def _when_logged(name: str, rule: str) -> pgtrigger.Trigger:
    """A rule of its own, asked whenever a session is logged, the first time or anew."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__state="logged"),
        declare=[("found", "RECORD")],
        func=rule,
    )


@follows_its_flow
@pghistory.track()
class Session(models.Model):
    """Hours of one expert on one day, for one milestone of a voucher's plan.

    Logged by the cluster, or by the country partner for the provider; confirmed by a manager of the
    cluster who did not log it. `day` is on the calendar of the cluster's country, `hours` are whole
    quarters. An expert is known by the e-mail address (in small letters), whatever the name.
    """

    class State(States):
        LOGGED = "logged", Tone.WAITING, pgettext_lazy("session", "to be confirmed")
        CONFIRMED = "confirmed", Tone.GOOD, pgettext_lazy("session", "confirmed")
        RETURNED = "returned", Tone.BAD, pgettext_lazy("session", "returned")
        WITHDRAWN = "withdrawn", Tone.QUIET, pgettext_lazy("session", "taken back")

    FLOW = Flow(
        {
            State.LOGGED: [State.CONFIRMED, State.RETURNED, State.WITHDRAWN],
            State.RETURNED: [State.LOGGED, State.WITHDRAWN],
            State.CONFIRMED: [State.WITHDRAWN],
        }
    )
    # Those that count against the plan and the expert's day.
    STANDING = (State.LOGGED, State.CONFIRMED)
    # Those to which who logs them adds pictures.
    OPEN_TO_PICTURES = (State.LOGGED, State.RETURNED)
    LOCKED_AFTER = ("milestone",)
    ENFORCED = SENTENCES_OF_SESSIONS

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.LOGGED, editable=False
    )
    voucher = models.ForeignKey(
        Voucher,
        on_delete=models.PROTECT,
        related_name="sessions",
        editable=False,
        verbose_name=_("voucher"),
    )
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("milestone")
    )
    day = models.DateField(_("day"))
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    place = models.CharField(_("place"), max_length=200, blank=True, validators=[one_line])
    is_online = models.BooleanField(_("online"), default=False)
    expert_name = models.CharField(_("expert"), max_length=150, validators=[one_line])
    expert_email = models.EmailField(_("e-mail address of the expert"))
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        related_name="sessions",
        editable=False,
        verbose_name=_("provider"),
    )
    activity = models.CharField(_("what was done"), max_length=300, validators=[one_line])
    participants = models.PositiveSmallIntegerField(_("participants"), default=0)
    # Of these, those that the call asks for; the others are empty.
    women = _counted(_("women among them"))
    young = _counted(_("young people under 35 among them"))
    from_smes = _counted(_("people from SMEs among them"))
    from_universities = _counted(_("people from universities among them"))
    notes = models.TextField(_("notes"), max_length=3000, blank=True)
    # Either a person with an account, or the provider by its link.
    logged_by = _person(_("logged by"))
    logged_through = models.ForeignKey(
        WorkLink,
        on_delete=models.PROTECT,
        null=True,
        related_name="sessions",
        editable=False,
        verbose_name=_("logged through the link"),
    )
    logged_for = models.CharField(
        _("logged for"), max_length=10, choices=LoggedFor.choices, editable=False
    )
    logged_at = models.DateTimeField(_("logged"), editable=False)
    confirmed_by = _person(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    returned_by = _person(_("returned by"))
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)
    withdrawn_by = _person(_("taken back by"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    withdraw_reason = models.TextField(_("why it was taken back"), blank=True, editable=False)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-day", "-pk"]
        indexes = [
            # What an expert worked on a day, over all vouchers.
            models.Index(fields=["expert_email", "day"], name="sessions_by_expert"),
            models.Index(fields=["voucher", "-day"], name="sessions_by_voucher"),
            # The list over all vouchers in each of its orders.
            models.Index(fields=["-day", "-id"], name="sessions_newest"),
            models.Index(fields=["-hours", "-id"], name="sessions_longest"),
            trigrams(
                *("expert_name", "expert_email", "activity", "place"), name="session_searched"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gte=SHORTEST) & Q(hours__lte=LONGEST),
                name="a_session_has_a_length",
                violation_error_message=_(
                    "A session takes between a quarter of an hour and 12 hours."
                ),
            ),
            models.CheckConstraint(
                condition=in_quarters("hours"),
                name="hours_are_quarters",
                violation_error_message=_("Hours are written in quarters: 0.25, 0.5, 0.75, 1."),
            ),
            models.CheckConstraint(
                condition=~Q(place="") | Q(is_online=True),
                name="a_session_is_somewhere",
                violation_error_message=_("Say where it was: a place, or online."),
            ),
            models.CheckConstraint(
                condition=~Q(expert_name="") & ~Q(activity=""),
                name="a_session_says_who_did_what",
                violation_error_message=_("Say who worked, and what was done."),
            ),
            models.CheckConstraint(
                condition=~Q(expert_email="") & Q(expert_email=Lower("expert_email")),
                name="an_expert_is_known_by_an_address",
                violation_error_message=_(
                    "Give the e-mail address of the expert: it tells two of one name apart."
                ),
            ),
            models.CheckConstraint(
                condition=Q(women__lte=F("participants")) & Q(young__lte=F("participants")),
                name="no_more_than_took_part",
                violation_error_message=_(
                    "There cannot be more women or young people than participants."
                ),
            ),
            models.CheckConstraint(
                condition=Q(from_smes__lte=F("participants"))
                & Q(from_universities__lte=F("participants")),
                name="no_more_members_than_took_part",
                violation_error_message=_(
                    "There cannot be more people from SMEs or universities than participants."
                ),
            ),
            models.CheckConstraint(
                condition=Q(logged_by=None, logged_through__isnull=False, logged_for="provider")
                | Q(logged_by__isnull=False, logged_through=None),
                name="a_session_says_who_logged_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("logged_by")),
                name="a_session_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
            _said_with("confirmed", "confirmed"),
            _said_with("returned", "returned", "return_reason"),
            _said_with("withdrawn", "withdrawn", "withdraw_reason"),
        ]
        triggers = [
            fixed("voucher"),
            refuses(
                "stands_until_logged_anew",
                pgtrigger.Update,
                f"NOT (OLD.state = 'returned' AND NEW.state = 'logged') AND ({_CHANGED})",
                "What is logged stands, until it is returned and logged anew.",
            ),
            written_on("confirmed", "confirmed_by", "confirmed_at"),
            written_on("returned", "returned_by", "returned_at", "return_reason"),
            written_on("withdrawn", "withdrawn_by", "withdrawn_at", "withdraw_reason"),
            frozen_in("withdrawn"),
            never_deleted(),
            _when_logged("within_plan_and_voucher", WITHIN_PLAN_AND_VOUCHER),
            _when_logged("within_the_day", ONE_DAY_A_DAY),
            _when_logged("counts_what_is_asked", COUNTS_WHAT_IS_ASKED),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} · {self.expert_name}"

    def get_absolute_url(self) -> str:
        return reverse("delivery:session", args=[self.pk])

    @property
    def who_logged(self) -> User | WorkLink:
        """The person, or the link of the provider."""
        return self.logged_by or self.logged_through  # type: ignore[return-value]

    @property
    def days(self) -> Decimal:
        """Days of expertise that its hours make."""
        return days_of(self.hours)
