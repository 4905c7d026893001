"""Both signatures under an amendment."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from vouchers.awards.models.endings import coordinates_nothing_of_it
from vouchers.awards.models.signatures import Signed

from .amendments import Amendment
from .enforced import (
    ANOTHER_TEXT,
    OUT_OF_TURN,
    SIGNED_BY_ANOTHER_SIDE,
    SIGNED_BY_NO_MANAGER,
    VOUCHER_OF_THE_SIGNATURE,
)


class SigningSide(models.TextChoices):
    """For whom somebody signs an amendment."""

    CLUSTER = "cluster", _("the cluster")
    PROGRAMME = "programme", _("the programme")


class AmendmentSignature(Signed):
    """What one side signed, word for word: the cluster first, then the programme the same text."""

    LOCKED_AFTER = ("amendment",)

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(_("signed for"), max_length=9, choices=SigningSide.choices)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(_("text"))
    # Of the text, in UTF-8: what the page showed when it was signed.
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("signature under an amendment")
        verbose_name_plural = _("signatures under amendments")
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "side"],
                name="each_side_signs_an_amendment_once",
                violation_error_message=_("This amendment was signed meanwhile."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(function=""),
                name="a_signature_under_an_amendment_has_a_name",
                violation_error_message=_("Please sign with name and function."),
            ),
        ]
        triggers = [
            refuses(
                "each_side_in_its_turn",
                pgtrigger.Insert,
                OUT_OF_TURN,
                "The cluster signs an amendment first, then the programme.",
            ),
            refuses(
                "keeps_what_both_signed",
                pgtrigger.Insert,
                ANOTHER_TEXT,
                "Both sign the same text of an amendment, and keep it with its fingerprint.",
            ),
            refuses(
                "signed_by_a_manager",
                pgtrigger.Insert,
                SIGNED_BY_NO_MANAGER,
                "A manager signs an amendment for the cluster, who never stood for the programme.",
            ),
            refuses(
                "signed_by_a_second_person",
                pgtrigger.Insert,
                SIGNED_BY_ANOTHER_SIDE,
                "An amendment is counter-signed by another person than who drew it up, of no other side.",
            ),
            refuses(
                "signed_for_the_programme",
                pgtrigger.Insert,
                "NEW.side = 'programme' AND "
                + coordinates_nothing_of_it("NEW.signed_by_id", VOUCHER_OF_THE_SIGNATURE),
                "A coordinator counter-signs an amendment, free of a conflict of interest.",
            ),
            append_only(),
        ]
