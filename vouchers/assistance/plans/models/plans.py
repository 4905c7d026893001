"""The plan of a voucher, and its versions."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import (
    fixed,
    frozen_in,
    kept_by_triggers,
    never_deleted,
    refuses,
    written_on,
)
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

from .enforced import SENTENCES_OF_VERSIONS, on_its_way


@pghistory.track()
class Plan(models.Model):
    """The technical-assistance plan of a voucher: what it says stands in its versions."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="plan")
    in_force = models.OneToOneField(
        "PlanVersion",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("version in force"),
    )

    class Meta:
        verbose_name = _("technical assistance plan")
        verbose_name_plural = _("technical assistance plans")
        triggers = [fixed("voucher"), kept_by_triggers("in_force"), never_deleted()]

    def __str__(self) -> str:
        return str(self.voucher)

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.voucher_id])


def _said_with(step: str, *states: str) -> models.CheckConstraint:
    """In these states it stands who took the step, and when."""
    return models.CheckConstraint(
        condition=~Q(state__in=states)
        | Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False}),
        name=f"a_version_says_who_{step}_it",
        violation_error_message=_("It must stand who took this step, and when."),
    )


def _two_people(one: str, other: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{one}__isnull": True})
        | Q(**{f"{other}__isnull": True})
        | ~Q(**{one: F(other)}),
        name=f"{one}_and_{other}_differ"[:60],
        violation_error_message=_("A second person must do this: you took the step before."),
    )


@follows_its_flow
@pghistory.track()
class PlanVersion(models.Model):
    """One version of a plan: written by the cluster, approved by the partner, and by a coordinator
    where the call says so; then in force until another is.

    A draft is what is typed (`DraftedPart`). What is sent are facts (the models of `parts`), and
    none of them changes: what comes back is mended in the next version. Amounts are EUR.
    """

    class State(States):
        DRAFT = "draft", Tone.QUIET, pgettext_lazy("version of a plan", "draft")
        SUBMITTED = "submitted", Tone.WAITING, pgettext_lazy("version of a plan", "sent")
        PARTNER_APPROVED = (
            "partner_approved",
            Tone.WAITING,
            pgettext_lazy("version of a plan", "approved by the partner"),
        )
        IN_FORCE = "in_force", Tone.GOOD, pgettext_lazy("version of a plan", "in force")
        REPLACED = "replaced", Tone.QUIET, pgettext_lazy("version of a plan", "replaced")
        RETURNED = "returned", Tone.BAD, pgettext_lazy("version of a plan", "returned")
        WITHDRAWN = "withdrawn", Tone.QUIET, pgettext_lazy("version of a plan", "taken back")

    class Amendment(models.TextChoices):
        """Why a plan is amended."""

        EXTENSION = "extension", _("more time")
        PROVIDER = "provider", _("another provider")
        BUDGET = "budget", _("moved budget")
        OTHER = "other", _("something else")

    FLOW = Flow(
        {
            State.DRAFT: [State.SUBMITTED, State.WITHDRAWN],
            State.SUBMITTED: [State.PARTNER_APPROVED, State.RETURNED, State.WITHDRAWN],
            State.PARTNER_APPROVED: [State.IN_FORCE, State.RETURNED],
            State.IN_FORCE: [State.REPLACED],
        }
    )
    OPEN = (State.DRAFT, State.SUBMITTED, State.PARTNER_APPROVED)
    LOCKED_AFTER = ("plan",)

    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT, editable=False
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="versions", verbose_name=_("plan")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    based_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written from version"),
    )
    # Why the plan in force is amended; empty for the first plan.
    amendment = models.CharField(
        _("kind of amendment"), max_length=10, choices=Amendment.choices, blank=True
    )
    reason = models.TextField(_("reason for the amendment"), blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("begun by"),
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    # What follows is said when it is sent; a draft has it in its parts, as it was typed.
    aim = models.TextField(_("aim"), blank=True)
    # Empty where quotes find one.
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_versions",
        verbose_name=_("provider"),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    submitted_at = models.DateTimeField(_("sent"), null=True)
    partner_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved for the partner by"),
    )
    partner_approved_at = models.DateTimeField(_("approved for the partner"), null=True)
    coordinator_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved for the programme by"),
    )
    in_force_at = models.DateTimeField(_("in force since"), null=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("returned by"),
    )
    returned_at = models.DateTimeField(_("returned"), null=True)
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)

    ENFORCED = SENTENCES_OF_VERSIONS

    class Meta:
        verbose_name = _("version of the plan")
        verbose_name_plural = _("versions of the plan")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="one_version_per_number",
                violation_error_message=_(
                    "Somebody else has just begun another version of this plan."
                ),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state="in_force"),
                name="one_version_in_force",
                violation_error_message=_("Another version of this plan is in force."),
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "submitted", "partner_approved"]),
                name="one_open_version_per_plan",
                violation_error_message=_(
                    "Another version of this plan is being written or decided."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amendment="", reason="") | (~Q(amendment="") & ~Q(reason="")),
                name="an_amendment_has_a_reason",
                violation_error_message=_("Say why the plan is amended."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="a_returned_version_says_why",
                violation_error_message=_("Say why you return it."),
            ),
            _said_with("submitted", "submitted", "partner_approved", "in_force", "replaced"),
            _said_with("partner_approved", "partner_approved", "in_force", "replaced"),
            _said_with("returned", "returned"),
            _two_people("submitted_by", "partner_approved_by"),
            _two_people("submitted_by", "coordinator_approved_by"),
            _two_people("partner_approved_by", "coordinator_approved_by"),
        ]
        triggers = [
            fixed("plan", "number", "based_on", "amendment", "reason", "begun_by", "begun_at"),
            written_on("submitted", "submitted_by", "submitted_at", "aim", "provider"),
            written_on("partner_approved", "partner_approved_by", "partner_approved_at"),
            written_on("in_force", "coordinator_approved_by", "in_force_at"),
            written_on("returned", "returned_by", "returned_at", "return_reason"),
            written_on("replaced", "replaced_at"),
            frozen_in("replaced", "returned", "withdrawn"),
            never_deleted(),
            *on_its_way(),
            refuses(
                "counted_one_by_one",
                pgtrigger.Insert,
                "NEW.number <> (SELECT COALESCE(max(number), 0) + 1 FROM vouchers_planversion"
                " WHERE plan_id = NEW.plan_id)",
                "Versions are counted one by one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("plans:version", args=[self.plan.voucher_id, self.number])

    @property
    def is_amendment(self) -> bool:
        """Whether it changes a plan that is, or was, in force."""
        return bool(self.amendment)

    @property
    def is_open(self) -> bool:
        """Whether it is still written or decided."""
        return self.state in self.OPEN

    @property
    def total(self) -> Decimal:
        """EUR of all lines of a version that was sent."""
        return sum((line.amount for line in self.lines.all()), Decimal("0.00"))

    @property
    def total_days(self) -> Decimal:
        """Days of expertise of all milestones of a version that was sent."""
        return sum((planned.days for planned in self.milestones.all()), Decimal("0.00"))
