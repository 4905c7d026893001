"""The order to the bank to pay a claim, as a payment of its batch."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusters.models import BankAccount
from conduct.models.guards import fixed, never_deleted, refuses, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from inputs.queries import trigrams
from vouchers.providers.models import ProviderAccount

from .claims import Claim
from .enforced.orders import (
    COMES_TO_ITS_SUM,
    FOLLOWS_ITS_BATCH,
    SETS_OFF_ITS_PARTS,
    TO_A_VERIFIED_ACCOUNT,
)
from .enforced.rates import ORDERED_WITHOUT_ITS_RATE
from .ways import PAYABLE

_AS_CLAIMED = f"""NOT EXISTS (
    SELECT FROM vouchers_claim claim
    WHERE claim.id = NEW.claim_id AND claim.state = 'approved'
        AND {PAYABLE} = NEW.amount + NEW.set_off
)"""
_OF_A_PROPOSAL = """NOT EXISTS (
    SELECT FROM vouchers_paymentbatch batch
    WHERE batch.id = NEW.batch_id AND batch.state = 'proposed'
)"""


@follows_its_flow
@pghistory.track(exclude=["bank_reference_key"])
class PaymentOrder(models.Model):
    """The order to the bank: whom, on which account, how much; and what has become of it.

    Payee, address and account are as they were when it was proposed. A claim has one that stands;
    what the bank gave back can be ordered anew.
    """

    class State(States):
        PROPOSED = "proposed", Tone.WAITING, pgettext_lazy("payment order", "proposed")
        SENT = "sent", Tone.WAITING, pgettext_lazy("payment order", "with the bank")
        PAID = "paid", Tone.GOOD, pgettext_lazy("payment order", "paid")
        RETURNED = "returned", Tone.BAD, pgettext_lazy("payment order", "returned by the bank")
        CANCELLED = "cancelled", Tone.QUIET, pgettext_lazy("payment order", "cancelled")

    FLOW = Flow(
        {
            State.PROPOSED: [State.SENT, State.CANCELLED],
            State.SENT: [State.PAID, State.RETURNED],
            # What was paid can come back.
            State.PAID: [State.RETURNED],
        }
    )
    STANDING = (State.PROPOSED, State.SENT, State.PAID)
    LOCKED_AFTER = ("batch", "claim")

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False
    )
    batch = models.ForeignKey(
        "vouchers.PaymentBatch", on_delete=models.PROTECT, related_name="payments"
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payment_orders")
    # EndToEndId and InstrId of the file, unique for ever.
    reference = models.CharField(_("reference"), max_length=35, unique=True)
    instruction = models.CharField(_("number in the file"), max_length=35, unique=True)
    payee = models.CharField(_("payee"), max_length=200)
    payee_street = models.CharField(_("street"), max_length=70, blank=True)
    payee_post_code = models.CharField(_("post code"), max_length=16, blank=True)
    payee_town = models.CharField(_("town"), max_length=100)
    payee_country = models.CharField(_("country"), max_length=2)
    bank_account = models.CharField(_("bank account"), max_length=34)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    # Of a provider, or the bank details of the cluster or partner that paid it.
    account = models.ForeignKey(
        ProviderAccount, on_delete=models.PROTECT, null=True, related_name="orders", editable=False
    )
    bank_details = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, null=True, related_name="orders", editable=False
    )
    # What the bank pays: the claim less what is set off against a recovery from the payee.
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    set_off = models.DecimalField(
        _("set off (EUR)"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    # What the payee reads on the statement.
    text = models.CharField(_("text on the transfer"), max_length=140)
    ordered_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("bank's reference"), max_length=60, blank=True)
    # The reference as it is compared (rules.invoices.key_of), and whose bank gave it.
    bank_reference_key = models.CharField(max_length=200, blank=True, editable=False)
    paying_account = models.CharField(_("paid from"), max_length=60, blank=True)
    # The bank's word on what it did not pay.
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    returned_on = models.DateField(_("day of the bank’s message"), null=True, blank=True)
    return_reason = models.TextField(_("why it was not paid"), blank=True)
    # The bank's reason as a code of ISO 20022, where it gave one.
    return_code = models.CharField(_("bank’s code"), max_length=35, blank=True)
    return_reference = models.CharField(_("bank’s reference"), max_length=60, blank=True)

    # What triggers refuse, in sentences (see conduct.actions.acting.constraints_of).
    ENFORCED = {
        "an_order_goes_to_a_verified_account": _(
            "The payee’s account has to be verified by a second person before money goes to it."
        ),
        "an_order_waits_until_an_account_is_usable": _(
            "The payee’s account was verified, and cools down: nothing is ordered to it yet."
        ),
        "an_order_follows_its_batch": _(
            "Somebody has just done something with this batch: please look at it again."
        ),
        "nobody_books_what_they_authorised": _(
            "You authorised this batch: somebody else records what the bank paid."
        ),
    }

    class Meta:
        verbose_name = _("payment order")
        verbose_name_plural = _("payment orders")
        ordering = ["-ordered_at"]
        indexes = [
            models.Index(fields=["state", "-ordered_at"], name="order_by_state"),
            # The list without any filter, and by amount, in pages.
            models.Index(fields=["-ordered_at", "-id"], name="orders_newest"),
            models.Index(fields=["-amount", "-id"], name="orders_largest"),
            trigrams("reference", "payee", "bank_reference", name="order_searched"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=["proposed", "sent", "paid"]),
                name="one_standing_order_per_claim",
                violation_error_message=_("This claim is in a payment batch already."),
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=True, bank_details__isnull=False)
                | Q(account__isnull=False, bank_details__isnull=True),
                name="an_order_goes_to_one_account",
                violation_error_message=_("A payment goes to one account."),
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, bank_reference="")
                | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="a_payment_has_a_date_and_a_bank_reference",
                violation_error_message=_("A payment has a date and the bank's reference."),
            ),
            models.CheckConstraint(
                condition=Q(bank_reference="", bank_reference_key="", paying_account="")
                | ~(Q(bank_reference_key="") | Q(paying_account="")),
                name="a_bank_reference_is_kept_to_be_compared",
                violation_error_message=_(
                    "Write the bank's reference, with its letters and digits."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, set_off__gte=0),
                name="an_order_pays_something",
                violation_error_message=_("A set-off leaves something to be paid."),
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False),
                name="a_paid_order_says_when",
                violation_error_message=_("A payment has a date and the bank's reference."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | (
                    Q(returned_by__isnull=False, returned_on__isnull=False)
                    & ~Q(return_reason="")
                    & ~Q(return_reference="")
                ),
                name="what_comes_back_bears_the_banks_word",
                violation_error_message=_(
                    "Say why the bank did not pay, with the day and the reference of its message."
                ),
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Z0-9][A-Z0-9-]{0,34}$")
                & Q(instruction__regex=r"^[A-Z0-9][A-Z0-9-]{0,34}$"),
                name="an_order_has_identifiers_that_banks_take",
                violation_error_message=_(
                    "The identifiers of the payment are none that banks take."
                ),
            ),
            models.UniqueConstraint(
                fields=["paying_account", "bank_reference_key"],
                condition=~Q(bank_reference_key=""),
                name="one_payment_per_bank_reference",
                violation_error_message=_(
                    "This reference of the bank stands for another payment already: look at the "
                    "statement of the account again."
                ),
            ),
        ]
        triggers = [
            refuses(
                "ordered_as_approved",
                pgtrigger.Insert,
                _AS_CLAIMED,
                "An order pays the amount of a claim that is approved, less what is set off.",
            ),
            refuses(
                "ordered_at_its_final_rate",
                pgtrigger.Insert,
                ORDERED_WITHOUT_ITS_RATE,
                "A claim is ordered at the exchange rate of the month that its call names.",
            ),
            refuses(
                "ordered_in_a_proposal",
                pgtrigger.Insert,
                _OF_A_PROPOSAL,
                "A batch keeps its payments: they are chosen when it is proposed.",
            ),
            fixed(
                *("batch", "claim", "reference", "instruction", "payee", "bank_account", "bic"),
                *(
                    "account",
                    "bank_details",
                    "amount",
                    "set_off",
                    "text",
                    "ordered_at",
                    "payee_street",
                ),
                *("payee_post_code", "payee_town", "payee_country"),
            ),
            written_on("paid", "paid_on", "bank_reference", "bank_reference_key", "paying_account"),
            written_on(
                "returned",
                *("returned_by", "returned_on", "return_reason", "return_code"),
                "return_reference",
            ),
            never_deleted(),
            pgtrigger.Trigger(
                name="follows_its_batch",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("found", "RECORD")],
                func=FOLLOWS_ITS_BATCH,
            ),
            pgtrigger.Trigger(
                name="comes_to_the_sum_of_its_batch",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("batch", "bigint := NEW.batch_id")],
                func=COMES_TO_ITS_SUM,
            ),
            pgtrigger.Trigger(
                name="sets_off_what_its_parts_say",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                timing=pgtrigger.Deferred,
                func=SETS_OFF_ITS_PARTS % {"payment": "NEW.id"},
            ),
            pgtrigger.Trigger(
                name="goes_to_a_verified_account",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=TO_A_VERIFIED_ACCOUNT,
                declare=[("found", "RECORD"), ("paid", "RECORD")],
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("batches:batch", args=[self.batch_id])

    @property
    def paid_to(self) -> ProviderAccount | BankAccount:
        """The account of the payee that it goes to."""
        return self.account if self.account is not None else cast(BankAccount, self.bank_details)

    @property
    def gross(self) -> Decimal:
        """EUR: what the claim is worth, before anything is set off."""
        return self.amount + self.set_off
