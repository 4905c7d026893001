"""Who hears of a request for quotes: the two sides, and the providers that are asked."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from clusters.queries import writers_for
from notices.actions import notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.providers.quotes.letters import told_of
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference

from .links import write_to


def tell_cluster(
    kind: str, terms: TermsOfReference, *, but: User | None = None, **more: Any
) -> None:
    """Tell everybody who writes for the voucher's cluster; never what a quote says."""
    cluster = terms.voucher.award.application.cluster
    notify_each(writers_for(cluster), kind, but=but, facts={**told_of(terms), **more}, about=terms)


def tell_officers(
    kind: str, terms: TermsOfReference, *, but: User | None = None, **more: Any
) -> None:
    """Tell the officers of the voucher's country; never what a quote says."""
    officers = officers_told_of(terms.voucher.award.application)
    notify_each(officers, kind, but=but, facts={**told_of(terms), **more}, about=terms)


def tell_invited(
    kind: str,
    terms: TermsOfReference,
    *,
    only: QuoteInvitation | None = None,
    but: QuoteInvitation | None = None,
    reason: str = "",
) -> None:
    """Write to the providers that are asked, each alone, whether or not they have answered.

    Nobody reads from an e-mail, or from whom it goes to, who has answered and what.
    """
    asked = [only] if only else terms.invitations.filter(state=QuoteInvitation.State.INVITED)
    for invitation in asked:
        if but is None or invitation.pk != but.pk:
            write_to(invitation, kind, reason=reason)
