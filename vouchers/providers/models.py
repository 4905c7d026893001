"""The consultants of a country, and the accounts on which they are paid."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.models.guards import fixed, refuses, written_once
from links.models import UNTRACKED, PersonalLink


@pghistory.track()
class Provider(models.Model):
    """The consultant, a firm or a person, who delivers the assistance."""

    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="providers",
        verbose_name=_("country"),
    )
    email = models.EmailField(_("e-mail address"), blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="one_provider_per_name_and_country",
                violation_error_message=_("This country has a provider of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("providers:provider", args=[self.pk])

    @cached_property
    def account(self) -> ProviderAccount | None:
        """The account that stands, verified or not."""
        return next((one for one in self.accounts.all() if one.replaced_at is None), None)


@pghistory.track()
class ProviderAccount(models.Model):
    """An account of a provider. A change is a new row; the one before it stays."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="accounts")
    holder = models.CharField(
        _("account holder"), max_length=200, help_text=_("As the bank writes it.")
    )
    # As clusters.models.account_numbers keeps it: an IBAN, or a Moroccan RIB.
    account = models.CharField(_("bank account"), max_length=34)
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
                condition=Q(verified_by=None, verified_at=None)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
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
            written_once("verified_by", "verified_at", "replaced_at"),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="fixed_when_entered",
                fields=[
                    "provider",
                    "holder",
                    "account",
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
    def masked(self) -> str:
        """The account as others may see it: its last four characters."""
        return f"…{self.account[-4:]}"

    @property
    def grouped(self) -> str:
        """The account in groups of four, as it is read aloud."""
        return " ".join(self.account[at : at + 4] for at in range(0, len(self.account), 4))


@pghistory.track(exclude=UNTRACKED)
class ProviderLink(PersonalLink):
    """The personal link by which a provider reads its own page."""

    SUBJECT = ("provider",)
    PAGE = "providers:own"
    MAIL = "providers/mails/link"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="links")

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    class Meta(PersonalLink.Meta):
        abstract = False
        verbose_name = _("personal link of a provider")
        verbose_name_plural = _("personal links of providers")
        constraints = [
            *PersonalLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["provider"],
                condition=Q(withdrawn_at=None, replaced_at=None),
                name="one_link_stands_for_a_provider",
                violation_error_message=_("Somebody has just sent a link to this provider."),
            ),
        ]
        triggers = [*PersonalLink.Meta.triggers, fixed("provider", name="fixed_subject")]

    def mail_facts(self) -> dict[str, Any]:
        return {"provider": self.provider.name}
