"""Any number of applications as years of calls leave them, for benchmarks: rows in bulk.

Clusters of three countries answer in three languages; drafts stand beside what was sent and decided.
Every rule of the database holds meanwhile; letters, messages and awards are left out. What is made
depends on the number alone.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from math import ceil
from typing import TypeVar

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, Representative, RepresentativeLevel
from demonstration.calls import open_call, set_up_countries
from demonstration.cast import LANGUAGES, ZONES, Cast
from demonstration.clock import noon, on
from demonstration.many.wording import SECTORS, SENTENCES, name_of_cluster, text_in
from vouchers.applications.models import Application
from vouchers.calls.models import Call, CountryQuota

# How many days ago each call opened; the last one is open still. One a year: references say so.
OPENED = (1130, 765, 400, 30)
# How the clusters spread over the countries, and the languages in which each country writes.
COUNTRIES = {"LB": 7, "MA": 8, "TN": 5}
WRITTEN = {
    "LB": {"en": 5, "ar": 4, "fr": 1},
    "MA": {"fr": 14, "ar": 5, "en": 1},
    "TN": {"fr": 14, "ar": 5, "en": 1},
}
State = Application.State
# How a hundred applications stand: in the calls that are decided, and in the one that is open.
PAST = {
    State.WITHDRAWN: 4,
    State.INELIGIBLE: 11,
    State.SELECTED: 2,
    State.RESERVE: 5,
    State.REFUSED: 78,
}
OPEN = {
    State.DRAFT: 10,
    State.WITHDRAWN: 2,
    State.INELIGIBLE: 4,
    State.ELIGIBLE: 24,
    State.SUBMITTED: 60,
}
# The states on the way to one, with itself last, where it is more than a step from being submitted.
STEPS = {state: [State.ELIGIBLE, state] for state in (State.SELECTED, State.RESERVE, State.REFUSED)}
STEPS[State.SUBMITTED] = []
_BATCH = 5000
_TEXTS = 300

Made = TypeVar("Made", bound=models.Model)
Some = TypeVar("Some")


def make_intake(number: int) -> Call:
    """So many applications to four calls in an empty portal; the call that is open."""
    chance = random.Random(number)
    cast = Cast()
    cast.make_staff()
    set_up_countries(cast.coordinators[0])
    calls = [_call(days, by=cast.coordinators[0]) for days in OPENED]
    _fill(calls, number, chance)
    Call.objects.exclude(pk=calls[-1].pk).update(state=Call.State.DECIDED)
    return calls[-1]


def _fill(calls: list[Call], number: int, chance: random.Random) -> None:
    clusters = _clusters(ceil(number / len(calls)), chance)
    managers = _managers(clusters)
    pairs = [(call, *pair) for call in calls for pair in zip(clusters, managers, strict=True)]
    # The last call, which is open, is complete in any case.
    drafts = _drafts(pairs[-number:], chance)
    _answer(chance)
    _send(drafts, calls[-1], chance)


def _call(days: int, *, by: User) -> Call:
    with on(noon(-days)):
        opens = timezone.now()
        return open_call(
            by=by,
            code="SUV",
            slug=f"scale-up-{opens.year}",
            opens=opens,
            deadline=noon(60),
            amount="5000.00",
            quotas=dict.fromkeys(COUNTRIES, 2),
        )


def _clusters(number: int, chance: random.Random) -> list[Cluster]:
    countries = chance.choices(list(COUNTRIES), weights=list(COUNTRIES.values()), k=number)
    return _create(
        Cluster,
        (
            Cluster(
                name=name_of_cluster(index, country, chance),
                slug=f"cluster-{index}",
                country_id=country,
                sector=chance.choice(SECTORS),
                mission=text_in(chance, "en" if country == "LB" else "fr", 6),
                member_kinds="SMEs, universities",
                member_count=chance.randrange(8, 140),
                established=chance.randrange(1990, 2024),
            )
            for index, country in enumerate(countries, start=1)
        ),
    )


def _managers(clusters: list[Cluster]) -> list[User]:
    """One for each cluster; nobody can log in by password."""
    managers = _create(
        User,
        (
            User(
                email=f"manager{index}@example.org",
                full_name=f"Manager {index}",
                password="!",
                language=LANGUAGES[cluster.country_id],
                time_zone=ZONES[cluster.country_id],
            )
            for index, cluster in enumerate(clusters, start=1)
        ),
    )
    _create(
        Representative,
        (
            Representative(cluster=cluster, user=manager, level=RepresentativeLevel.MANAGER)
            for cluster, manager in zip(clusters, managers, strict=True)
        ),
    )
    return managers


def _drafts(
    pairs: Sequence[tuple[Call, Cluster, User]], chance: random.Random
) -> list[Application]:
    return _create(
        Application,
        (
            Application(
                call=call,
                cluster=cluster,
                country_id=cluster.country_id,
                language=_one_of(WRITTEN[cluster.country_id], chance),
                started_by=manager,
            )
            for call, cluster, manager in pairs
        ),
    )


def _send(drafts: list[Application], accepting: Call, chance: random.Random) -> None:
    """Send most of them, and decide as many as each call has decided, stage by stage."""
    numbers: Counter[tuple[int, str]] = Counter()
    sent: list[tuple[int, str, datetime]] = []
    becomes: dict[State, list[int]] = defaultdict(list)
    for draft in drafts:
        state = _one_of(OPEN if draft.call == accepting else PAST, chance)
        if state == State.DRAFT:
            continue
        numbers[draft.call_id, draft.country_id] += 1
        number = numbers[draft.call_id, draft.country_id]
        reference = f"{draft.call.reference}-{draft.country_id}-{number:04d}"
        sent.append((draft.pk, reference, _moment(draft.call, chance)))
        for step in STEPS.get(state, [state]):
            becomes[step].append(draft.pk)
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [list(column) for column in zip(*sent, strict=True)])
    for state in (State.ELIGIBLE, *(set(becomes) - {State.SUBMITTED, State.ELIGIBLE})):
        Application.objects.filter(pk__in=becomes[state]).update(state=state)
    for (call, country), last in numbers.items():
        CountryQuota.objects.filter(call=call, country=country).update(last_number=last)


def _moment(call: Call, chance: random.Random) -> datetime:
    """An instant at which the call took applications; most come late."""
    until = min(call.deadline, timezone.now())
    return until - (until - call.opens_at) * chance.random() ** 2


def _answer(chance: random.Random) -> None:
    """Answer every question but those for files, in the language of the application."""
    texts = [
        (number, language, text_in(chance, language, chance.randrange(6, 28)))
        for language in SENTENCES
        for number in range(_TEXTS)
    ]
    number, language, text = (list(column) for column in zip(*texts, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _ANSWERS, {"texts": _TEXTS, "number": number, "language": language, "text": text}
        )


def _create(model: type[Made], rows: Iterable[Made]) -> list[Made]:
    manager: models.Manager[Made] = model._default_manager
    return manager.bulk_create(rows, batch_size=_BATCH)


def _one_of(weights: dict[Some, int], chance: random.Random) -> Some:
    return chance.choices(list(weights), weights=list(weights.values()))[0]


_SENT = """
    UPDATE vouchers_application SET state = 'submitted', reference = sent.reference,
        submitted_by_id = started_by_id, submitted_at = sent.at, started_at = sent.at - interval '9 days'
    FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[]) AS sent (id, reference, at)
    WHERE vouchers_application.id = sent.id
