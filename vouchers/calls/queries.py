"""Reads of calls, scoped to who asks."""

from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User

from .models import Call
from .permissions import may_read_drafts


def calls_visible_to(user: User | AnonymousUser) -> QuerySet[Call]:
    """The calls that the person may see: published ones; coordinators also see drafts."""
    calls = Call.objects.all()
    if may_read_drafts.test(user):
        return calls
    return calls.exclude(state=Call.State.DRAFT)


def call_choices(user: User | AnonymousUser) -> dict[int, str]:
    """Id and name of each call that the person may see, the newest first, to choose from."""
    calls = calls_visible_to(user).only("name", "year").order_by("-opens_at", "-pk")
    return {call.pk: str(call) for call in calls}


def accepting_calls() -> QuerySet[Call]:
    """The calls to which one may apply at this instant, the nearest deadline first."""
    now = timezone.now()
    return Call.objects.filter(state=Call.State.OPEN, opens_at__lte=now, deadline__gt=now).order_by(
        "deadline"
    )


def with_terms(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls with countries, criteria and questions fetched: a constant number of queries."""
    return calls.prefetch_related(
        "quotas__country__partner", "criteria", "sections__questions__criterion"
    )


def total_weight(call: Call) -> Decimal:
    """The sum of the weights of the call's criteria; 100 in a call that may open."""
    return call.criteria.aggregate(sum=Sum("weight"))["sum"] or Decimal(0)


def languages_missing(call: Call) -> list[str]:
    """The languages in which the name or the purpose of the call is not written yet."""
    return [
        label
        for code, label in settings.LANGUAGES
        if not (call.name.data.get(code) and call.purpose.data.get(code))
    ]


def with_numbers(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls with how many applications were sent and how many vouchers are offered."""
    return (
        calls.annotate(
            sent=Count(
                "applications",
                filter=Q(applications__reference__isnull=False) & ~Q(applications__state="draft"),
                distinct=True,
            ),
        )
        .prefetch_related("quotas__country")
        .order_by("-opens_at", "-pk")
    )
