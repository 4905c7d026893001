"""Surveys, scoped to who asks, and the links by which they are answered."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.assistance.surveys.models import Survey, SurveyLink
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach

from .due import representatives


def surveys_visible_to(user: User) -> QuerySet[Survey]:
    """The surveys of the vouchers that the person may read."""
    return Survey.objects.filter(award_within_reach(user, "voucher__award__"))


def with_facts(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys with what a list says of them."""
    return surveys.select_related(
        "voucher__award__application__cluster",
        "voucher__award__application__country",
        "voucher__award__application__call",
    )


def with_answers(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys with what was sent of them; three queries more."""
    return surveys.prefetch_related("answers__indicators", "answers__link")


def surveys_of(voucher: Voucher) -> list[Survey]:
    """The surveys of a voucher, the first first, with what was sent of them."""
    return list(
        Survey.objects.filter(voucher=voucher)
        .prefetch_related("answers__indicators", "answers__link")
        .order_by("due_on")
    )


@for_system("who may read a voucher is asked where it is shown")
def awaited_surveys() -> QuerySet[Survey]:
    """The surveys that may still be answered, and were not."""
    return Survey.objects.filter(answered_at=None, ends_at__gte=timezone.now())


def awaited_survey_of(voucher: Voucher) -> Survey | None:
    """The survey of the voucher that waits for an answer; one query."""
    return awaited_surveys().filter(voucher=voucher).order_by("due_on").first()


def representatives_of(survey: Survey) -> QuerySet[User]:
    """To whom the link of a survey may go: who represents the cluster."""
    return representatives(survey.voucher).order_by("pk")


@for_system("of a survey that the page has found")
def standing_link_of(survey: Survey) -> SurveyLink | None:
    """The newest link of a survey, ended or not."""
    return SurveyLink.objects.filter(survey=survey).order_by("-pk").first()
