"""Any number of applications at once, for benchmarks: rows in bulk, not action by action.

The database's own rules hold all the same; letters and messages are left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster
from demonstration.calls import COUNTRIES, open_call
from demonstration.clock import noon, on
from vouchers.applications.models import Answer, Application
from vouchers.calls.models import Call, Question
from vouchers.scoring.assessing.models import Assessment, Assignment, Score

ASSESSORS = ("assessor@example.org", "assessor2@example.org")
_BATCH = 2000


@transaction.atomic
def make_applications(
    number: int, *, assessments: int = 2, quotas: dict[str, int] | None = None
) -> Call:
    """A new open call with so many eligible applications, each scored by so many assessors.

    They come from the countries of `quotas` (vouchers by country code) in turn.
    """
    coordinator = User.objects.get(email="coordinator@example.org")
    earlier = Call.objects.filter(programme_code="BENCH").count()
    with on(noon(-20)):
        call = open_call(
            by=coordinator,
            code="BENCH",
            slug=f"benchmark-{earlier + 1}",
            opens=timezone.now().replace(year=timezone.now().year - earlier),
            deadline=noon(50),
            amount="5000.00",
            quotas=quotas or dict.fromkeys(COUNTRIES, 2),
        )
    applications = _drafts(call, number, coordinator)
    _answer(applications, coordinator)
    _send(call, applications, coordinator)
    if assessments:
        _score(call, applications, coordinator, assessments)
    return call


def _drafts(call: Call, number: int, author: User) -> list[Application]:
    start = Cluster.objects.count()
    countries = [quota.country_id for quota in call.quotas.all()]
    clusters = _create(
        Cluster(
            name=f"Benchmark cluster {start + index}",
            slug=f"benchmark-cluster-{start + index}",
            country_id=countries[index % len(countries)],
            sector="Benchmarks",
            mission="Made for measuring.",
            member_kinds="SMEs",
        )
        for index in range(number)
    )
    return _create(
        Application(
            call=call,
            cluster=cluster,
            country_id=cluster.country_id,
            language="en",
            started_by=author,
        )
        for cluster in clusters
    )


def _answer(applications: list[Application], author: User) -> None:
    questions = list(
        applications[0].call.questions.filter(kind__in=Question.TEXTS, depends_on=None)
    )
    text = "We grow step by step, with our members. " * 40
    _create(
        Answer(application=application, question=question, text=text, changed_by=author)
        for application in applications
        for question in questions
    )


def _send(call: Call, applications: list[Application], author: User) -> None:
    """Give each its number, country by country, and find all of them eligible."""
    for quota in call.quotas.all():
        numbers = count(quota.last_number + 1)
        own = [found for found in applications if found.country_id == quota.country_id]
        for application in own:
            number = next(numbers)
            application.reference = f"{call.reference}-{quota.country_id}-{number:04d}"
            application.submitted_by, application.submitted_at = author, timezone.now()
            application.state = Application.State.SUBMITTED
        quota.last_number += len(own)
        quota.save(update_fields=["last_number"])
    Application.objects.bulk_update(
        applications, ["reference", "submitted_by", "submitted_at", "state"], batch_size=_BATCH
    )
    _update(applications, state=Application.State.ELIGIBLE)


def _score(
    call: Call, applications: list[Application], officer: User, assessments_each: int
) -> None:
    assessors = _assessors(assessments_each)
    assignments = _create(
        Assignment(
            application=application, assessor=assessor, assigned_by=officer, due_at=call.deadline
        )
        for application in applications
        for assessor in assessors
    )
    _update(assignments, state=Assignment.State.CLEARED, declared_at=timezone.now())
    assessments = _create(Assessment(assignment=assignment) for assignment in assignments)
    chance = random.Random(len(applications))
    worth = {application.pk: chance.gauss(3.2, 0.7) for application in applications}
    quality = {one.pk: worth[one.application_id] for one in assignments}
    _create(
        Score(
            assessment=assessment,
            criterion=criterion,
            value=_likely(chance, quality[assessment.assignment_id]),
            strengths="Measured.",
        )
        for assessment in assessments
        for criterion in call.criteria.all()
    )
    _update(assessments, state=Assessment.State.SUBMITTED, submitted_at=timezone.now())
    _update(assignments, state=Assignment.State.SCORED)


def _likely(chance: random.Random, quality: float) -> Decimal:
    """A score on the scale in half points, near the worth of the application."""
    return Decimal(min(max(round(chance.gauss(quality, 0.5) * 2), 2), 10)) / 2


def _assessors(number: int) -> list[User]:
    """The assessors of the demonstration, and as many more as it takes."""
    named = list(User.objects.filter(email__in=ASSESSORS).order_by("pk"))[:number]
    return [
        *named,
        *(
            User.objects.get_or_create(
                email=f"benchmark-assessor-{index}@example.org",
                defaults={"full_name": f"Benchmark assessor {index}"},
            )[0]
            for index in range(len(named), number)
        ),
    ]


def _create(rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    manager: models.Manager[Any] = type(rows[0])._default_manager
    return manager.bulk_create(rows, batch_size=_BATCH)


def _update(rows: list[Any], **values: Any) -> None:
    """Write the same values into all rows, found by their keys alone.

    Once autovacuum has passed while these rows are not committed, PostgreSQL holds their tables for
    empty, and would join them row by row: minutes for a thousand applications.
    """
    manager: models.Manager[Any] = type(rows[0])._default_manager
    for start in range(0, len(rows), _BATCH):
        keys = [row.pk for row in rows[start : start + _BATCH]]
        manager.filter(pk__in=keys).update(**values)
