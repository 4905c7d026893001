"""Who may judge quotes, how they mark them, and which one is chosen."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, never_deleted, refuses

from .asked import TermsGround
from .invitations import QuoteInvitation
from .quotes import Quote
from .taking import euro_of
from .terms import TermsOfReference


def has_not_declared(person: str, terms: str) -> str:
    """SQL: whether a person lacks a declaration that is free of conflict on a provider that is asked."""
    return f"""
    EXISTS (
        SELECT FROM vouchers_quoteinvitation i
        WHERE i.terms_id = {terms} AND i.state = 'invited' AND NOT EXISTS (
            SELECT FROM vouchers_interestdeclaration d
            WHERE d.invitation_id = i.id AND d.person_id = {person} AND NOT d.has_conflict
        )
    )
    """


@pghistory.track()
class InterestDeclaration(models.Model):
    """What somebody who judges says of a provider: tied to its owners, board or staff, or to none."""

    LOCKED_AFTER = ("invitation",)

    invitation = models.ForeignKey(
        QuoteInvitation, on_delete=models.PROTECT, related_name="declarations"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField(_("has a conflict of interest"))
    explanation = models.TextField(_("what the tie is"), max_length=2000, blank=True)
    declared_at = models.DateTimeField(_("declared"), default=timezone.now)

    class Meta:
        verbose_name = _("declaration of interest")
        verbose_name_plural = _("declarations of interest")
        ordering = ["declared_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "person"],
                name="one_declaration_per_person_and_provider",
                violation_error_message=_("You have declared already."),
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False) | ~Q(explanation=""),
                name="a_conflict_with_a_provider_is_explained",
                violation_error_message=_("Say what ties you to this provider."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.person} · {self.invitation}"


class Judging(models.TextChoices):
    """For whom somebody marks."""

    CLUSTER = "cluster", _("the cluster")
    PARTNER = "partner", _("the country partner")


@pghistory.track()
class QuoteMark(models.Model):
    """The mark of one side for a quote on a ground, from 0 to 5, and why."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="marks")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="marks")
    ground = models.ForeignKey(TermsGround, on_delete=models.PROTECT, related_name="marks")
    side = models.CharField(_("for"), max_length=7, choices=Judging.choices)
    mark = models.DecimalField(
        _("mark"),
        max_digits=2,
        decimal_places=1,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(5))],
    )
    remark = models.TextField(_("remark"), max_length=2000, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    marked_at = models.DateTimeField(_("marked"), default=timezone.now)

    class Meta:
        verbose_name = _("mark of a quote")
        verbose_name_plural = _("marks of quotes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quote", "ground", "side"],
                name="one_mark_per_side",
                violation_error_message=_("Somebody of your side has just marked this quote."),
            ),
            models.CheckConstraint(
                condition=Q(mark__gte=0) & Q(mark__lte=5),
                name="a_mark_of_a_quote_lies_on_the_scale",
                violation_error_message=_("A mark lies between 0 and 5."),
            ),
        ]
        triggers = [
            refuses(
                "marked_free_of_conflict",
                pgtrigger.Insert | pgtrigger.Update,
                has_not_declared("NEW.marked_by_id", "NEW.terms_id"),
                "Who marks has declared to have no conflict with any provider.",
            ),
            refuses(
                "marked_while_opened",
                pgtrigger.Insert | pgtrigger.Update,
                "NOT EXISTS (SELECT FROM vouchers_termsofreference t JOIN vouchers_quoteinvitation i"
                " ON i.terms_id = t.id JOIN vouchers_quote q ON q.invitation_id = i.id"
                " WHERE t.id = NEW.terms_id AND q.id = NEW.quote_id AND t.state = 'opened')",
                "Quotes are marked after they are opened, and before one is chosen.",
            ),
            fixed("terms", "quote", "ground", "side"),
        ]

    def __str__(self) -> str:
        return f"{self.quote} · {self.ground}"


