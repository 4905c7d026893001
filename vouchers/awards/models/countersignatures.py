"""The second signature under an agreement: a coordinator's, for the programme."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses

from .endings import coordinates_nothing_of_it
from .enforced import NOTHING_LEFT_TO_BIND, OTHER_WORDS, SIGNS_FOR_ANOTHER_SIDE
from .signatures import Signed
from .vouchers import Voucher


@pghistory.track()
class CounterSignature(Signed):
    """A coordinator's signature under what the cluster signed; from there on it binds both."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.OneToOneField(
        Voucher, on_delete=models.PROTECT, related_name="countersignature"
    )
    # Of the very text that the cluster's signature keeps.
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("counter-signature")
        verbose_name_plural = _("counter-signatures")
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(function=""),
                name="a_countersignature_has_name_and_function",
                violation_error_message=_("Please sign with name and function."),
            ),
        ]
        triggers = [
            refuses(
                "signs_the_same_words",
                pgtrigger.Insert,
                OTHER_WORDS,
                "What is counter-signed is what the cluster signed, word for word, where its agreement"
                " asks for it.",
            ),
            refuses(
                "signs_for_the_programme",
                pgtrigger.Insert,
                coordinates_nothing_of_it("NEW.signed_by_id"),
                "A coordinator counter-signs, free of a conflict of interest.",
            ),
            refuses(
                "signs_for_no_other_side",
                pgtrigger.Insert,
                SIGNS_FOR_ANOTHER_SIDE,
                "Who acts for the cluster or its country partner does not counter-sign.",
            ),
            refuses(
                "signs_what_still_binds",
                pgtrigger.Insert,
                NOTHING_LEFT_TO_BIND,
                "A voucher that is closed, or ended with nothing to pay, is not counter-signed.",
            ),
            append_only(),
        ]
