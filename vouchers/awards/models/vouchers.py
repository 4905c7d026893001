"""What an accepted award becomes: the voucher."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.models.guards import (
    fixed,
    frozen_in,
    kept_by_triggers,
    never_deleted,
    refuses,
    written_on,
)
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.screening.models.enforced import needs_clear_screening

from .endings import ENDING_CONSTRAINTS, of_endings
from .enforced import NEEDS_ACCOUNT, NOT_AS_AWARDED, NOT_SIGNED, awaits_countersignature
from .offers import Award

_CLUSTER = """(
    SELECT p.cluster_id FROM vouchers_award a
    JOIN vouchers_application p ON p.id = a.application_id WHERE a.id = NEW.award_id
)"""
_SCREENING_DAYS = """(
    SELECT call.screening_days FROM vouchers_award a
    JOIN vouchers_application p ON p.id = a.application_id
    JOIN vouchers_call call ON call.id = p.call_id WHERE a.id = NEW.award_id
)"""


@follows_its_flow
@pghistory.track()
class Voucher(models.Model):
    """An accepted award: what it is worth, what is approved of it and what is paid."""

    class State(States):
        ACTIVE = "active", Tone.GOOD, _("active")
        SUSPENDED = "suspended", Tone.WAITING, _("suspended")
        CLOSED = "closed", Tone.GOOD, _("closed")
        TERMINATED = "terminated", Tone.BAD, _("terminated")

    FLOW = Flow(
        {
            State.ACTIVE: [State.SUSPENDED, State.CLOSED, State.TERMINATED],
            State.SUSPENDED: [State.ACTIVE, State.TERMINATED],
        }
    )

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.ACTIVE,
        editable=False,
    )
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="voucher")
    amount = models.DecimalField(_("value (EUR)"), max_digits=12, decimal_places=2)
    # Both kept by the trigger on LedgerEntry; the CHECKs refuse one claim too many, as those of the
    # accounts do.
    approved = models.DecimalField(
        _("approved (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    paid = models.DecimalField(
        _("paid (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    # What an early end or the closing gives back: neither claimed nor paid any more.
    released = models.DecimalField(
        _("released (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    # Where it ended early: on which day, and until when accepted work is still claimed.
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    claims_until = models.DateField(_("claims until"), null=True, editable=False)

    # Said to the cluster, which is not told who is looked for on a list.
    ENFORCED = {
        "a_holder_is_cleared": _(
            "The programme has still to complete a check before this voucher can be issued. Please "
            "accept again in some days; your answer is not lost by waiting."
        ),
        "a_paid_cluster_has_an_account": _(
            "The programme pays your cluster itself: please enter its bank account before you sign."
        ),
    }

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-issued_at"]
        indexes = [
            # The list in its order: all of them, and by state.
            models.Index(fields=["-issued_at", "-id"], name="vouchers_newest"),
            models.Index(fields=["state", "-issued_at", "-id"], name="vouchers_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved__gte=0) & Q(approved__lte=F("amount") - F("released")),
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
            *(
                models.CheckConstraint(condition=condition, name=name)
                for condition, name in ENDING_CONSTRAINTS
            ),
        ]
        triggers = [
            refuses(
                "issued_as_awarded",
                pgtrigger.Insert,
                NOT_AS_AWARDED,
                "A voucher is worth what its accepted award says.",
            ),
            refuses(
                "issued_on_a_signature",
                pgtrigger.Insert,
                NOT_SIGNED,
                "A voucher is issued once its agreement is signed by whoever accepted the award.",
            ),
            pgtrigger.Trigger(
                name="goes_to_a_cluster_with_an_account",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NEEDS_ACCOUNT,
            ),
            needs_clear_screening(
                "goes_to_a_cleared_cluster",
                operation=pgtrigger.Insert,
                payee="cluster",
                key=_CLUSTER,
                days=_SCREENING_DAYS,
                constraint="a_holder_is_cleared",
            ),
            # Every claim and every advance is approved here; what is ordered and paid was approved.
            refuses(
                "approved_once_both_signed",
                pgtrigger.Update,
                f"NEW.approved > OLD.approved AND {awaits_countersignature('NEW.id')}",
                "Nothing is approved before a coordinator has counter-signed the agreement.",
            ),
            fixed("award", "amount", "valid_from", "issued_at"),
            kept_by_triggers("approved", "paid"),
            written_on("closed", "closed_at"),
            written_on("terminated", "ended_on", "claims_until"),
            *of_endings(),
            # What came back after the closing is the ledger’s to tell, by its trigger alone.
            frozen_in("closed", but=("approved", "paid")),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.award.application.reference} · {self.award.application.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("dashboards:voucher", args=[self.pk])

    @property
    def reference(self) -> str:
        return self.award.application.reference or ""

    @property
    def country(self) -> Country:
        """Where the cluster is, on whose calendar the days of the voucher are counted."""
        return self.award.application.country

    @property
    def balance(self):  # type: ignore[no-untyped-def]
        """EUR that may still be approved."""
        return self.amount - self.approved - self.released

    @property
    def still_binds(self) -> bool:
        """Whether anything can come of its agreement: not once closed, or ended with nothing to pay."""
        ended_with_work = self.state == self.State.TERMINATED and self.released < self.amount
        return self.is_open or ended_with_work

    @property
    def is_open(self) -> bool:
        """Whether it goes on, or rests for a while."""
        return self.state in (self.State.ACTIVE, self.State.SUSPENDED)
