"""A call for applications: what is offered, where, by which rules and until when."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from clusters.models import Country
from records.guards import fixed, frozen_by, frozen_with, kept_by_triggers, never_deleted
from records.states import Flow, follows_its_flow


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
                condition=Q(score_min__lt=F("score_max")) & Q(score_step__gt=0),
                name="the_scale_goes_up",
                violation_error_message=_("The highest score must be above the lowest."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="terms_fixed_once_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*FIXED_ONCE_OPEN),
                func=_TERMS_FIXED_ONCE_OPEN,
            ),
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
    # What the selection moved in from countries that could not fill theirs, or out (negative).
    moved = models.SmallIntegerField(_("vouchers moved in"), default=0, editable=False)
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
                condition=Q(awarded__lte=F("vouchers") + F("moved")),
                name="awards_stay_within_the_quota",
                violation_error_message=_("Every voucher of this country is awarded."),
            ),
        ]
        triggers = [
            fixed("call", "country"),
            frozen_by("call", "decided", fields=("vouchers", "moved", "last_number")),
            kept_by_triggers("awarded"),
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
    anchors = I18nTextField(
        _("what the scores mean"),
        blank=True,
        help_text=_("One line for each whole score, from the lowest to the highest."),
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
class Section(models.Model):
    """One page of the application form."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(_("position"))
    title = I18nCharField(_("title"))
    help_text = I18nTextField(_("introduction"), blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="one_section_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.title)


@pghistory.track()
class Question(models.Model):
    """One question of the application form, tied to the criterion that it feeds."""

    class Kind(models.TextChoices):
        SHORT_TEXT = "short_text", _("short text")
        LONG_TEXT = "long_text", _("long text")
        NUMBER = "number", _("number")
        MONEY = "money", _("amount in EUR")
        DATE = "date", _("date")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("some of several")
        FILE = "file", _("files")
        MILESTONES = "milestones", _("table of milestones")
        BUDGET = "budget", _("table of budget lines")

    TEXTS = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
    NUMBERS = (Kind.NUMBER, Kind.MONEY)
    CHOOSING = (Kind.CHOICE, Kind.CHOICES)
    TABLES = (Kind.MILESTONES, Kind.BUDGET)

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="questions")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, related_name="questions", verbose_name=_("section")
    )
    criterion = models.ForeignKey(
        Criterion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("criterion"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    # The same from call to call, so that answers can be copied from an earlier application.
    key = models.SlugField(_("key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LONG_TEXT)
    text = I18nCharField(_("question"))
    help_text = I18nTextField(_("help"), blank=True)
    required = models.BooleanField(_("required"), default=True)
    max_words = models.PositiveSmallIntegerField(_("most words"), null=True, blank=True)
    min_value = models.DecimalField(
        _("least"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    max_value = models.DecimalField(
        _("most"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    # The value of an option is the number of its line, which is the same in every language.
    options = I18nTextField(
        _("options"), blank=True, help_text=_("One option on each line, the same in each language.")
    )
    max_files = models.PositiveSmallIntegerField(
        _("most files"), default=3, validators=[MinValueValidator(1)]
    )
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("shown when this earlier question"),
    )
    depends_value = models.CharField(
        _("is answered with option"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[1-9][0-9]*$")],
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"],
                name="one_question_per_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["call", "key"],
                name="one_question_per_key",
                violation_error_message=_("Another question of this call has this key."),
            ),
            models.CheckConstraint(
                condition=Q(depends_on=None, depends_value="")
                | (Q(depends_on__isnull=False) & ~Q(depends_value="")),
                name="a_condition_names_question_and_option",
                violation_error_message=_("A condition needs a question and one of its options."),
            ),
            models.CheckConstraint(
                condition=Q(min_value=None) | Q(max_value=None) | Q(min_value__lte=F("max_value")),
                name="least_is_below_most",
                violation_error_message=_("The least must not be above the most."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Value and label of each option, in the active language."""
        lines = [line.strip() for line in str(self.options).splitlines()]
        return [(str(number), line) for number, line in enumerate(filter(None, lines), start=1)]


@pghistory.track()
class EligibilityRule(models.Model):
    """One line of the partner's checklist; its kind tells whether data can answer it."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("established in a country of the call")
        ONE_APPLICATION = "one_application", _("one application of each cluster")
        ESTABLISHED_BEFORE = "established_before", _("established before a year")
        NO_OPEN_VOUCHER = "no_open_voucher", _("no voucher that is still open")
        DECLARATION = "declaration", _("declaration on honour signed")
        COMPLETE = "complete", _("every required answer is there")
        CEILING = "ceiling", _("within the ceiling for a legal entity")
        BY_HAND = "by_hand", _("decided by the partner")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="eligibility_rules")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.BY_HAND)
    text = I18nCharField(_("rule"))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("For a rule about the establishment.")
    )

    class Meta:
        verbose_name = _("eligibility rule")
        verbose_name_plural = _("eligibility rules")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_rule_per_position"),
            models.CheckConstraint(
                condition=~Q(kind="established_before") | Q(year__isnull=False),
                name="establishment_is_measured_by_a_year",
                violation_error_message=_("Say before which year the cluster must be established."),
            ),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)


@pghistory.track()
class DeclarationClause(models.Model):
    """One statement of the declaration on honour that goes with every application."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="declaration_clauses")
    position = models.PositiveSmallIntegerField(_("position"))
    text = I18nTextField(_("statement"))

    class Meta:
        verbose_name = _("clause of the declaration")
        verbose_name_plural = _("clauses of the declaration")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_clause_per_position"),
        ]
        triggers = [frozen_once_open()]

    def __str__(self) -> str:
        return str(self.text)[:80]


class CallAmendment(models.Model):
    """What changed in an open call, from which version on, and why; everybody may read it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="amendments")
    version = models.PositiveSmallIntegerField(_("version"))
    reason = I18nTextField(_("reason"))
    # Names of the fields with what stood before and what stands now, as text.
    changes = models.JSONField(_("changes"), default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="one_amendment_per_version"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.version}"
