"""An amendment of an agreement, and what it changes article by article."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, frozen_by, frozen_in, never_deleted, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.queries.days import day_of
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import coordinates_nothing_of_it
from vouchers.endings.models import Extension

from .enforced import (
    ANOTHER_NUMBER,
    CHANGES_NOTHING,
    EXTENSION_OF_ANOTHER,
    NOT_AS_SIGNED,
    NOT_SIGNED_BY_BOTH,
    NOT_SIGNED_BY_THE_CLUSTER,
    NOTHING_TO_AMEND,
)


@follows_its_flow
@pghistory.track()
class Amendment(models.Model):
    """What both sides of an agreement change in it: a later end, other words of articles, or both.

    Its number counts those in force, so that one that came to nothing leaves no gap.
    """

    class State(States):
        DRAWN_UP = "drawn_up", Tone.WAITING, _("waits for the cluster’s signature")
        SIGNED = "signed", Tone.WAITING, _("waits for the counter-signature")
        IN_FORCE = "in_force", Tone.GOOD, pgettext_lazy("amendment", "in force")
        REFUSED = "refused", Tone.BAD, pgettext_lazy("amendment", "refused by the cluster")
        WITHDRAWN = "withdrawn", Tone.QUIET, pgettext_lazy("amendment", "withdrawn")
        LAPSED = "lapsed", Tone.QUIET, pgettext_lazy("amendment", "lapsed")

    FLOW = Flow(
        {
            State.DRAWN_UP: [State.SIGNED, State.REFUSED, State.WITHDRAWN, State.LAPSED],
            State.SIGNED: [State.IN_FORCE, State.WITHDRAWN, State.LAPSED],
        }
    )
    LOCKED_AFTER = ("voucher",)
    OPEN = (State.DRAWN_UP, State.SIGNED)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAWN_UP, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"))
    extension = models.ForeignKey(
        Extension, on_delete=models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    reason = models.TextField(_("reason"), max_length=2000)
    # In which the articles are typed.
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    sign_by = models.DateField(_("to be signed by"))
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drawn_up_at = models.DateTimeField(_("drawn up"), default=timezone.now)
    in_force_at = models.DateTimeField(_("in force since"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("came to nothing"), null=True)
    closing_reason = models.TextField(_("why it came to nothing"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("amendment of an agreement")
        verbose_name_plural = _("amendments of agreements")
        ordering = ["-drawn_up_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(state__in=["drawn_up", "signed"]),
                name="one_amendment_is_open",
                violation_error_message=_("An amendment of this agreement is open already."),
            ),
            models.UniqueConstraint(
                fields=["voucher", "number"],
                condition=Q(state="in_force"),
                name="amendments_in_force_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="an_amended_agreement_says_why",
                violation_error_message=_("Say why the agreement is amended."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"])
                | (Q(closing_reason__regex=r"\S") & Q(closed_by__isnull=False)),
                name="an_amendment_that_ends_says_why",
                violation_error_message=_("Please say why."),
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", in_force_at__isnull=False)
                | (~Q(state="in_force") & Q(in_force_at=None)),
                name="an_amendment_in_force_says_since_when",
            ),
        ]
        triggers = [
            refuses(
                "is_of_what_both_signed",
                pgtrigger.Insert,
                NOTHING_TO_AMEND,
                "An agreement is amended that both sides signed, while its voucher goes on.",
            ),
            refuses(
                "drawn_up_by_a_coordinator",
                pgtrigger.Insert,
                coordinates_nothing_of_it("NEW.drawn_up_by_id"),
                "A coordinator draws an amendment up, free of a conflict of interest.",
            ),
            refuses(
                "counts_those_in_force",
                pgtrigger.Insert,
                ANOTHER_NUMBER,
                "An amendment is the next after those in force.",
            ),
            refuses(
                "extends_its_own_voucher",
                pgtrigger.Insert,
                EXTENSION_OF_ANOTHER,
                "An amendment moves the end as it was agreed for its own voucher.",
            ),
            refuses(
                "changes_something",
                pgtrigger.Update,
                CHANGES_NOTHING,
                "An amendment changes at least one article.",
            ),
            refuses(
                "signed_by_the_cluster",
                pgtrigger.Update,
                NOT_SIGNED_BY_THE_CLUSTER,
                "A manager of the cluster signs an amendment first.",
            ),
            refuses(
                "signed_by_both",
                pgtrigger.Update,
                NOT_SIGNED_BY_BOTH,
                "An amendment is in force once the programme has signed it too.",
            ),
            pgtrigger.Trigger(
                name="brings_what_was_signed",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                timing=pgtrigger.Deferred,
                func=NOT_AS_SIGNED,
            ),
            fixed(
                *("voucher", "number", "extension", "reason", "language", "sign_by"),
                *("drawn_up_by", "drawn_up_at"),
            ),
            frozen_in("in_force", "refused", "withdrawn", "lapsed"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return _now("Amendment %(number)s of %(reference)s") % {
            "number": self.number,
            "reference": self.voucher.reference,
        }

    def get_absolute_url(self) -> str:
        return reverse("endings:amendment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to sign it."""
        return self.state in self.OPEN

    @property
    def in_force_on(self) -> date | None:
        """From which day it holds, on the calendar of its country; None where it does not."""
        return day_of(self.in_force_at, self.voucher.country.zone) if self.in_force_at else None


class AmendedArticle(models.Model):
    """One article: what stood in it, and what stands in it once the amendment is in force."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="articles")
    # Of the article in the agreement.
    number = models.PositiveSmallIntegerField(_("article"))
    heading = models.CharField(_("heading"), max_length=200)
    stood = models.TextField(_("what stood"))
    stands = models.TextField(_("what stands from now on"), max_length=5000)

    class Meta:
        verbose_name = _("amended article")
        verbose_name_plural = _("amended articles")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "number"], name="an_article_is_amended_once"
            ),
            models.CheckConstraint(
                condition=Q(stands__regex=r"\S") & ~Q(stands=F("stood")),
                name="an_amended_article_says_something_else",
                violation_error_message=_("Write what stands in the article from now on."),
            ),
        ]
        triggers = [
            frozen_by("amendment", "signed", "in_force", "refused", "withdrawn", "lapsed"),
            append_only(),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"
