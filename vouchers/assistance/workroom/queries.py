"""Reads of links of providers at work, and of what their holders are told."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable, DeliverableFile
from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.delivery.models.sessions import LoggedFor
from vouchers.assistance.delivery.queries import days_of_contract, with_facts
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import plan_of
from vouchers.awards.queries import award_within_reach
from vouchers.providers.contracts.models import Contract

from .models import WorkLink, WorkMail


def work_links_visible_to(user: User) -> QuerySet[WorkLink]:
    """The links of the contracts that the person may read."""
    return WorkLink.objects.filter(
        award_within_reach(user, "contract__voucher__award__")
    ).select_related("contract__voucher__award__application__cluster", "contract__provider")


@for_system("of a contract that the page has found")
def standing_link_of(contract: Contract) -> WorkLink | None:
    """The newest link of a contract, ended or not."""
    return WorkLink.objects.filter(contract=contract).order_by("-pk").first()


@for_system("of a contract that the page has found")
def was_ever_linked(contract: Contract) -> bool:
    """Whether its provider was ever sent a link."""
    return WorkLink.objects.filter(contract=contract).exists()


@for_system("whoever has the link of a contract may read its voucher's milestones")
def milestones_at_work(link: WorkLink) -> QuerySet[Milestone]:
    """The milestones of the link's voucher, also those that an amendment removed."""
    return Milestone.objects.filter(plan__voucher=link.contract.voucher_id)


@for_system("whoever has the link of a contract may mend what was logged for its provider")
def sessions_at_work(link: WorkLink) -> QuerySet[Session]:
    """The sessions of the link's voucher that were logged by, or for, the provider."""
    mine = Session.objects.filter(voucher=link.contract.voucher_id, logged_for=LoggedFor.PROVIDER)
    return with_facts(mine)


@for_system("whoever has the link of a contract may mend what was logged for its provider")
def pictures_at_work(link: WorkLink) -> QuerySet[SessionPicture]:
    """The standing pictures of those sessions."""
    return SessionPicture.objects.filter(
        session__in=sessions_at_work(link).values("pk"), removed_at=None
    ).select_related("session__voucher")


@for_system("whoever has the link of a contract may read what was handed in")
def versions_at_work(link: WorkLink) -> QuerySet[Deliverable]:
    """The versions that were handed in for the link's voucher."""
    return Deliverable.objects.filter(
        milestone__plan__voucher=link.contract.voucher_id
    ).select_related("milestone__plan__voucher")


@for_system("whoever has the link of a contract may read what was handed in")
def files_at_work(link: WorkLink) -> QuerySet[DeliverableFile]:
    """The files of those versions."""
    return DeliverableFile.objects.filter(deliverable__in=versions_at_work(link))


def last_day_of(contract: Contract) -> date:
    """The last day on which the provider works: the contract's, or the voucher's after an extension."""
    voucher = contract.voucher
    plan = plan_of(voucher)
    if plan is None:
        return min(contract.ends_on, voucher.valid_until)
    _first, last = days_of_contract(plan, contract.provider)
    return min(last or voucher.valid_until, voucher.valid_until)


@for_system("background work sends what was lost")
def unsent_mails() -> QuerySet[WorkMail]:
    """E-mails to providers at work that were not sent, with what they tell of."""
    mails = WorkMail.objects.filter(sent_at=None)
    return mails.select_related("link__contract__voucher__award__application__country__partner")
