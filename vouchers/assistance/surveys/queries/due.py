"""What the clock finds: surveys to be made, surveys to be mailed, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils import timezone

from accounts.models import User
from clusters.models import Representative, RepresentativeLevel
from clusters.queries import managers_of
from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from vouchers.assistance.surveys.models import Survey, SurveyLink
from vouchers.assistance.surveys.rules.days import DAYS_BEFORE, DAYS_OPEN, due_day, end_day
from vouchers.awards.models import Voucher
from vouchers.awards.queries import acts_for
from vouchers.calls.models.terms.surveys import SURVEY_MONTHS

_CALL = "award__application__call"
# Months have 28 to 31 days, and calendars are a day apart.
_SHORTEST, _LONGEST, _APART = timedelta(days=28), timedelta(days=31), timedelta(days=2)


@dataclass(frozen=True)
class DueSurvey:
    """A survey that should be there: of which voucher, after how many months, on which days."""

    voucher: Voucher
    months: int
    due_on: date
    ends_on: date

    @property
    def pk(self) -> str:
        """What a worker's trouble with it is called by."""
        return f"{self.voucher.pk}-{self.months}"


@for_system("background work makes what is due")
def due_surveys() -> Iterator[DueSurvey]:
    """The surveys whose day has come in their country, which are not made and have not ended."""
    for term in SURVEY_MONTHS:
        for voucher in _candidates(term):
            found = _due_of(voucher, getattr(voucher.award.application.call, term))
            now = today(voucher.country.zone)
            if found.due_on <= now <= found.ends_on:
                yield found


@for_system("background work mails what is due")
def surveys_to_mail() -> QuerySet[Survey]:
    """The surveys that nobody answered, and of which a mail may be due: to be looked at."""
    now = timezone.now()
    near = now + timedelta(days=DAYS_BEFORE) + _APART
    mailed = SurveyLink.objects.filter(survey=OuterRef("pk"))
    return (
        Survey.objects.filter(answered_at=None, ends_at__gte=now)
        .filter(Q(ends_at__lte=near) | ~Exists(mailed))
        .select_related("voucher__award__application__country")
    )


def mails_of(survey: Survey) -> dict[str, date]:
    """The mails that went for a survey, each with the day of its country on which it did."""
    zone = survey.voucher.country.zone
    sent = survey.links.order_by("pk").values_list("mail", "issued_at")
    return {mail: day_of(at, zone) for mail, at in sent}


def addressee_of(survey: Survey) -> User | None:
    """Whom the next mail goes to: who had the last link, else who acts for the cluster in the voucher.

    Where that is no manager any more, another one; None where the cluster has none.
    """
    voucher = survey.voucher
    last = survey.links.select_related("person").order_by("-pk").first()
    if last is not None and representatives(voucher).filter(pk=last.person_id).exists():
        return last.person
    managers = list(managers_of(voucher.award.application.cluster).order_by("pk"))
    acting, _since = acts_for(voucher)
    return acting if acting in managers else next(iter(managers), None)


def without_addressee(surveys: Iterable[Survey]) -> set[int]:
    """The keys of those surveys whose next mail would go to nobody (`addressee_of`); one query."""
    cluster = OuterRef("voucher__award__application__cluster")
    last = SurveyLink.objects.filter(survey=OuterRef("pk")).order_by("-pk").values("person")[:1]
    able = Representative.objects.filter(cluster=cluster, user__is_active=True)
    found = (
        Survey.objects.filter(pk__in=[one.pk for one in surveys])
        .annotate(last_person=Subquery(last))
        .filter(~Exists(able.filter(level=RepresentativeLevel.MANAGER)))
        .filter(~Exists(able.filter(user=OuterRef("last_person"))))
    )
    return set(found.values_list("pk", flat=True))


def representatives(voucher: Voucher) -> QuerySet[User]:
    """The people who represent the voucher's cluster and may log in."""
    cluster = voucher.award.application.cluster
    return User.objects.filter(is_active=True, representations__cluster=cluster).distinct()


@for_system("background work makes what is due")
def _candidates(term: str) -> QuerySet[Voucher]:
    """Closed vouchers without the survey of a term, whose day may be near."""
    months, now = f"{_CALL}__{term}", timezone.now()
    made = Survey.objects.filter(voucher=OuterRef("pk"), months=OuterRef(months))
    return (
        Voucher.objects.filter(state=Voucher.State.CLOSED, **{f"{months}__isnull": False})
        .filter(~Exists(made))
        .filter(
            closed_at__lte=_before(now + _APART, months, _SHORTEST),
            closed_at__gte=_before(now - _APART - timedelta(days=DAYS_OPEN), months, _LONGEST),
        )
        .select_related("award__application__call", "award__application__country")
    )


def _before(instant: object, months: str, length: timedelta) -> ExpressionWrapper:
    """The instant (UTC) so many months before another, each of the given length."""
    span = ExpressionWrapper(F(months) * Value(length), output_field=DurationField())
    return ExpressionWrapper(Value(instant) - span, output_field=DateTimeField())


def _due_of(voucher: Voucher, months: int) -> DueSurvey:
    if voucher.closed_at is None:
        raise ValueError("A voucher that is closed says when.")
    due = due_day(day_of(voucher.closed_at, voucher.country.zone), months)
    return DueSurvey(voucher, months, due, end_day(due))
