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

from clusters.models import Country
from records.states import Flow, follows_its_flow


@follows_its_flow
@pghistory.track()
class Call(models.Model):
    """One round of vouchers. Amount, dates, rules and quota belong here, never to constants."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")

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
    days_to_accept = models.PositiveSmallIntegerField(
        _("days in which to accept an award"), default=30, validators=[MinValueValidator(1)]
    )
    max_file_size = models.PositiveIntegerField(_("largest file (bytes)"), default=10 * 1024 * 1024)
    max_files = models.PositiveSmallIntegerField(_("files for each application"), default=5)
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
                condition=Q(score_min__lt=F("score_max")) & Q(score_step__gt=0),
                name="the_scale_goes_up",
                violation_error_message=_("The highest score must be above the lowest."),
            ),
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


# What scoring depends on is fixed once a call has opened (design, rule 6).
_FROZEN_ONCE_OPEN = """
    PERFORM 1 FROM vouchers_call
        WHERE id = COALESCE(NEW.call_id, OLD.call_id) AND state <> 'draft';
    IF FOUND THEN
        RAISE EXCEPTION 'The call is open: what applicants were told is fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def frozen_once_open() -> pgtrigger.Trigger:
    """The trigger that refuses any change of a row whose call has opened."""
    return pgtrigger.Trigger(
        name="frozen_once_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FROZEN_ONCE_OPEN,
    )


@pghistory.track()
class CountryQuota(models.Model):
    """How many vouchers a call gives in one country, and how many are given."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="quotas")
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="quotas",
        verbose_name=_("country"),
    )
    vouchers = models.PositiveSmallIntegerField(_("vouchers"))
    # Kept by the trigger on Award; the CHECK below is what refuses one award too many.
    awarded = models.PositiveSmallIntegerField(_("awarded"), default=0, editable=False)
    # The last number given in this call and country; locked while one is taken, so no gaps.
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("country quota")
        verbose_name_plural = _("country quotas")
        ordering = ["country_id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "country"], name="one_quota_per_country"),
            models.CheckConstraint(
                condition=Q(awarded__lte=F("vouchers")),
                name="awards_stay_within_the_quota",
                violation_error_message=_("Every voucher of this country is awarded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.country_id}: {self.vouchers}"


@pghistory.track()
class Criterion(models.Model):
    """One ground on which applications are scored."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    name = I18nCharField(_("name"))
    guidance = I18nTextField(_("guidance"), blank=True)
    weight = models.DecimalField(
        _("weight (points of 100)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    threshold = models.DecimalField(
        _("threshold (per cent of the highest score)"),
        max_digits=5,
        decimal_places=2,
        default=50,
    )
    tie_break_position = models.PositiveSmallIntegerField(
        _("order in which ties are broken"), help_text=_("1 decides first.")
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_criterion_per_position"),
            models.UniqueConstraint(
                fields=["call", "tie_break_position"],
                name="one_criterion_per_tie_break",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=100),
                name="a_weight_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & Q(threshold__lte=100),
                name="a_threshold_is_a_share",
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.name)


@pghistory.track()
class Question(models.Model):
    """One question of the application form, tied to the criterion that it feeds."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = I18nCharField(_("question"))
    help_text = I18nTextField(_("help"), blank=True)
    max_words = models.PositiveSmallIntegerField(_("most words"), default=400)
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_question_per_position"),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)
