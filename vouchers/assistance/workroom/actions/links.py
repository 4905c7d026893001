"""Sending the link by which a provider works, and ending it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, judged, locked, require, require_state
from conduct.queries.days import end_of, today
from documents.wording import day
from links.actions import issue_link, withdraw_link
from vouchers.assistance.plans.queries import provider_of
from vouchers.assistance.workroom.models import WorkLink
from vouchers.assistance.workroom.permissions import may_end_work_link, may_send_work_link
from vouchers.assistance.workroom.queries import last_day_of
from vouchers.assistance.workroom.tasks import mail_work_link
from vouchers.awards.models import Voucher
from vouchers.providers.contracts.models import Contract


@action(gettext_lazy("Personal link for the work sent to a provider"))
def send_work_link(
    contract: Contract, *, name: str, email: str, language: str, by: User
) -> WorkLink:
    """Mail the provider of a contract a link by which it works; the one before opens nothing more.

    It expires with the contract, or with the voucher where an amendment gave more time. Raises
    OutOfOrder once that day is over or another provider delivers.
    """
    contract = locked(contract)
    voucher = contract.voucher
    require(may_send_work_link, by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    provider = provider_of(voucher)
    if provider is None or provider.pk != contract.provider_id:
        raise OutOfOrder(_("Another provider delivers now: nothing more is taken by this link."))
    last = last_day_of(contract)
    if last < today(voucher.country.zone):
        raise OutOfOrder(
            _(
                "The contract with the provider ends on %(day)s. "
                "For more time the plan must be amended first."
            )
            % {"day": day(last)}
        )
    if not name.strip():
        raise Refused(_("Say who at the provider opens it."), field="name")
    link = WorkLink(
        contract=contract,
        name=name.strip(),
        email=email.strip(),
        language=language,
        expires_at=end_of(last, voucher.country.zone),
    )
    link, _secret = issue_link(link, task=mail_work_link, by=by)
    return link


@action(gettext_lazy("Personal link of a provider at work withdrawn"))
def withdraw_work_link(link: WorkLink, *, by: User) -> WorkLink:
    """End the link at once, in every browser; what came by it stays."""
    return withdraw_link(judged(link, may_end_work_link, by=by), by=by)
