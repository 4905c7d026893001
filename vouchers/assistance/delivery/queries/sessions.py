"""Sessions, scoped to who asks, and the hours that count already."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Min, QuerySet, Sum

from accounts.models import User
from conduct.queries.days import day_of
from conduct.queries.scoping import for_system
from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.plans.models import Milestone, Plan, PlanActivity, PlanVersion
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach
from vouchers.providers.contracts.queries import contract_of
from vouchers.providers.models import Provider

_NONE = Decimal(0)


def sessions_visible_to(user: User) -> QuerySet[Session]:
    """The sessions of the vouchers that the person may read, with all that their pages name."""
    return with_facts(Session.objects.filter(award_within_reach(user, "voucher__award__")))


def session_pictures_visible_to(user: User) -> QuerySet[SessionPicture]:
    """The standing pictures of the sessions of the vouchers that the person may read."""
    return SessionPicture.objects.filter(
        award_within_reach(user, "session__voucher__award__"), removed_at=None
    ).select_related("session__voucher")


def pictures_of(session: Session) -> QuerySet[SessionPicture]:
    """The standing pictures of a session that the page has found, in the order they were added."""
    return session.pictures.filter(removed_at=None)


def with_facts(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The same with what their rows and pages show of other tables."""
    return sessions.select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country__partner",
        "voucher__award__application__call",
        *("milestone", "provider", "logged_by", "confirmed_by"),
        "logged_through__contract__provider",
    )


def sessions_of(voucher: Voucher) -> list[Session]:
    """All sessions of a voucher, the newest day first, whoever asks."""
    sessions = list(
        Session.objects.filter(voucher=voucher)
        .select_related("milestone", "logged_by", "logged_through__contract__provider")
        .order_by("-day", "-pk")
    )
    for session in sessions:
        session.voucher = voucher
    return sessions


@for_system("whether a voucher can be closed is a fact of it")
def unconfirmed_sessions(voucher: Voucher) -> list[Session]:
    """The sessions that wait to be confirmed, or to be mended, in the order of their days."""
    waiting = (Session.State.LOGGED, Session.State.RETURNED)
    return list(Session.objects.filter(voucher=voucher, state__in=waiting).order_by("day", "pk"))


def milestones_to_log(voucher: Voucher) -> QuerySet[Milestone]:
    """The milestones of the plan in force, for which a session can be logged, in its order."""
    return (
        Milestone.objects.filter(plan__voucher=voucher, removed_in=None)
        .select_related("plan")
        .order_by("position")
    )


def experts_of(voucher: Voucher) -> list[tuple[str, str]]:
    """Name and e-mail address of the experts who worked for the voucher, once each, by name."""
    found = Session.objects.filter(voucher=voucher).order_by("expert_name", "expert_email")
    return list(found.values_list("expert_name", "expert_email").distinct())


def planned_activities(voucher: Voucher) -> list[str]:
    """What the plan in force says will be done, in its order: proposed when a session is logged."""
    found = PlanActivity.objects.filter(version__plan__voucher=voucher, version__state="in_force")
    return list(found.order_by("position").values_list("title", flat=True))


def said_last(voucher: Voucher, by: User | WorkLink) -> dict[str, object]:
    """What the session that was logged last by a person, or link, says of expert and place."""
    logged = Session.objects.filter(voucher=voucher).order_by("-logged_at")
    if isinstance(by, WorkLink):
        last = logged.filter(logged_through=by).first()
    else:
        last = logged.filter(logged_by=by).first()
    if last is None:
        return {}
    said: dict[str, object] = {
        name: getattr(last, name) for name in ("expert_name", "expert_email", "place", "is_online")
    }
    return {**said, "milestone": last.milestone_id}


@for_system("how much of a milestone is used is a fact of the plan")
def hours_of_milestone(milestone: Milestone, *, but: Session | None = None) -> Decimal:
    """Hours of the sessions of a milestone that count, `but` for one."""
    return _sum(Session.objects.filter(milestone=milestone), but)


@for_system("an expert has one day a day, whoever pays for it: only the sum is told")
def hours_of_expert(email: str, day: date, *, but: Session | None = None) -> Decimal:
    """Hours of an expert on a day that count, over all vouchers, `but` for one session."""
    return _sum(Session.objects.filter(expert_email=email.lower(), day=day), but)


def plan_began_on(plan: Plan) -> date | None:
    """The day, in the cluster's country, on which the first version of the plan came into force."""
    first = plan.versions.aggregate(at=Min("in_force_at"))["at"]
    return day_of(first, plan.voucher.country.zone) if first else None


def days_of_contract(plan: Plan, provider: Provider) -> tuple[date | None, date | None]:
    """The first and the last day on which the contract with the provider lets it work.

    (None, None) without a contract with it; no last day where an amendment for more time came into
    force after the contract was entered: then the voucher's counts.
    """
    contract = contract_of(plan.voucher)
    if contract is None or contract.provider_id != provider.pk:
        return None, None
    extended = plan.versions.filter(
        amendment=PlanVersion.Amendment.EXTENSION, in_force_at__gt=contract.entered_at
    )
    return contract.starts_on, None if extended.exists() else contract.ends_on


def _sum(sessions: QuerySet[Session], but: Session | None) -> Decimal:
    counted = sessions.filter(state__in=Session.STANDING)
    if but is not None and but.pk is not None:
        counted = counted.exclude(pk=but.pk)
    return counted.aggregate(hours=Sum("hours", default=_NONE))["hours"]
