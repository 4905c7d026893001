"""Any number of applications as years of calls leave them, for benchmarks: rows in bulk.

Clusters of three countries answer in three languages; drafts stand beside what was sent and decided.
The triggers are off meanwhile (it takes a superuser): history, letters, messages and awards are left
out, and a hundred thousand applications take minutes, not hours. Constraints hold all the same. What
is made depends on the number alone.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from math import ceil
from typing import TypeVar

from django.db import connection, models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, Representative, RepresentativeLevel
from inputs.searching import Folded
from vouchers.applications.models import Application
from vouchers.calls.models import Call

from .calls import noon, open_call, set_up_countries
from .cast import LANGUAGES, ZONES, Cast
from .story import on

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
    with _without_triggers():
        _fill(calls, number, chance)
    Call.objects.exclude(pk=calls[-1].pk).update(state=Call.State.DECIDED)
    return calls[-1]


def _fill(calls: list[Call], number: int, chance: random.Random) -> None:
    clusters = _clusters(ceil(number / len(calls)), chance)
    managers = _managers(clusters)
    pairs = [(call, *pair) for call in calls for pair in zip(clusters, managers, strict=True)]
    # The last call, which is open, is complete in any case.
    _apply(pairs[-number:], calls[-1], chance)
    _answer(chance)


@contextmanager
def _without_triggers() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


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
                name=_name(index, country, chance),
                slug=f"cluster-{index}",
                country_id=country,
                sector=chance.choice(_SECTORS),
                mission=_text(chance, "en" if country == "LB" else "fr", 6),
                member_kinds="SMEs, universities",
                member_count=chance.randrange(8, 140),
                established=chance.randrange(1990, 2024),
            )
            for index, country in enumerate(countries, start=1)
        ),
    )


def _name(index: int, country: str, chance: random.Random) -> str:
    """A name as clusters have them; a sixth of them is Arabic. The number keeps it unique."""
    if chance.random() < 1 / 6:
        return (
            f"تجمع {chance.choice(_SECTORS_IN_ARABIC)} في {chance.choice(_TOWNS_IN_ARABIC)} {index}"
        )
    return f"{chance.choice(_SECTORS)} {chance.choice(_KINDS)} {chance.choice(_TOWNS[country])} {index}"


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


def _apply(
    pairs: Sequence[tuple[Call, Cluster, User]], accepting: Call, chance: random.Random
) -> None:
    numbers: Counter[tuple[int, str]] = Counter()
    _create(
        Application,
        (
            _application(
                Application(
                    state=_one_of(OPEN if call == accepting else PAST, chance),
                    call=call,
                    cluster=cluster,
                    country_id=cluster.country_id,
                    language=_one_of(WRITTEN[cluster.country_id], chance),
                    started_by=manager,
                    cluster_name=cluster.name,
                ),
                numbers,
                chance,
            )
            for call, cluster, manager in pairs
        ),
    )
    Application.objects.update(
        searched=Folded(Concat("reference", Value(" "), "cluster_name")),
        started_at=Coalesce(F("submitted_at") - timedelta(days=9), F("started_at")),
    )
    for call in {call for call, _cluster, _manager in pairs}:
        for quota in call.quotas.all():
            quota.last_number = numbers[call.pk, quota.country_id]
            quota.save(update_fields=["last_number"])


def _application(
    application: Application, numbers: Counter[tuple[int, str]], chance: random.Random
) -> Application:
    """The same, with its number where it was sent."""
    if application.is_draft:
        return application
    call, country = application.call, application.country_id
    numbers[call.pk, country] += 1
    application.reference = f"{call.reference}-{country}-{numbers[call.pk, country]:04d}"
    application.submitted_by = application.started_by
    application.submitted_at = _moment(call, chance)
    return application


def _moment(call: Call, chance: random.Random) -> datetime:
    """An instant at which the call took applications; most come late."""
    until = min(call.deadline, timezone.now())
    return until - (until - call.opens_at) * chance.random() ** 2


def _answer(chance: random.Random) -> None:
    """Answer every question but those for files, in the language of the application."""
    texts = [
        (number, language, _text(chance, language, chance.randrange(6, 28)))
        for language in _SENTENCES
        for number in range(_TEXTS)
    ]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS texts")
        cursor.execute(
            "CREATE TEMPORARY TABLE texts (number int, language text, text text,"
            " PRIMARY KEY (language, number))"
        )
        for text in texts:
            cursor.execute("INSERT INTO texts VALUES (%s, %s, %s)", text)
        cursor.execute(_ANSWERS, {"texts": _TEXTS})


def _create(model: type[Made], rows: Iterable[Made]) -> list[Made]:
    manager: models.Manager[Made] = model._default_manager
    return manager.bulk_create(rows, batch_size=_BATCH)


def _one_of(weights: dict[Some, int], chance: random.Random) -> Some:
    return chance.choices(list(weights), weights=list(weights.values()))[0]


_ANSWERS = """
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


