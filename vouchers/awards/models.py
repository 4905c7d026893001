"""The decision and what follows: selection round, award, voucher."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.states import Flow, follows_its_flow
from vouchers.applications.models import Application
from vouchers.calls.models import Call, Criterion


@follows_its_flow
@pghistory.track()
class SelectionRound(models.Model):
    """A proposal of who is selected in one call, approved by a second coordinator."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    FLOW = Flow({State.PROPOSED: [State.APPROVED, State.RETURNED]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.PROPOSED,
        editable=False,
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selection_rounds")
    participants = models.TextField(
        _("participants in the meeting"), help_text=_("One name on each line.")
    )
    remarks = models.TextField(_("remarks for the minutes"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="rounds_proposed",
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="rounds_decided",
    )
    decided_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("selection round")
        verbose_name_plural = _("selection rounds")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=["proposed", "approved"]),
                name="one_selection_round_per_call",
                violation_error_message=_("A selection of this call is proposed already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="a_selection_has_four_eyes",
                violation_error_message=_("Who proposed a selection cannot approve it."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed")
                | (Q(decided_by__isnull=False) & Q(decided_at__isnull=False)),
                name="a_decided_selection_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Selection of %(call)s") % {"call": self.call})

    def get_absolute_url(self) -> str:
        return reverse("awards:round", args=[self.pk])


class Outcome(models.TextChoices):
    """What a selection decides about one application."""

    AWARD = "award", _("award")
    RESERVE = "reserve", _("reserve list")
    REFUSE = "refuse", _("refusal")


@pghistory.track()
class Decision(models.Model):
    """What a selection round decides about one application, and what the ranking suggested."""

    selection_round = models.ForeignKey(
        SelectionRound, on_delete=models.PROTECT, related_name="decisions"
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    rank = models.PositiveIntegerField(_("rank"))
    total = models.DecimalField(_("total (points of 100)"), max_digits=7, decimal_places=4)
    suggested = models.CharField(_("by the ranking"), max_length=10, choices=Outcome.choices)
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    departure_reason = models.TextField(_("reason for departing from the ranking"), blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["application__country_id", "rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection_round", "application"],
                name="one_decision_per_application",
            ),
            models.CheckConstraint(
                condition=Q(outcome=F("suggested")) | ~Q(departure_reason=""),
                name="a_departure_from_the_ranking_has_a_reason",
                violation_error_message=_("Say why the decision departs from the ranking."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()


class DecisionScore(models.Model):
    """The mean score of one criterion on which a decision rests, kept as it was that day."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    mean = models.DecimalField(_("mean score"), max_digits=7, decimal_places=4)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("decided score")
        verbose_name_plural = _("decided scores")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "criterion"], name="one_decided_score_per_criterion"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.mean}"


# The counters carry the CHECKs; updating them locks their rows, so that two awards at the same
# instant are decided one after the other (design, rule 2).
_COUNT_AWARDS = """
    IF TG_OP = 'INSERT' OR (NEW.state IN ('declined', 'lapsed') AND OLD.state = 'offered') THEN
        UPDATE vouchers_countryquota
            SET awarded = awarded + CASE WHEN TG_OP = 'INSERT' THEN 1 ELSE -1 END
            FROM vouchers_application
            WHERE vouchers_application.id = NEW.application_id
                AND vouchers_countryquota.call_id = vouchers_application.call_id
                AND vouchers_countryquota.country_id = vouchers_application.country_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'The call has no vouchers in this country.'
                USING ERRCODE = 'check_violation';
        END IF;
        UPDATE vouchers_call
            SET committed = committed + CASE WHEN TG_OP = 'INSERT' THEN NEW.amount ELSE -NEW.amount END
            FROM vouchers_application
            WHERE vouchers_application.id = NEW.application_id
                AND vouchers_call.id = vouchers_application.call_id;
    END IF;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track()
class Award(models.Model):
    """The offer of a voucher to the cluster of a selected application."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("lapsed")

    FLOW = Flow({State.OFFERED: [State.ACCEPTED, State.DECLINED, State.LAPSED]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.OFFERED,
        editable=False,
    )
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="award")
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    offered_at = models.DateTimeField(_("offered"), auto_now_add=True)
    accept_by = models.DateField(_("to be accepted by"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    decline_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-offered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_award_is_worth_something"),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "lapsed"])
                | (Q(answered_by__isnull=False) & Q(answered_at__isnull=False)),
                name="an_answer_says_by_whom",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counted_in_quota_and_budget",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                func=_COUNT_AWARDS,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference} · {self.application.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("awards:award", args=[self.pk])


@follows_its_flow
@pghistory.track()
class Voucher(models.Model):
    """An accepted award: what it is worth, what is approved of it and what is paid."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        CLOSED = "closed", _("closed")
        TERMINATED = "terminated", _("terminated")

    FLOW = Flow({State.ACTIVE: [State.CLOSED, State.TERMINATED]})

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.ACTIVE,
        editable=False,
    )
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="voucher")
    amount = models.DecimalField(_("value (EUR)"), max_digits=12, decimal_places=2)
    # Both kept by the trigger on LedgerEntry; the CHECKs are what refuses one claim too many.
    approved = models.DecimalField(
        _("approved (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    paid = models.DecimalField(
        _("paid (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved__gte=0) & Q(approved__lte=F("amount")),
                name="approved_claims_stay_within_the_voucher",
                violation_error_message=_("The voucher cannot bear this amount."),
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0) & Q(paid__lte=F("approved")),
                name="only_what_is_approved_is_paid",
                violation_error_message=_("Only what is approved can be paid."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__lte=F("valid_until")),
                name="a_voucher_has_a_validity",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award.application.reference} · {self.award.application.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("dashboards:voucher", args=[self.pk])

    @property
    def reference(self) -> str:
        return self.award.application.reference or ""

    @property
    def balance(self):  # type: ignore[no-untyped-def]
        """EUR that may still be approved."""
        return self.amount - self.approved
