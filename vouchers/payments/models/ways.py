"""Who is paid by a claim: it follows from the way of use of its call (docs/ways.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, CountryPartner
from conduct.models.guards import refuses
from vouchers.awards.models.endings import advanced_of
from vouchers.calls.models.terms.ways import WayOfUse

from .enforced.rates import APPROVED_WITHOUT_ITS_RATE

FIXED_BY_ITS_WAY = ("way", "cluster", "partner", "is_advance")
# What of an amount is paid out by an order (SQL; of `claim`): what was found eligible, by the final
# rate, less what the cluster had in advance.
PAYABLE = "(claim.eligible + claim.revalued - claim.cleared)"

# The way is that of the call; where it says so, the cluster or the partner of its country is paid.
_PAYS_AS_ITS_CALL_SAYS = """
    SELECT call.way_of_use, call.advance_share, application.cluster_id, partner.id AS partner_id,
            voucher.amount
        INTO found FROM vouchers_voucher voucher
        JOIN vouchers_award award ON award.id = voucher.award_id
        JOIN vouchers_application application ON application.id = award.application_id
        JOIN vouchers_call call ON call.id = application.call_id
        LEFT JOIN clusters_countrypartner partner ON partner.country_id = application.country_id
        WHERE voucher.id = NEW.voucher_id FOR NO KEY UPDATE OF voucher;
    IF NEW.way <> found.way_of_use
        OR (NEW.way = 'cluster' AND NEW.cluster_id IS DISTINCT FROM found.cluster_id)
        OR (NEW.way = 'partner' AND NEW.partner_id IS DISTINCT FROM found.partner_id)
    THEN
        RAISE EXCEPTION 'a claim pays whom its call says' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_pays_whom_its_call_says';
    END IF;
"""


_WITHIN_THE_TRANCHE = f"""
    IF NEW.is_advance AND NEW.amount + {advanced_of("NEW.voucher_id")}
        > round(found.amount * found.advance_share / 100, 2)
    THEN
        RAISE EXCEPTION 'no more is advanced than the call says' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_advance_stays_within_its_tranche';
    END IF;
    RETURN NEW;
"""

# Whoever pays hands in the proof of it; what the provider is paid later nobody has paid yet.
PROVED_AS_ITS_WAY_SAYS = """
    EXISTS (
        SELECT FROM vouchers_claim claim WHERE claim.id = NEW.claim_id AND CASE claim.way
            WHEN 'provider' THEN NEW.proof_id IS NOT NULL OR NEW.paid_on IS NOT NULL
            ELSE NEW.proof_id IS NULL OR NEW.paid_on IS NULL END
    ) OR (NEW.proof_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_claim claim JOIN vouchers_invoicefile file
            ON file.voucher_id = claim.voucher_id AND file.id = NEW.proof_id
        WHERE claim.id = NEW.claim_id
    ))
"""


def _euro(label: Any) -> Any:
    return models.DecimalField(label, max_digits=12, decimal_places=2, default=0, editable=False)


class WayOfClaim(models.Model):
    """The way of a claim, and what follows from it: the payee, and whether it is an advance.

    The provider of a claim is who invoiced, whoever is paid. `cleared` (EUR) is what the payee had in
    advance already; `revalued` (EUR, above or below zero) is what the final rate makes of what was
    found eligible. Both are kept by triggers.
    """

    way = models.CharField(
        _("way of use"),
        max_length=8,
        choices=WayOfUse.choices,
        default=WayOfUse.PROVIDER,
        editable=False,
    )
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, related_name="claims", editable=False
    )
    partner = models.ForeignKey(
        CountryPartner, on_delete=models.PROTECT, null=True, related_name="claims", editable=False
    )
    is_advance = models.BooleanField(_("advance"), default=False, editable=False)
    # Of the claim itself (see Claim).
    amount: Any
    eligible: Any
    cleared = _euro(_("cleared against advances (EUR)"))
    revalued = _euro(_("difference of exchange rates (EUR)"))

    class Meta:
        abstract = True

    @property
    def payee(self) -> Any:
        """Whom the programme pays: the provider, the cluster, or the country partner."""
        return getattr(self, self.way)

    @property
    def payable(self) -> Decimal:
        """What is paid of it (EUR): what its control found eligible, by the final rate and less what
        the cluster had in advance; before its control, what it asks.
        """
        return self.amount if self.eligible is None else self.worth - self.cleared

    @property
    def worth(self) -> Decimal:
        """What is eligible of it by the final rate (EUR); before its control, what it asks."""
        return self.amount if self.eligible is None else self.eligible + self.revalued

    @property
    def payee_key(self) -> tuple[str, int]:
        """By which claims of one payee are known: kind and id."""
        return str(self.way), self.payee.pk


def needs_nobody(step: str) -> Q:
    """Where a paid claim has nobody who took the step: the cluster had all of it in advance."""
    if step not in ("ordered", "paid"):
        return Q()
    return Q(state="paid", cleared=F("eligible") + F("revalued"))


def rules_of_the_way() -> list[models.CheckConstraint]:
    """What the database checks of each claim by itself."""
    return [
        models.CheckConstraint(
            condition=Q(way="provider", cluster=None, partner=None)
            | Q(way="cluster", cluster__isnull=False, partner=None)
            | Q(way="partner", cluster=None, partner__isnull=False),
            name="a_claim_has_the_payee_of_its_way",
            violation_error_message=_("The call says who is paid: nobody else is."),
        ),
        models.CheckConstraint(
            condition=Q(is_advance=False) | Q(way="cluster", continues=None, cleared=0, revalued=0),
            name="only_a_cluster_that_pays_is_advanced",
            violation_error_message=_("Only a cluster that pays the provider itself is advanced."),
        ),
        models.CheckConstraint(
            condition=Q(cleared=0)
            | Q(way="cluster", cleared__gt=0, cleared__lte=F("eligible") + F("revalued")),
            name="no_more_is_cleared_than_is_eligible",
            violation_error_message=_("No more is cleared than is eligible."),
        ),
        # In this way the partner itself claims: one of its officers wrote it, another controls it.
        models.CheckConstraint(
            condition=~Q(way="partner") | Q(verified_by=None) | ~Q(verified_by=F("submitted_by")),
            name="nobody_controls_what_they_claimed",
            violation_error_message=_("You wrote this claim: somebody else controls it."),
        ),
    ]


def triggers_of_the_way() -> list[pgtrigger.Trigger]:
    """What ties the way of a claim to its call."""
    return [
        pgtrigger.Trigger(
            name="pays_whom_its_call_says",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            declare=[("found", "RECORD")],
            func=_PAYS_AS_ITS_CALL_SAYS + _WITHIN_THE_TRANCHE,
        ),
        refuses(
            "approved_at_its_final_rate",
            pgtrigger.Update,
            APPROVED_WITHOUT_ITS_RATE,
            "A claim is approved at the exchange rate of the month that its call names.",
        ),
    ]


SENTENCES_OF_WAYS = {
    "a_claim_pays_whom_its_call_says": _("The call says who is paid: nobody else is."),
    "an_advance_stays_within_its_tranche": _(
        "No more is advanced than the call says: clear what was advanced before."
    ),
}