def _text(chance: random.Random, language: str, sentences: int) -> str:
    """So many sentences, in which no two texts are alike."""
    subjects, verbs, objects = _SENTENCES[language]
    return " ".join(
        f"{chance.choice(subjects)} {chance.choice(verbs)} {chance.choice(objects)}."
        for _number in range(sentences)
    )


_SECTORS = (
    *(
        "Agri-food",
        "Textile",
        "Renewable Energy",
        "Digital Health",
        "Creative Industries",
        "Plastics",
    ),
    *("Aeronautics", "Water", "Tourism", "Furniture", "Olive Oil", "Electronics", "Logistics"),
    *("Fintech", "Cosmetics", "Ceramics", "Fisheries", "Automotive", "Leather", "Pharma"),
)
_KINDS = ("Cluster", "Pôle", "Alliance", "Network", "Hub", "Consortium")
_TOWNS = {
    "LB": ("Beirut", "Tripoli", "Saida", "Zahlé", "Tyre", "Byblos", "Baalbek"),
    "MA": ("Casablanca", "Rabat", "Fès", "Tanger", "Agadir", "Marrakech", "Oujda"),
    "TN": ("Tunis", "Sfax", "Sousse", "Bizerte", "Gabès", "Monastir", "Kairouan"),
}
_SECTORS_IN_ARABIC = ("النسيج", "الطاقة", "المياه", "السياحة", "الزراعة", "الصحة الرقمية")
_TOWNS_IN_ARABIC = ("بيروت", "طرابلس", "الدار البيضاء", "الرباط", "تونس", "صفاقس")
_SENTENCES = {
    "en": (
        ("Our members", "The network", "Two universities", "Small firms", "The team", "Exporters"),
        ("develop", "share", "need", "will test", "have built", "want to sell", "train others in"),
        (
            "a common laboratory",
            "new markets in the Gulf",
            "certified products",
            "a data platform",
            "skills for women founders",
            "cleaner processes",
            "a joint brand",
            "prototypes by spring",
        ),
    ),
    "fr": (
        ("Nos membres", "Le réseau", "Deux universités", "Les PME", "L’équipe", "Les exportateurs"),
        ("développent", "partagent", "recherchent", "testeront", "ont bâti", "veulent vendre"),
        (
            "un laboratoire commun",
            "de nouveaux marchés",
            "des produits certifiés",
            "une plateforme",
            "des compétences pour les fondatrices",
            "des procédés propres",
            "une marque commune",
        ),
    ),
    "ar": (
        ("أعضاؤنا", "الشبكة", "جامعتان", "الشركات الصغيرة", "الفريق", "المصدّرون"),
        ("يطوّرون", "يتشاركون", "يحتاجون إلى", "سيختبرون", "أنشؤوا", "يريدون تسويق"),
        (
            "مختبرا مشتركا",
            "أسواقا جديدة في الخليج",
            "منتجات معتمدة",
            "منصة بيانات",
            "مهارات لرائدات الأعمال",
            "عمليات أنظف",
            "علامة مشتركة",
        ),
    ),
}
