"""E-mails to people without an account: providers, and those that are asked for quotes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from accounts.models import User
from clusters.queries import officers_for
from notices.mails import MailsOfRow, register_mail
from vouchers.applications.queries import officers_told_of

from .models import Provider, ProviderAccount, ProviderLink
from .quotes.models import QuoteInvitation, QuoteLink, QuoteMail


def _keepers(provider: Provider) -> Iterable[User]:
    """Who keeps the register of its country."""
    return officers_for(provider.country_id)


def _askers(invitation: QuoteInvitation) -> Iterable[User]:
    """Who asked, and the officers of the voucher's country."""
    application = invitation.terms.voucher.award.application
    return chain([invitation.invited_by], officers_told_of(application))


register_mail(
    MailsOfRow(
        "providerlink",
        lambda: ProviderLink.objects.select_related("provider"),
        hearers=lambda link: _keepers(link.provider),
        about=lambda link: str(link.provider),
        page=lambda link: link.provider.get_absolute_url(),
    )
)
register_mail(
    MailsOfRow(
        "provider-account",
        lambda: ProviderAccount.objects.select_related("provider"),
        address="told_contact",
        sent_at="told_at",
        hearers=lambda account: _keepers(account.provider),
        about=lambda account: str(account.provider),
        page=lambda account: account.provider.get_absolute_url(),
    )
)
register_mail(
    MailsOfRow(
        "quotelink",
        lambda: QuoteLink.objects.select_related("invitation__terms__voucher__award__application"),
        hearers=lambda link: _askers(link.invitation),
        about=lambda link: str(link.invitation.provider),
        page=lambda link: link.invitation.terms.get_absolute_url(),
    )
)
register_mail(
    MailsOfRow(
        "quote-mail",
        lambda: QuoteMail.objects.select_related("invitation__terms__voucher__award__application"),
        address="invitation.email",
        sent_at="sent_at",
        hearers=lambda mail: _askers(mail.invitation),
        about=lambda mail: str(mail.invitation.provider),
        page=lambda mail: mail.invitation.terms.get_absolute_url(),
    )
)
