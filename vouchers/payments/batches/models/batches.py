"""Payments that leave together: proposed, authorised by two, and made into one file."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import (
    append_only,
    fixed,
    never_deleted,
    refuses,
    written_on,
    written_once,
)
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.payments.models.enforced.orders import COMES_TO_ITS_SUM

from .enforced import (
    ACCOUNTS_STAND,
    FILE_OF_ITS_BATCH,
    HAS_ITS_HASH,
    PAYMENTS_SAY_SO,
    PROFILE_STANDS,
    SENTENCES_OF_BATCHES,
    SIGNED_AS_CLAIMS_SAY,
)
from .profiles import BankProfile


@follows_its_flow
@pghistory.track()
class PaymentBatch(models.Model):
    """Orders to the bank that leave in one file. What it pays is fixed when it is proposed.

    Proposed by a finance officer, authorised by two others, neither of whom records what the bank
    paid; who else is kept apart is a matter of the policies of its claims. Money of its vouchers is in
    transit from the export on. Sums are in EUR.
    """

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, pgettext_lazy("payment batch", "proposed")
        AUTHORISED = "authorised", Tone.WAITING, pgettext_lazy("payment batch", "authorised")
        EXPORTED = "exported", Tone.WAITING, pgettext_lazy("payment batch", "exported")
        ACKNOWLEDGED = "acknowledged", Tone.WAITING, pgettext_lazy("payment batch", "acknowledged")
        PARTLY = "partly", Tone.WAITING, pgettext_lazy("payment batch", "settled in part")
        SETTLED = "settled", Tone.GOOD, pgettext_lazy("payment batch", "settled")
        CANCELLED = "cancelled", Tone.QUIET, pgettext_lazy("payment batch", "cancelled")

    FLOW = Flow(
        {
            State.PROPOSED: [State.AUTHORISED, State.CANCELLED],
            State.AUTHORISED: [State.EXPORTED, State.CANCELLED],
            State.EXPORTED: [State.ACKNOWLEDGED, State.PARTLY, State.SETTLED, State.CANCELLED],
            State.ACKNOWLEDGED: [State.PARTLY, State.SETTLED, State.CANCELLED],
            State.PARTLY: [State.SETTLED],
        }
    )
    # With the bank, which has not said the last word on every payment.
    OUTSIDE = (State.EXPORTED, State.ACKNOWLEDGED, State.PARTLY)

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PROPOSED, editable=False
    )
    profile = models.ForeignKey(
        BankProfile, on_delete=models.PROTECT, related_name="batches", verbose_name=_("paid from")
    )
    # MsgId and PmtInfId of the file, unique for ever; the first is how people call it.
    reference = models.CharField(_("reference"), max_length=35, unique=True)
    group_reference = models.CharField(
        _("reference of the payments together"), max_length=35, unique=True
    )
    execution_on = models.DateField(_("to be paid on"))
    count = models.PositiveIntegerField(_("payments"), validators=[MinValueValidator(1)])
    total = models.DecimalField(_("sum (EUR)"), max_digits=14, decimal_places=2)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    first_at = models.DateTimeField(_("authorised first"), null=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    second_at = models.DateTimeField(_("authorised by the second"), null=True)
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    exported_at = models.DateTimeField(_("exported"), null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    # What the bank calls it, where it said so.
    bank_reference = models.CharField(_("bank’s reference"), max_length=60, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True)

    ENFORCED = SENTENCES_OF_BATCHES

    class Meta:
        verbose_name = _("payment batch")
        verbose_name_plural = _("payment batches")
        ordering = ["-proposed_at"]
        indexes = [
            models.Index(fields=["state", "-proposed_at"], name="batch_by_state"),
            # The list without any filter, and by sum, in pages.
            models.Index(fields=["-proposed_at", "-id"], name="batches_newest"),
            models.Index(fields=["-total", "-id"], name="batches_largest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=1, total__gt=Decimal(0)),
                name="a_batch_pays_something",
                violation_error_message=_("Choose at least one claim."),
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9][A-Z0-9-]{0,34}$")
                & Q(group_reference__regex=r"^[A-Z0-9][A-Z0-9-]{0,34}$"),
                name="a_batch_has_identifiers_that_banks_take",
                violation_error_message=_("The identifiers of the batch are none that banks take."),
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_by=F("proposed_by")))
                & (Q(second_by=None) | ~Q(second_by=F("proposed_by")))
                & (Q(second_by=None) | ~Q(second_by=F("first_by"))),
                name="a_batch_is_authorised_by_two_others",
                violation_error_message=_(
                    "A batch is authorised by two people, and by nobody who proposed it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(first_by=None, first_at=None)
                | Q(first_by__isnull=False, first_at__isnull=False),
                name="a_first_signature_has_its_hour",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=["authorised", "exported", "acknowledged", "partly", "settled"]
                )
                | Q(first_by__isnull=False, second_by__isnull=False, second_at__isnull=False),
                name="a_batch_says_who_authorised_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["exported", "acknowledged", "partly", "settled"])
                | Q(exported_by__isnull=False, exported_at__isnull=False),
                name="a_batch_says_who_exported_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled")
                | (
                    Q(cancelled_by__isnull=False, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                ),
                name="a_batch_says_why_it_is_cancelled",
                violation_error_message=_("Say why it is cancelled."),
            ),
        ]
        triggers = [
            fixed(
                *("profile", "reference", "group_reference", "execution_on", "count", "total"),
                *("proposed_by", "proposed_at"),
            ),
            refuses(
                "begins_proposed",
                pgtrigger.Insert,
                "NEW.state <> 'proposed' OR NEW.first_by_id IS NOT NULL",
                "A batch is proposed first, and authorised by others then.",
            ),
            written_once("first_by", "first_at"),
            written_on("authorised", "second_by", "second_at"),
            written_on("exported", "exported_by", "exported_at"),
            written_on("acknowledged", "acknowledged_by", "acknowledged_at"),
            written_on("cancelled", "cancelled_by", "cancelled_at", "cancel_reason"),
            refuses(
                "signed_while_it_is_proposed",
                pgtrigger.Update,
                "OLD.first_by_id IS DISTINCT FROM NEW.first_by_id AND OLD.state <> 'proposed'",
                "A batch is authorised while it is proposed.",
            ),
            pgtrigger.Trigger(
                name="is_signed_as_its_claims_say",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("first_by", "second_by"),
                func=SIGNED_AS_CLAIMS_SAY,
            ),
            pgtrigger.Trigger(
                name="goes_to_accounts_that_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ACCOUNTS_STAND,
            ),
            pgtrigger.Trigger(
                name="is_paid_from_a_profile_that_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("found", "RECORD")],
                func=PROFILE_STANDS,
            ),
            pgtrigger.Trigger(
                name="says_what_its_payments_say",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("found", "RECORD")],
                func=PAYMENTS_SAY_SO,
            ),
            pgtrigger.Trigger(
                name="comes_to_its_sum",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("batch", "bigint := NEW.id")],
                func=COMES_TO_ITS_SUM,
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("batches:batch", args=[self.pk])

    @property
    def signatories(self) -> set[int]:
        """Ids of whoever has authorised it."""
        return {one for one in (self.first_by_id, self.second_by_id) if one is not None}


class BatchFile(models.Model):
    """The file of a batch, made once: exported again, it is the same bytes."""

    batch = models.OneToOneField(PaymentBatch, on_delete=models.PROTECT, related_name="file")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    ENFORCED = {
        "a_file_has_its_hash": _("The file was altered on its way: nothing is saved."),
    }

    class Meta:
        verbose_name = _("payment file")
        verbose_name_plural = _("payment files")
        triggers = [
            append_only(),
            refuses(
                "made_of_an_authorised_batch",
                pgtrigger.Insert,
                FILE_OF_ITS_BATCH,
                "A file is made of a batch that two people have authorised.",
            ),
            pgtrigger.Trigger(
                name="has_its_hash",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=HAS_ITS_HASH,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch.reference}.xml"
