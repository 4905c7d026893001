"""What providers are asked for: the terms of reference of a voucher."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import Country
from conduct.models.guards import (
    OwnersTrigger,
    fixed,
    frozen_in,
    kept_by_triggers,
    never_deleted,
    refuses,
)
from conduct.models.one_line import one_line
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.queries.days import day_of
from vouchers.awards.models import Voucher
from vouchers.calls.models import Currency
from vouchers.calls.models.currencies import EVERYWHERE

from .taking import TAKEN_WHEN_RETURNED

# What providers were told stands from the first invitation on.
_TOLD = (
    "title",
    "scope",
    "deliverables_text",
    "days",
    "ceiling",
    "shows_ceiling",
    "language",
    "least_quotes",
    "currencies",
)
_TOLD_CHANGES = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _TOLD)
# The money of another country is none of them (`PurchaseRules.currencies_in`).
_NOT_OF_THE_CALL = """
    NOT EXISTS (
        SELECT FROM vouchers_voucher v
        JOIN vouchers_award a ON a.id = v.award_id
        JOIN vouchers_application p ON p.id = a.application_id
        JOIN vouchers_purchaserules r ON r.call_id = p.call_id
        JOIN clusters_country c ON c.code = p.country_id
        WHERE v.id = NEW.voucher_id AND NEW.currencies <@ r.quote_currencies
            AND NEW.currencies <@ ARRAY[{everywhere}, c.currency]::varchar[]
            AND 'EUR' = ANY(NEW.currencies)
    )
""".format(everywhere=", ".join(f"'{currency}'" for currency in EVERYWHERE))
_OPENED_WITHOUT_ITS_RECORD = """
    NEW.state = 'opened' AND OLD.state = 'asking'
        AND NOT EXISTS (SELECT FROM vouchers_quoteopening o WHERE o.terms_id = NEW.id)
"""


def in_euro_alone() -> list[str]:
    """The currencies of terms where nothing else is said."""
    return [Currency.EUR]


@follows_its_flow
@pghistory.track(exclude=["answers"])
class TermsOfReference(models.Model):
    """The terms of reference of a voucher: written, sent to providers, opened, and chosen on.

    Amounts are EUR, `deadline` is an instant (UTC). `answers` counts the providers whose quote
    stands; it is all that anybody else learns of quotes before they are opened.
    """

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        ASKING = "asking", Tone.WAITING, _("waiting for quotes")
        OPENED = "opened", Tone.WAITING, _("opened")
        CHOSEN = "chosen", Tone.WAITING, _("chosen by the cluster")
        DECIDED = "decided", Tone.GOOD, _("decided")
        ENDED = "ended", Tone.BAD, _("ended without a choice")

    FLOW = Flow(
        {
            State.DRAFT: [State.ASKING, State.ENDED],
            State.ASKING: [State.OPENED, State.ENDED],
            State.OPENED: [State.CHOSEN, State.ENDED],
            State.CHOSEN: [State.DECIDED, State.OPENED, State.ENDED],
        }
    )
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.DRAFT, editable=False
    )
    voucher = models.ForeignKey(
        Voucher, on_delete=models.PROTECT, related_name="terms_of_reference"
    )
    title = models.CharField(_("title"), max_length=200, validators=[one_line])
    scope = models.TextField(_("scope of the work"), max_length=6000)
    deliverables_text = models.TextField(_("expected deliverables"), max_length=6000)
    days = models.DecimalField(
        _("days of expertise"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25"))],
    )
    ceiling = models.DecimalField(
        _("most that it may cost (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    shows_ceiling = models.BooleanField(_("providers read the ceiling"), default=True)
    language = models.CharField(
        _("language of the quotes"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    deadline = models.DateTimeField(_("deadline"), null=True, editable=False)
    # The rules of the call as they were when the terms were begun.
    least_quotes = models.PositiveSmallIntegerField(_("providers that are asked at least"))
    currencies = ArrayField(
        models.CharField(max_length=3, choices=Currency.choices),
        verbose_name=_("currencies of the quotes"),
        default=in_euro_alone,
    )
    answers = models.PositiveSmallIntegerField(_("quotes that arrived"), default=0, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    asked_at = models.DateTimeField(_("sent to providers"), null=True, editable=False)
    end_reason = models.TextField(_("why it ended"), blank=True, editable=False)

    class Meta:
        verbose_name = _("terms of reference")
        verbose_name_plural = _("terms of reference")
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=~Q(state="ended"),
                name="one_request_for_quotes_at_a_time",
                violation_error_message=_(
                    "Quotes are asked for this voucher already. End that first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(days__gt=0) & Q(ceiling__gt=0) & Q(least_quotes__gte=1),
                name="terms_ask_for_something",
                violation_error_message=_("Days and ceiling are more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ended"])
                | Q(
                    deadline__isnull=False,
                    asked_by__isnull=False,
                    asked_at__isnull=False,
                    deadline__gt=F("asked_at"),
                ),
                name="providers_are_asked_until_a_deadline",
                violation_error_message=_("The deadline must lie ahead."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(end_reason=""),
                name="ended_terms_say_why",
                violation_error_message=_("Say why it ends."),
            ),
        ]
        triggers = [
            refuses(
                "stands_as_it_was_told",
                pgtrigger.Update,
                f"OLD.state <> 'draft' AND ({_TOLD_CHANGES})",
                "Providers were asked on these terms: they stand.",
            ),
            refuses(
                "in_currencies_of_the_call",
                pgtrigger.Insert | pgtrigger.UpdateOf("currencies"),
                _NOT_OF_THE_CALL,
                "Providers quote in euros, or in another currency that the call names for their country.",
            ),
            refuses(
                "a_deadline_only_moves_on",
                pgtrigger.Update,
                "OLD.state <> 'draft' AND NEW.deadline IS DISTINCT FROM OLD.deadline"
                " AND (OLD.state <> 'asking' OR NEW.deadline < OLD.deadline)",
                "A deadline is extended for everybody, and never after the opening.",
            ),
            refuses(
                "opened_with_its_record",
                pgtrigger.Update,
                _OPENED_WITHOUT_ITS_RECORD,
                "Quotes are opened by a record that says by whom and when.",
            ),
            OwnersTrigger(
                name="rates_are_taken_again",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                func=TAKEN_WHEN_RETURNED,
            ),
            fixed("voucher", "begun_by", "begun_at"),
            kept_by_triggers("answers"),
            frozen_in("ended", "decided"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("quotes:terms", args=[self.pk])

    @property
    def country(self) -> Country:
        """Where the cluster is: deadlines are said on the clock there."""
        return self.voucher.country

    @property
    def rate_month(self) -> str:
        """The month (YYYY-MM) of the deadline in the country, at whose rates quotes are compared."""
        return f"{day_of(self.deadline, self.country.zone):%Y-%m}" if self.deadline else ""

    @property
    def is_past_deadline(self) -> bool:
        """Whether the deadline has passed on this machine's clock; what counts is the database's."""
        return self.deadline is not None and timezone.now() >= self.deadline

    @property
    def are_open(self) -> bool:
        """Whether the quotes have been opened."""
        return self.state in (self.State.OPENED, self.State.CHOSEN, self.State.DECIDED)
