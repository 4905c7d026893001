"""Any number of applications as years of calls leave them, for benchmarks: rows in bulk.

Clusters of three countries answer in three languages; drafts stand beside what was sent and decided.
The database's own rules hold all the same; letters, messages and awards are left out. What is made
depends on the number alone.
"""

from __future__ import annotations

import random
from math import ceil

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, Representative, RepresentativeLevel
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
_BATCH = 5000
_TEXTS = 300


def make_intake(number: int) -> Call:
    """So many applications to four calls in an empty portal; the call that is open."""
    chance = random.Random(number)
    cast = Cast()
    cast.make_staff()
    set_up_countries(cast.coordinators[0])
    calls = [_call(days, by=cast.coordinators[0]) for days in OPENED]
    clusters = _clusters(ceil(number / len(calls)), chance)
    managers = _managers(clusters)
    _drafts(calls, clusters, managers, number, chance)
    _know_what_is_there()
    _answer(chance)
    _know_what_is_there()
    _send(calls[-1])
    return calls[-1]


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
    return Cluster.objects.bulk_create(
        (
            Cluster(
                name=_name(index, country, chance),
                slug=f"cluster-{index}",
                country_id=country,
                sector=chance.choice(_SECTORS),
                mission=_text(chance, "fr" if country != "LB" else "en", 6),
                member_kinds="SMEs, universities",
                member_count=chance.randrange(8, 140),
                established=chance.randrange(1990, 2024),
            )
            for index, country in enumerate(countries, start=1)
        ),
        batch_size=_BATCH,
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
    managers = User.objects.bulk_create(
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
        batch_size=_BATCH,
    )
    Representative.objects.bulk_create(
        (
            Representative(cluster=cluster, user=manager, level=RepresentativeLevel.MANAGER)
            for cluster, manager in zip(clusters, managers, strict=True)
        ),
        batch_size=_BATCH,
    )
    return managers


def _drafts(
    calls: list[Call],
    clusters: list[Cluster],
    managers: list[User],
    number: int,
    chance: random.Random,
) -> None:
    started = [
        Application(
            call=call,
            cluster=cluster,
            country_id=cluster.country_id,
            language=_language(cluster.country_id, chance),
            started_by=manager,
        )
        for call in calls
        for cluster, manager in zip(clusters, managers, strict=True)
    ]
    # The last call, which is open, is complete in any case.
    Application.objects.bulk_create(started[-number:], batch_size=_BATCH)


def _language(country: str, chance: random.Random) -> str:
    weights = WRITTEN[country]
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def _know_what_is_there() -> None:
    """Count rows for the database's planner, which else takes the tables for small ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE vouchers_application, vouchers_call, clusters_cluster")


@transaction.atomic
def _answer(chance: random.Random) -> None:
    """Answer every question but those for files, in the language of the application."""
    texts = [
        (number, language, _text(chance, language, chance.randrange(6, 28)))
        for language in _SENTENCES
        for number in range(_TEXTS)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE texts (number int, language text, text text,"
            " PRIMARY KEY (language, number)) ON COMMIT DROP"
        )
        cursor.executemany("INSERT INTO texts VALUES (%s, %s, %s)", texts)
        cursor.execute(_ANSWERS, {"texts": _TEXTS})


def _send(accepting: Call) -> None:
    """Send nine of ten, the past calls' all; then check and decide as a programme would."""
    with connection.cursor() as cursor:
        for statement in (_STARTED, _SENT, _NUMBERED):
            cursor.execute(statement, {"accepting": accepting.pk})
        for source, state, past, accepting_now in _DECISIONS:
            cursor.execute(
                _DECIDED,
                {
                    "source": source,
                    "state": state,
                    "accepting": accepting.pk,
                    "past_from": past[0],
                    "past_until": past[1],
                    "open_from": accepting_now[0],
                    "open_until": accepting_now[1],
                },
            )
    Call.objects.exclude(pk=accepting.pk).update(state=Call.State.DECIDED)


# A number from 0 to 99 for each application, always the same and spread evenly.
_DIE = "((hashint8(application.id) %% 100 + 100) %% 100)"

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
_STARTED = """
    UPDATE vouchers_application application
    SET started_at = call.opens_at + (call.deadline - call.opens_at) * random() * 0.4
    FROM vouchers_call call WHERE call.id = application.call_id
"""
_SENT = f"""
    WITH sent AS (
        SELECT application.id,
            call.programme_code || '-' || call.year || '-' || application.country_id || '-'
            || to_char(row_number() OVER (
                PARTITION BY application.call_id, application.country_id ORDER BY application.id
            ), 'FM9990000') AS reference,
            application.started_at
            + (least(call.deadline, now()) - application.started_at) * random() AS submitted_at
        FROM vouchers_application application JOIN vouchers_call call ON call.id = call_id
        WHERE call_id <> %(accepting)s OR {_DIE} >= 10
    )
    UPDATE vouchers_application application
    SET state = 'submitted', reference = sent.reference, submitted_at = sent.submitted_at,
        submitted_by_id = started_by_id
    FROM sent WHERE sent.id = application.id
"""
_NUMBERED = """
    UPDATE vouchers_countryquota quota SET last_number = (
        SELECT count(*) FROM vouchers_application application
        WHERE application.call_id = quota.call_id AND application.country_id = quota.country_id
            AND reference IS NOT NULL
    )
"""
_DECIDED = f"""
    UPDATE vouchers_application application SET state = %(state)s
    WHERE state = %(source)s AND {_DIE} BETWEEN
        CASE WHEN call_id = %(accepting)s THEN %(open_from)s ELSE %(past_from)s END
        AND CASE WHEN call_id = %(accepting)s THEN %(open_until)s ELSE %(past_until)s END
"""
_NONE = (1, 0)
# The state before, the state after, and which throws of the die lead there: in the calls that are
# decided, and in the one that is open, where what throws below 10 is a draft still.
_DECISIONS = (
    ("submitted", "withdrawn", (0, 3), (10, 11)),
    ("submitted", "ineligible", (4, 14), (12, 15)),
    ("submitted", "eligible", (15, 99), (16, 39)),
    ("eligible", "selected", (98, 99), _NONE),
    ("eligible", "reserve", (93, 97), _NONE),
    ("eligible", "refused", (15, 92), _NONE),
)


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
