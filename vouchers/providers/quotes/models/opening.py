"""The record of an opening: by whom, when, and what had arrived."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, fixed, never_deleted, refuses, written_once

from .taking import TAKEN_WHEN_OPENED
from .terms import TermsOfReference

# By the database's clock, whatever anybody else's says. What is required is what the call asks for,
# or the derogation that the country partner approved last.
_TOO_EARLY = """
    EXISTS (
        SELECT FROM vouchers_termsofreference t
        WHERE t.id = NEW.terms_id
            AND (t.state <> 'asking' OR t.deadline > clock_timestamp() OR t.deadline > NEW.opened_at)
    )
"""
_TOO_FEW = """
    EXISTS (
        SELECT FROM vouchers_termsofreference t
        WHERE t.id = NEW.terms_id AND t.answers < COALESCE(
            (
                SELECT d.least FROM vouchers_derogation d
                WHERE d.terms_id = t.id AND d.is_approved ORDER BY d.answered_at DESC LIMIT 1
            ),
            t.least_quotes
        )
    )
"""


@pghistory.track()
class OpeningCall(models.Model):
    """The first of the two people who open quotes is there, and waits for the second."""

    LOCKED_AFTER = ("terms",)

    terms = models.OneToOneField(
        TermsOfReference, on_delete=models.PROTECT, related_name="opening_call"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(_("ready to open since"))

    class Meta:
        verbose_name = _("announcement of an opening")
        verbose_name_plural = _("announcements of openings")

    def __str__(self) -> str:
        return str(self.person)


@pghistory.track()
class QuoteOpening(models.Model):
    """Quotes were opened: by two people, after the deadline; from then on they can be read.

    `received` lists what had arrived, in order: provider, version, instant (UTC) and fingerprint.
    """

    LOCKED_AFTER = ("terms",)

    terms = models.OneToOneField(TermsOfReference, on_delete=models.PROTECT, related_name="opening")
    first_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("opened by"),
    )
    second_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("opened with"),
    )
    opened_at = models.DateTimeField(_("opened"))
    # Written in the same transaction: before the row stands, nobody reads what it lists.
    received = models.JSONField(_("what had arrived"), null=True)

    class Meta:
        verbose_name = _("opening of quotes")
        verbose_name_plural = _("openings of quotes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_person=F("second_person")),
                name="quotes_are_opened_by_two",
                violation_error_message=_("Two people open quotes: a second one must press now."),
            ),
        ]
        triggers = [
            refuses(
                "opened_after_the_deadline",
                pgtrigger.Insert,
                _TOO_EARLY,
                "Quotes are sealed until their deadline.",
            ),
            refuses(
                "enough_quotes_arrived",
                pgtrigger.Insert,
                _TOO_FEW,
                "Fewer quotes arrived than the call asks for, and no derogation is approved.",
            ),
            OwnersTrigger(
                name="rates_are_taken",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=TAKEN_WHEN_OPENED,
            ),
            fixed("terms", "first_person", "second_person", "opened_at"),
            written_once("received"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.terms)
