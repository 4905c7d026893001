"""Reads of calls, scoped to who asks."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from conduct.queries.days import now
from vouchers.calls.models import Call, Question
from vouchers.calls.permissions import may_read_drafts


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
    at = now()
    return Call.objects.filter(state=Call.State.OPEN, opens_at__lte=at, deadline__gt=at).order_by(
        "deadline"
    )


def with_terms(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls with countries, criteria and questions fetched: a constant number of queries."""
    return calls.prefetch_related(
        "quotas__country__partner",
        "criteria",
        "sections__questions__criterion",
        "sections__questions__depends_on",
        "eligibility_rules",
        "declaration_clauses",
    )


def with_steps(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls with all that is built of them, step by step: a constant number of queries."""
    return with_terms(calls).prefetch_related("need_themes", "indicators", "quote_grounds")


def with_countries(calls: QuerySet[Call]) -> QuerySet[Call]:
    """The calls with their countries fetched, which a list shows."""
    return calls.prefetch_related("quotas__country")


def questions_to_depend_on(call: Call, question: Question | None) -> list[Question]:
    """The choices that are asked before a question (None for a new one), in the order of the form."""
    asked: list[Question] = []
    for other in call.questions.order_by("section__position", "position"):
        if question is not None and other.pk == question.pk:
            break
        asked.append(other)
    return [other for other in asked if other.kind in Question.CHOOSING]


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
