"""What the cluster lets everybody read, said by kind."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, locked, require
from vouchers.assistance.reports.models import FinalReport, PublicationConsent
from vouchers.assistance.reports.permissions import may_consent_to_publication
from vouchers.assistance.reports.queries import consents_of
from vouchers.awards.models import Voucher


@action(gettext_lazy("Consent to publication said"))
def say_what_is_public(
    voucher: Voucher, kinds: Collection[str], *, by: User
) -> list[PublicationConsent]:
    """Say to the publication of which kinds the cluster consents, and by that to which it does not.

    It counts from this moment on, also for what is public already. Returns what changed. Raises
    NotAllowed for whoever is no manager, OutOfOrder before a report is begun.
    """
    voucher = locked(voucher)
    require(
        may_consent_to_publication,
        by,
        voucher,
        otherwise=_("Only a manager of the cluster can say what may be published."),
    )
    if not FinalReport.objects.filter(voucher=voucher).exists():
        raise OutOfOrder(_("There is no final report yet of which something could be published."))
    if unknown := set(kinds) - set(PublicationConsent.Kind.values):
        raise Refused(_("“%(kind)s” is nothing that a report has.") % {"kind": min(unknown)})
    standing = consents_of(voucher)
    said = []
    for kind in PublicationConsent.Kind.values:
        before = standing.get(kind)
        is_given = kind in kinds
        # The first word is noted even where it is a no: then it was asked and answered.
        if before is None or before.is_given != is_given:
            said.append(
                PublicationConsent(voucher=voucher, kind=kind, is_given=is_given, said_by=by)
            )
    return PublicationConsent.objects.bulk_create(said)