"""
_ANSWERS = """
    WITH texts AS MATERIALIZED (
        SELECT * FROM unnest(%(number)s::int[], %(language)s::text[], %(text)s::text[])
            AS texts (number, language, text)
    )
    INSERT INTO vouchers_answer
        (application_id, question_id, text, rows, version, changed_by_id, changed_at)
    SELECT application.id, question.id,
        CASE
            WHEN question.kind = 'long_text' THEN texts.text
            WHEN question.kind = 'short_text' THEN split_part(texts.text, '.', 1)
            WHEN question.kind = 'number' THEN (application.id %% 90 + 1)::text
            WHEN question.kind = 'money' THEN (application.id %% 4000 + 100)::text || '.00'
            WHEN question.kind = 'date' THEN '2027-03-31'
            WHEN question.kind IN ('choice', 'choices') THEN '1'
            ELSE ''
        END,
        CASE question.kind
            WHEN 'milestones' THEN
                '[{"milestone": "Survey of members", "due": "2027-03-31", "evidence": "Report"}]'
            WHEN 'budget' THEN
                '[{"activity": "Growth strategy", "days": "8", "amount": "4000.00"}]'
            ELSE '[]'
        END::jsonb,
        1, application.started_by_id, now()
    FROM vouchers_application application
    JOIN vouchers_question question ON question.call_id = application.call_id
    JOIN texts ON texts.language = application.language
        AND texts.number = (application.id * 7 + question.id * 13) %% %(texts)s
    WHERE question.kind <> 'file'
"""