# Something else costs less, and not nothing at all: that is compared with none.
_CHEAPER = f"""
    NEW.reason = '' AND EXISTS (
        SELECT FROM vouchers_quote q JOIN vouchers_quoteinvitation i ON i.id = q.invitation_id
        WHERE i.terms_id = NEW.terms_id AND i.state = 'invited' AND q.state = 'sent'
            AND {euro_of("q.id")} > 0 AND {euro_of("q.id")} < {euro_of("NEW.quote_id")}
    )
"""
# In another currency nobody knew at the sending what it comes to: it is judged here.
_MORE_THAN_TOLD = """
    EXISTS (
        SELECT FROM vouchers_termsofreference t
        WHERE t.id = NEW.terms_id AND t.shows_ceiling AND NEW.amount > t.ceiling
    )
"""
# All of them, or nobody could say which is the cheapest.
_NOT_COMPARABLE = """
    EXISTS (
        SELECT FROM vouchers_quote q JOIN vouchers_quoteinvitation i ON i.id = q.invitation_id
        WHERE i.terms_id = NEW.terms_id AND i.state = 'invited' AND q.state = 'sent'
            AND q.currency <> 'EUR' AND NOT EXISTS (
                SELECT FROM vouchers_quoterate r
                WHERE r.terms_id = i.terms_id AND r.currency = q.currency
            )
    )
"""
_NOT_ITS_QUOTE = """
    NOT EXISTS (
        SELECT FROM vouchers_quote q JOIN vouchers_quoteinvitation i ON i.id = q.invitation_id
        JOIN vouchers_quoteopening o ON o.terms_id = i.terms_id
        WHERE q.id = NEW.quote_id AND q.state = 'sent' AND i.terms_id = NEW.terms_id
            AND i.state = 'invited'
    )
"""


@pghistory.track()
class QuoteChoice(models.Model):
    """Which quote a cluster chose, and whether its country partner confirmed it."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="choices")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="choices")
    reason = models.TextField(_("why this one"), max_length=4000, blank=True)
    # As the comparison stood when it was chosen.
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    rank = models.PositiveSmallIntegerField(_("rank"))
    is_cheapest = models.BooleanField(_("the cheapest"))
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    is_confirmed = models.BooleanField(_("confirmed"), null=True, editable=False)
    answer = models.TextField(_("what the country partner says"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("choice of a quote")
        verbose_name_plural = _("choices of quotes")
        ordering = ["-chosen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms"],
                condition=Q(is_confirmed=None) | Q(is_confirmed=True),
                name="one_choice_stands",
                violation_error_message=_("A quote is chosen already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_chosen_quote_costs_something",
                violation_error_message=_("A quote that comes to nothing in EUR is not chosen."),
            ),
            models.CheckConstraint(
                condition=Q(is_cheapest=True, rank=1) | ~Q(reason=""),
                name="another_than_the_best_is_chosen_for_a_reason",
                violation_error_message=_(
                    "Say why: another quote is cheaper, or ranks higher than this one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=None, answered_by=None, answered_at=None)
                | Q(
                    is_confirmed__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                )
                & ~Q(answered_by=F("chosen_by")),
                name="a_choice_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
        ]
        triggers = [
            refuses(
                "chosen_among_the_opened",
                pgtrigger.Insert,
                _NOT_ITS_QUOTE,
                "Only a quote that was opened can be chosen.",
            ),
            refuses(
                "compared_at_one_rate",
                pgtrigger.Insert,
                _NOT_COMPARABLE,
                "Quotes are compared once the rates of their deadline’s month are known.",
            ),
            refuses(
                "chosen_at_its_price",
                pgtrigger.Insert,
                f"NEW.amount IS DISTINCT FROM {euro_of('NEW.quote_id')}",
                "A choice keeps the price of its quote in EUR, at the rate of the deadline’s month.",
            ),
            refuses(
                "within_what_providers_were_told",
                pgtrigger.Insert,
                _MORE_THAN_TOLD,
                "A chosen quote comes to no more than the providers were told.",
            ),
            refuses(
                "cheaper_ones_are_explained",
                pgtrigger.Insert | pgtrigger.Update,
                _CHEAPER,
                "Another quote is cheaper: the choice says why.",
            ),
            refuses(
                "chosen_free_of_conflict",
                pgtrigger.Insert,
                has_not_declared("NEW.chosen_by_id", "NEW.terms_id"),
                "Who chooses has declared to have no conflict with any provider.",
            ),
            refuses(
                "confirmed_free_of_conflict",
                pgtrigger.Update,
                "NEW.answered_by_id IS NOT NULL AND "
                + has_not_declared("NEW.answered_by_id", "NEW.terms_id"),
                "Who confirms has declared to have no conflict with any provider.",
            ),
            refuses(
                "answered_once",
                pgtrigger.Update,
                "OLD.is_confirmed IS NOT NULL",
                "A choice is answered once.",
            ),
            fixed("terms", "quote", "reason", "amount", "rank", "is_cheapest", "chosen_by"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.quote)
