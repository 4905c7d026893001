"""What a provider offers. Sealed: see `sealing`.

None of these tables has a history that anybody could read before the opening: what was sent is
never changed, and another version is another row.
"""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import OwnersTrigger, fixed, frozen_by, frozen_in, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from files.models import KeptFile
from vouchers.awards.models.endings import not_while_suspended
from vouchers.calls.models import Currency

from .invitations import COUNT_ANSWERS, QuoteInvitation

# Judged on the terms as they are when the row is written; the action holds them locked meanwhile.
_VOUCHER = """(
    SELECT terms.voucher_id FROM vouchers_quoteinvitation invitation
    JOIN vouchers_termsofreference terms ON terms.id = invitation.terms_id
    WHERE invitation.id = NEW.invitation_id
)"""
_TOO_LATE = """
    EXISTS (
        SELECT FROM vouchers_quoteinvitation i
        JOIN vouchers_termsofreference t ON t.id = i.terms_id
        WHERE i.id = COALESCE(NEW.invitation_id, OLD.invitation_id)
            AND (t.state <> 'asking' OR i.state <> 'invited'
                OR NEW.state = 'sent' AND OLD.state IS DISTINCT FROM 'sent'
                    AND NEW.sent_at >= t.deadline)
    )
"""


_NOT_ASKED = """
    NOT EXISTS (
        SELECT FROM vouchers_quoteinvitation i JOIN vouchers_termsofreference t ON t.id = i.terms_id
        WHERE i.id = NEW.invitation_id AND NEW.currency = ANY(t.currencies)
    )
"""
# The Tunisian dinar has three decimals; the sums are rounded half up, as `rules.amounts` does.
_PLACES = "CASE q.currency WHEN 'TND' THEN 3 ELSE 2 END"
_NOT_ITS_AMOUNT = f"""
    EXISTS (
        SELECT FROM vouchers_quote q
        WHERE q.id = NEW.quote_id AND (
            NEW.amount <> round(NEW.amount, {_PLACES})
            OR NEW.kind = 'days' AND (
                NEW.rate <> round(NEW.rate, {_PLACES})
                OR NEW.amount <> round(NEW.days * NEW.rate, {_PLACES})
            )
        )
    )
"""


