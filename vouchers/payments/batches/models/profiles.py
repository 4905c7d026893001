"""What a bank asks of a payment file: another bank is another row, no code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from conduct.models.one_line import one_line
from vouchers.calls.models import Currency
from vouchers.payments.batches.rules.building import PAIN_001
from vouchers.payments.batches.rules.codes import BASIC, LATIN, PURPOSES
from vouchers.payments.batches.rules.messages import Bank

# What is said once, when the profile is entered; a change is a new row that takes its place.
SAID = (
    *("name", "version", "country", "debtor_name", "debtor_town", "debtor_account", "debtor_bic"),
    *("currency", "address_form", "characters", "longest_name", "charge_bearer", "service_level"),
    *("purpose", "demands_bic", "batch_booking", "most_payments", "largest_sum", "weekend"),
    "holidays",
)
_WEEK = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]


@pghistory.track()
class BankProfile(models.Model):
    """The account that the programme pays from, and what its bank takes. Fixed when it is entered.

    A second person verifies it; then it can be paid from, and the one of its name before it is
    replaced. Sums are in EUR.
    """

    class Version(models.TextChoices):
        PAIN_001_09 = PAIN_001, PAIN_001

    class AddressForm(models.TextChoices):
        STRUCTURED = "structured", _("structured: street, post code, town and country apart")
        HYBRID = "hybrid", _("hybrid: town and country, and two free lines")

    class Characters(models.TextChoices):
        BASIC = BASIC, _("letters without accents (a to z), digits and / - ? : ( ) . , ' +")
        LATIN = LATIN, _("Latin letters with accents too, and &")

    class ChargeBearer(models.TextChoices):
        SHARED = "SHAR", _("shared: each side pays its own bank (SHAR)")
        DEBTOR = "DEBT", _("all by the programme (DEBT)")
        CREDITOR = "CRED", _("all by the payee (CRED)")
        SERVICE = "SLEV", _("as the scheme says, in SEPA alone (SLEV)")

    class ServiceLevel(models.TextChoices):
        NONE = "", pgettext_lazy("service level", "none")
        SEPA = "SEPA", _("SEPA, inside of it alone")
        NORMAL = "NURG", _("not urgent (NURG)")
        URGENT = "URGP", _("urgent (URGP)")

    DAYS_OF_THE_WEEK = _WEEK
    PURPOSES = [(code, f"{code} · {title}") for code, title in PURPOSES.items()]

    name = models.CharField(
        _("name"),
        max_length=60,
        validators=[one_line],
        help_text=_("How finance officers call the account, for example “Programme account”."),
    )
    version = models.CharField(
        _("version of the message"),
        max_length=20,
        choices=Version.choices,
        default=Version.PAIN_001_09,
    )
    country = models.CharField(_("country of the bank"), max_length=2)
    debtor_name = models.CharField(
        _("account holder"), max_length=140, validators=[one_line], help_text=_("In Latin letters.")
    )
    debtor_town = models.CharField(_("town of the holder"), max_length=35, validators=[one_line])
    debtor_account = models.CharField(
        _("account to pay from"), max_length=34, help_text=_("The IBAN, or a Moroccan RIB.")
    )
    debtor_bic = models.CharField(_("BIC of the bank"), max_length=11)
    currency = models.CharField(
        _("currency of the account"),
        max_length=3,
        choices=Currency.choices,
        default=Currency.EUR,
    )
    address_form = models.CharField(
        _("addresses"),
        max_length=10,
        choices=AddressForm.choices,
        default=AddressForm.STRUCTURED,
        help_text=_("Banks refuse addresses that are free lines alone since November 2026."),
    )
    characters = models.CharField(
        _("letters that the bank takes"),
        max_length=5,
        choices=Characters.choices,
        default=Characters.BASIC,
    )
    longest_name = models.PositiveSmallIntegerField(
        _("longest name (characters)"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(140)],
    )
    charge_bearer = models.CharField(
        _("charges"), max_length=4, choices=ChargeBearer.choices, default=ChargeBearer.SHARED
    )
    service_level = models.CharField(
        _("service level"), max_length=4, choices=ServiceLevel.choices, blank=True
    )
    purpose = models.CharField(
        _("purpose of the payments"),
        max_length=4,
        choices=PURPOSES,
        default="SCVE",
        help_text=_("Of the list of ISO 20022."),
    )
    demands_bic = models.BooleanField(
        _("the bank asks for the BIC of the payee’s bank"), default=True
    )
    batch_booking = models.BooleanField(_("the statement shows one sum for a batch"), default=True)
    most_payments = models.PositiveIntegerField(
        _("payments in one file, at most"), default=1000, validators=[MinValueValidator(1)]
    )
    largest_sum = models.DecimalField(
        _("sum of one file, at most (EUR)"),
        max_digits=14,
        decimal_places=2,
        default=Decimal(1000000),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    # Monday is 1.
    weekend = ArrayField(
        models.PositiveSmallIntegerField(choices=_WEEK),
        verbose_name=_("days of the week on which the bank is closed"),
        default=list,
        blank=True,
    )
    holidays = ArrayField(
        models.DateField(), verbose_name=_("holidays of the bank"), default=list, blank=True
    )
    reason = models.TextField(_("why it was changed"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_at = models.DateTimeField(_("verified"), null=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True)

    class Meta:
        verbose_name = _("bank profile")
        verbose_name_plural = _("bank profiles")
        ordering = ["name", "-entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(verified_at__isnull=False, replaced_at=None),
                name="one_bank_profile_of_a_name",
                violation_error_message=_(
                    "Somebody has just verified another profile of this name."
                ),
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="a_bank_profile_says_who_verified_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("entered_by")),
                name="nobody_verifies_a_bank_profile_of_their_own",
                violation_error_message=_("Nobody verifies the profile that they entered."),
            ),
        ]
        triggers = [
            refuses(
                "begins_unverified",
                pgtrigger.Insert,
                "NEW.verified_by_id IS NOT NULL OR NEW.replaced_at IS NOT NULL",
                "A bank profile is entered first, and verified by a second person then.",
            ),
            fixed(*SAID, "reason", "entered_by", "entered_at"),
            written_once("verified_by", "verified_at", "replaced_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("batches:profile", args=[self.pk])

    @property
    def is_in_use(self) -> bool:
        """Whether batches can be paid from it: verified, and not replaced."""
        return self.verified_at is not None and self.replaced_at is None

    @property
    def masked(self) -> str:
        """The account as others may see it: its last four characters."""
        return f"…{self.debtor_account[-4:]}"

    @property
    def days_closed(self) -> list[str]:
        """The days of its weekend, in words of the active language."""
        return [str(words) for day, words in _WEEK if day in self.weekend]

    def as_bank(self) -> Bank:
        """What the bank takes, for the rules."""
        facts: dict[str, Any] = {
            name: getattr(self, name)
            for name in (
                *("address_form", "characters", "longest_name", "charge_bearer", "service_level"),
                *("purpose", "demands_bic", "most_payments", "largest_sum", "weekend", "holidays"),
            )
        }
        return Bank(account=self.debtor_account, **facts)
