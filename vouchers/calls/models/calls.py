"""A call for applications: what is offered, where, by which rules and until when."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from conduct.models.guards import frozen_with, kept_by_triggers, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow

from .terms.claiming import CLAIMS_HAVE_LIMITS, ClaimTerms
from .terms.control import (
    APPROVALS_ONLY_RISE_ONCE_OPEN,
    APPROVALS_RISE,
    ERROR_TYPES_ARE_KNOWN,
    ControlTerms,
)
from .terms.counting import COUNTS_ARE_KNOWN, COUNTS_FIXED_ONCE_OPEN, Counting
from .terms.endings import ENDINGS_HAVE_LIMITS, EndingTerms
from .terms.plans import PlanningTerms
from .terms.rates import RATE_RULE_FIXED_ONCE_OPEN, RATE_RULE_IS_KNOWN, RateTerms
from .terms.receipts import PAYEES_ARE_REMINDED_IN_ORDER, ReceiptTerms
from .terms.screening import SCREENINGS_LAST, ScreeningTerms
from .terms.signing import STAYS_COUNTERSIGNED_ONCE_OPEN, SigningTerms
from .terms.surveys import SURVEYS_FIXED_ONCE_OPEN, SURVEYS_FOLLOW, SurveyTerms
from .terms.watching import LIMITS_ARE_DAYS, Watching
from .terms.ways import ADVANCES_FIT_THE_WAY, WAY_FIXED_ONCE_OPEN, WAY_IS_KNOWN, WayTerms


class UnfilledQuota(models.TextChoices):
    """What becomes of a voucher for which a country has no application that passes."""

    LEAVE = "leave", _("stay unused")
    NEXT = "next", _("go to the best of the reserve lists of all countries")
    DECIDE = "decide", _("are given by the coordinators, with a reason")


# What applicants were told of scoring and selection is fixed once a call has opened (design, rule 6).
FIXED_ONCE_OPEN = (
    "score_min",
    "score_max",
    "score_step",
    "total_threshold",
    "assessors_required",
    "discrepancy_limit",
    "unfilled_quota",
    "days_to_appeal",
)
# What was decided rests on them: references bear the first two, awards and vouchers the money.
FIXED_ONCE_DECIDED = ("programme_code", "year", "voucher_amount", "budget")
_TERMS_FIXED_ONCE_OPEN = """
    IF OLD.state <> 'draft' THEN
        RAISE EXCEPTION 'The call is open: scale, thresholds and rules of selection are fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track()
