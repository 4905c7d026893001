"""The accounts on which consultants are paid."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses, written_once

from .providers import Provider


@pghistory.track()
class ProviderAccount(models.Model):
    """An account of a provider. A change is a new row; the one before it stays."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="accounts")
    holder = models.CharField(
        _("account holder"), max_length=200, help_text=_("As the bank writes it.")
    )
    # As clusters.models.account_numbers keeps it: an IBAN, or a Moroccan RIB.
    account = models.CharField(_("bank account"), max_length=34)
    # Of the bank where it lies; payments between countries name it.
    bic = models.CharField(
        _("BIC of the bank"),
        max_length=11,
        blank=True,
        help_text=_("8 or 11 letters and digits, as the paper of the bank says."),
    )
    # Why the provider is paid in another country than its own; empty where it is not.
    foreign_reason = models.TextField(_("why in another country"), blank=True)
    reason = models.TextField(_("why it was changed"), blank=True)
    # The contact that stood before the change, who is told of it; empty for the first account.
    told_contact = models.EmailField(_("told to"), blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    # Some days after it is verified, so that a fraud comes out before money goes.
    usable_from = models.DateTimeField(_("usable from"), null=True, blank=True)

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    class Meta:
        verbose_name = _("account of a provider")
        verbose_name_plural = _("accounts of providers")
        ordering = ["-entered_at"]
        indexes = [
            # Who else is paid on this account.
            models.Index(fields=["account"], name="provider_by_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(replaced_at=None),
                name="one_current_account_per_provider",
                violation_error_message=_(
                    "Somebody else has just changed the account. Please look at it first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None, usable_from=None)
                | Q(
                    verified_by__isnull=False,
                    verified_at__isnull=False,
                    usable_from__gte=F("verified_at"),
                ),
                name="a_provider_account_says_who_verified_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("entered_by")),
                name="nobody_verifies_a_provider_account_of_their_own",
                violation_error_message=_("Nobody verifies the account that they entered."),
            ),
        ]
        triggers = [
            refuses(
                "begins_unverified",
                pgtrigger.Insert,
                "NEW.verified_by_id IS NOT NULL OR NEW.replaced_at IS NOT NULL",
                "An account is entered first, and verified by a second person then.",
            ),
            written_once("verified_by", "verified_at", "usable_from", "replaced_at"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="fixed_when_entered",
                fields=[
                    "provider",
                    "holder",
                    "account",
                    "bic",
                    "foreign_reason",
                    "reason",
                    "told_contact",
                    "entered_by",
                    "entered_at",
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.masked

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
        """The account as others may see it: its last four characters."""
        return f"…{self.account[-4:]}"

    @property
    def grouped(self) -> str:
        """The account in groups of four, as it is read aloud."""
        return " ".join(self.account[at : at + 4] for at in range(0, len(self.account), 4))
