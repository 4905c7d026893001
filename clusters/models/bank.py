"""Where money for a cluster or a country partner goes: its bank accounts, each kept as it was."""

from __future__ import annotations

from typing import cast

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import never_deleted, written_once

from .clusters import Cluster
from .countries import CountryPartner


@pghistory.track()
class BankAccount(models.Model):
    """The bank details of a cluster or a country partner. A change is a new row; the one before stays."""

    LOCKED_AFTER = ("cluster", "partner")

    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, related_name="bank_accounts"
    )
    partner = models.ForeignKey(
        CountryPartner, on_delete=models.PROTECT, null=True, related_name="bank_accounts"
    )
    holder = models.CharField(
        _("account holder"), max_length=150, help_text=_("As the bank writes it.")
    )
    bank = models.CharField(_("name of the bank"), max_length=150)
    account = models.CharField(_("account"), max_length=34)
    bic = models.CharField(_("BIC (SWIFT)"), max_length=11, blank=True)
    currency = models.CharField(_("currency of the account"), max_length=3)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    # Some days after it is verified, so that a fraud comes out before money goes.
    usable_from = models.DateTimeField(_("usable from"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-entered_at"]
        indexes = [
            # Who else has this account.
            models.Index(fields=["account"], name="clusters_by_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(replaced_at=None),
                name="one_current_account_per_cluster",
                violation_error_message=_(
                    "Somebody else has just changed the bank details. Please look at them first."
                ),
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(replaced_at=None),
                name="one_current_account_per_partner",
                violation_error_message=_(
                    "Somebody else has just changed the bank details. Please look at them first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cluster__isnull=True, partner__isnull=False)
                | Q(cluster__isnull=False, partner__isnull=True),
                name="bank_details_are_of_one",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None, usable_from=None)
                | Q(
                    verified_by__isnull=False,
                    verified_at__isnull=False,
                    usable_from__gte=F("verified_at"),
                ),
                name="verified_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("entered_by")),
                name="nobody_verifies_own_bank_details",
                violation_error_message=_("Nobody verifies the bank details that they entered."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="fixed_when_entered",
                fields=[
                    "cluster",
                    "partner",
                    "holder",
                    "bank",
                    "account",
                    "bic",
                    "currency",
                    "entered_by",
                    "entered_at",
                ],
            ),
            written_once("verified_by", "verified_at", "usable_from", "replaced_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def owner(self) -> Cluster | CountryPartner:
        """Whose account it is."""
        return self.cluster if self.cluster is not None else cast(CountryPartner, self.partner)

    @property
    def is_usable(self) -> bool:
        """Whether money can be paid to it now: verified, no longer cooling, and not retired."""
        return (
            self.replaced_at is None
            and self.usable_from is not None
            and timezone.now() >= self.usable_from
        )

    @property
    def is_cooling(self) -> bool:
        """Whether it is verified, and waits until money can be paid to it."""
        return self.replaced_at is None and self.verified_at is not None and not self.is_usable

    @property
    def masked(self) -> str:
        """The account as everybody else may see it: its last four characters."""
        return f"…{self.account[-4:]}"

    @property
    def grouped(self) -> str:
        """The account in groups of four, as it is read aloud."""
        return " ".join(self.account[at : at + 4] for at in range(0, len(self.account), 4))