@follows_its_flow
class Quote(models.Model):
    """One version of a provider's quote: a draft until it is sent, and fixed from then on."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, pgettext_lazy("quote", "draft")
        SENT = "sent", Tone.GOOD, pgettext_lazy("quote", "sent")
        REPLACED = "replaced", Tone.QUIET, pgettext_lazy("quote", "replaced by a newer one")
        WITHDRAWN = "withdrawn", Tone.BAD, pgettext_lazy("quote", "withdrawn")

    FLOW = Flow(
        {State.DRAFT: [State.SENT], State.SENT: [State.REPLACED, State.WITHDRAWN]},
    )
    LOCKED_AFTER = ("invitation",)

    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.DRAFT, editable=False
    )
    invitation = models.ForeignKey(QuoteInvitation, on_delete=models.PROTECT, related_name="quotes")
    version = models.PositiveSmallIntegerField(_("version"), editable=False)
    approach = models.TextField(_("approach"), max_length=8000, blank=True)
    experience = models.TextField(_("experience"), max_length=6000, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    # By the database's clock.
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    # Of all that was sent, for the receipt and the record of the opening.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["invitation", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "version"],
                name="one_quote_per_version",
                violation_error_message=_("Another window has saved this quote meanwhile."),
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(state="draft"),
                name="one_draft_of_a_quote",
                violation_error_message=_("Another window has saved this quote meanwhile."),
            ),
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(state="sent"),
                name="one_quote_of_a_provider_stands",
                violation_error_message=_("Another window has sent this quote meanwhile."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None)
                | Q(sent_at__isnull=False, valid_until__isnull=False)
                & ~Q(state="draft")
                & ~Q(fingerprint=""),
                name="a_sent_quote_says_when",
                violation_error_message=_("A quote says until when it is valid."),
            ),
        ]
        triggers = [
            refuses(
                "in_a_currency_that_is_asked",
                pgtrigger.Insert | pgtrigger.UpdateOf("currency"),
                _NOT_ASKED,
                "A quote is in one of the currencies that its terms name.",
            ),
            refuses(
                "one_currency_for_its_lines",
                pgtrigger.UpdateOf("currency"),
                "OLD.currency <> NEW.currency"
                " AND EXISTS (SELECT FROM vouchers_quoteline l WHERE l.quote_id = NEW.id)",
                "The lines of a quote are in its currency: it changes with them.",
            ),
            refuses(
                "offers_work_for_money",
                pgtrigger.Update,
                "NEW.state = 'sent' AND OLD.state = 'draft' AND COALESCE("
                "(SELECT sum(l.amount) FROM vouchers_quoteline l WHERE l.quote_id = NEW.id), 0) < 1",
                "A quote that is sent has lines, which come to at least one of its currency.",
            ),
            refuses(
                "in_time_and_before_the_opening",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                _TOO_LATE,
                "The deadline has passed: nothing can be added or changed.",
            ),
            not_while_suspended(
                _VOUCHER,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
                where="NEW.state <> 'replaced'",
            ),
            refuses(
                "stands_as_it_was_sent",
                pgtrigger.Update,
                "OLD.state <> 'draft' AND (NEW.approach, NEW.experience, NEW.valid_until,"
                " NEW.currency, NEW.sent_at, NEW.fingerprint) IS DISTINCT FROM (OLD.approach,"
                " OLD.experience, OLD.valid_until, OLD.currency, OLD.sent_at, OLD.fingerprint)",
                "What was sent stands; another version is another quote.",
            ),
            OwnersTrigger(
                name="answers_are_counted",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                func=COUNT_ANSWERS.format(
                    terms="(SELECT terms_id FROM vouchers_quoteinvitation"
                    " WHERE id = NEW.invitation_id)"
                ),
            ),
            fixed("invitation", "version"),
            frozen_in("replaced", "withdrawn"),
        ]

    def __str__(self) -> str:
        return str(self.invitation)

    @property
    def total(self) -> Decimal:
        """What all lines come to, in the quote's currency."""
        return sum((line.amount for line in self.lines.all()), Decimal("0.00"))

    @property
    def total_days(self) -> Decimal:
        """Days of expertise of all lines."""
        return sum((line.days for line in self.lines.all() if line.days), Decimal("0.00"))


class LineKind(models.TextChoices):
    """What a line of a quote is for."""

    DAYS = "days", pgettext_lazy("line of a quote", "days")
    FIXED = "fixed", pgettext_lazy("line of a quote", "fixed price")
    TRAVEL = "travel", pgettext_lazy("line of a quote", "travel")
    OTHER = "other", pgettext_lazy("line of a quote", "other")


class QuoteLine(models.Model):
    """One line of a quote: days × rate = amount, or an amount alone; in the quote's currency."""

    LOCKED_AFTER = ("quote",)

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=6, choices=LineKind.choices)
    text = models.CharField(_("what for"), max_length=200)
    days = models.DecimalField(_("days"), max_digits=6, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(
        _("price of a day"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=16,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta:
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "position"],
                name="one_line_of_a_quote_per_position",
                violation_error_message=_("Two lines have the same place."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_line_of_a_quote_costs_something",
                violation_error_message=_("A line costs more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="days",
                    # Said, since what is unknown passes a CHECK.
                    days__isnull=False,
                    rate__isnull=False,
                    days__gt=0,
                    rate__gt=0,
                )
                | ~Q(kind="days") & Q(days=None, rate=None),
                name="a_line_of_days_says_how_many",
                violation_error_message=_("A line of days says how many, and what a day costs."),
            ),
        ]
        triggers = [
            refuses(
                "days_times_rate_is_the_amount",
                pgtrigger.Insert | pgtrigger.Update,
                _NOT_ITS_AMOUNT,
                "Days × price of a day are the amount of the line, in the decimals of its currency.",
            ),
            frozen_by("quote", "sent", "replaced", "withdrawn"),
        ]

    def __str__(self) -> str:
        return self.text


class QuoteFile(KeptFile):
    """A file that goes with a quote: a curriculum vitae, a profile."""

    FOLDER = "quotes"
    LOCKED_AFTER = ("quote",)

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="files")

    class Meta:
        verbose_name = _("file of a quote")
        verbose_name_plural = _("files of quotes")
        ordering = ["pk"]
        triggers = [frozen_by("quote", "sent", "replaced", "withdrawn")]

    def __str__(self) -> str:
        return self.name