class Call(
    Watching,
    PlanningTerms,
    EndingTerms,
    Counting,
    WayTerms,
    ClaimTerms,
    ControlTerms,
    RateTerms,
    SurveyTerms,
    ScreeningTerms,
    SigningTerms,
    ReceiptTerms,
):
    """One round of vouchers. Amount, dates, rules and quota belong here, never to constants."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        OPEN = "open", Tone.GOOD, _("open")
        DECIDED = "decided", Tone.QUIET, _("decided")

    FLOW = Flow({State.DRAFT: [State.OPEN], State.OPEN: [State.DECIDED]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    programme_code = models.CharField(
        _("programme code"),
        max_length=10,
        help_text=_("The first part of every reference."),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = I18nCharField(_("name"))
    purpose = I18nTextField(_("purpose"))
    opens_at = models.DateTimeField(_("opening"))
    deadline = models.DateTimeField(
        _("deadline"),
        help_text=_("Applications that arrive after this instant are refused."),
    )
    questions_until = models.DateTimeField(
        _("questions until"),
        null=True,
        blank=True,
        help_text=_("Until then anybody may ask about the call; answers are public."),
    )
    decision_due = models.DateField(_("decision expected by"))
    assistance_starts = models.DateField(
        _("start of assistance"),
        help_text=_("Nothing spent before this day is eligible."),
    )
    assistance_ends = models.DateField(_("end of assistance"))
    voucher_amount = models.DecimalField(
        _("value of a voucher (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    budget = models.DecimalField(_("budget (EUR)"), max_digits=12, decimal_places=2)
    # Kept by the trigger on Award, so that two awards at one instant cannot exceed the budget.
    committed = models.DecimalField(
        _("committed (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    score_min = models.DecimalField(_("lowest score"), max_digits=4, decimal_places=2, default=1)
    score_max = models.DecimalField(_("highest score"), max_digits=4, decimal_places=2, default=5)
    score_step = models.DecimalField(
        _("step between scores"), max_digits=4, decimal_places=2, default=Decimal("0.5")
    )
    total_threshold = models.DecimalField(
        _("threshold for the total (points of 100)"),
        max_digits=5,
        decimal_places=2,
        default=60,
    )
    assessors_required = models.PositiveSmallIntegerField(
        _("assessors for each application"),
        default=2,
        validators=[MinValueValidator(1)],
    )
    discrepancy_limit = models.DecimalField(
        _("largest difference between two totals (per cent of the higher)"),
        max_digits=5,
        decimal_places=2,
        default=30,
        validators=[MinValueValidator(Decimal("0.01"))],
        help_text=_("Where assessors differ by more, the portal asks them for a consensus."),
    )
    unfilled_quota = models.CharField(
        _("vouchers that a country cannot fill"),
        max_length=10,
        choices=UnfilledQuota.choices,
        default=UnfilledQuota.LEAVE,
    )
    days_to_accept = models.PositiveSmallIntegerField(
        _("days in which to accept an award"), default=30, validators=[MinValueValidator(1)]
    )
    days_on_reserve = models.PositiveSmallIntegerField(
        _("days for which the reserve list stands"),
        default=180,
        validators=[MinValueValidator(1)],
    )
    days_to_appeal = models.PositiveSmallIntegerField(
        _("working days in which to ask for a review"),
        default=10,
        validators=[MinValueValidator(1)],
    )
    # Counted across calls for each legal entity (support to third parties).
    third_party_ceiling = models.DecimalField(
        _("most that one legal entity may receive across calls (EUR)"),
        max_digits=12,
        decimal_places=2,
        default=Decimal("60000.00"),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    max_file_size = models.PositiveIntegerField(_("largest file (bytes)"), default=10 * 1024 * 1024)
    max_files = models.PositiveSmallIntegerField(_("files for each application"), default=5)
    # Grows with every amendment of the open call; applicants are told of each.
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_code", "year"],
                name="references_are_unique_per_call",
                violation_error_message=_(
                    "Another call has this programme code and year: references would collide."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("deadline")),
                name="a_call_opens_before_its_deadline",
                violation_error_message=_("The deadline must come after the opening."),
            ),
            models.CheckConstraint(
                condition=Q(questions_until=None) | Q(questions_until__lte=F("deadline")),
                name="questions_end_by_the_deadline",
                violation_error_message=_("Questions must end by the deadline."),
            ),
            models.CheckConstraint(
                condition=Q(assistance_starts__lt=F("assistance_ends")),
                name="assistance_starts_before_it_ends",
                violation_error_message=_("The assistance must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(committed__gte=0) & Q(committed__lte=F("budget")),
                name="awards_stay_within_the_budget",
                violation_error_message=_("The budget of the call is spent."),
            ),
            models.CheckConstraint(
                condition=Q(day_rate_low__gt=0) & Q(day_rate_low__lte=F("day_rate_high")),
                name="usual_rates_go_up",
                violation_error_message=_("The highest usual rate must not be below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(session_tolerance__gte=0) & Q(session_tolerance__lte=100),
                name="a_tolerance_is_a_percentage",
                violation_error_message=_("A percentage is between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(score_min__lt=F("score_max")) & Q(score_step__gt=0),
                name="the_scale_goes_up",
                violation_error_message=_("The highest score must be above the lowest."),
            ),
            LIMITS_ARE_DAYS,
            ENDINGS_HAVE_LIMITS,
            WAY_IS_KNOWN,
            ADVANCES_FIT_THE_WAY,
            CLAIMS_HAVE_LIMITS,
            *(APPROVALS_RISE, ERROR_TYPES_ARE_KNOWN, RATE_RULE_IS_KNOWN),
            COUNTS_ARE_KNOWN,
            *(SURVEYS_FOLLOW, SCREENINGS_LAST, PAYEES_ARE_REMINDED_IN_ORDER),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="terms_fixed_once_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*FIXED_ONCE_OPEN),
                func=_TERMS_FIXED_ONCE_OPEN,
            ),
            SURVEYS_FIXED_ONCE_OPEN,
            *(WAY_FIXED_ONCE_OPEN, STAYS_COUNTERSIGNED_ONCE_OPEN),
            RATE_RULE_FIXED_ONCE_OPEN,
            COUNTS_FIXED_ONCE_OPEN,
            APPROVALS_ONLY_RISE_ONCE_OPEN,
            frozen_with(*FIXED_ONCE_DECIDED, once="decided"),
            kept_by_triggers("committed"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("calls:detail", args=[self.slug])

    @property
    def reference(self) -> str:
        """How every reference of this call begins, and what is about the call as a whole: SUV-2026."""
        return f"{self.programme_code}-{self.year}"

    @property
    def is_accepting(self) -> bool:
        """Whether applications may be sent at this instant."""
        return self.state == self.State.OPEN and self.opens_at <= timezone.now() < self.deadline

    @property
    def is_public(self) -> bool:
        """Whether the public may see the call."""
        return self.state != self.State.DRAFT

    @property
    def is_past_deadline(self) -> bool:
        """Whether the deadline has passed."""
        return timezone.now() >= self.deadline

    @property
    def vouchers_offered(self) -> int:
        """How many vouchers the call gives in all countries."""
        return sum(quota.vouchers for quota in self.quotas.all())
