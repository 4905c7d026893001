"""Finding what an application resembles: texts by trigrams, names, legal entities, bank accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q, QuerySet

from clusters.queries import clusters_sharing_account, names_of_clusters
from conduct.queries.scoping import for_system
from vouchers.applications.models import SENT, Application
from vouchers.calls.models import Question
from vouchers.eligibility.models import ComparableText, PossibleDuplicate
from vouchers.eligibility.rules.similarity import LEAST_LETTERS, MOST, THRESHOLD, plain_form

from .legal_entities import perhaps_same_legal_entity


@dataclass(frozen=True)
class Resemblance:
    """That an application resembles another, in which way, and how much where that is measured."""

    other: int
    kind: PossibleDuplicate.Kind
    question: int | None = None
    other_question: int | None = None
    similarity: float | None = None


def plain_texts(application: Application) -> list[ComparableText]:
    """The long answers of an application in plain form, not saved."""
    answers = application.answers.filter(question__kind__in=Question.TEXTS)
    return [
        ComparableText(application=application, question_id=answer.question_id, text=text)
        for answer in answers
        if len(text := plain_form(answer.text)) >= LEAST_LETTERS
    ]


def everything_alike(application: Application, texts: list[ComparableText]) -> list[Resemblance]:
    """All that the application resembles among what was sent and not withdrawn."""
    return [
        *_alike_texts(application, texts),
        *_same_entity(application),
        *_same_name(application),
        *_same_bank_account(application),
    ]


@for_system("an application is compared with those of everybody")
def _others() -> QuerySet[Application]:
    return Application.objects.filter(SENT).exclude(state=Application.State.WITHDRAWN)


def _alike_texts(application: Application, texts: list[ComparableText]) -> Iterator[Resemblance]:
    """Near-identical answers of other clusters, in any call and country, the most alike first."""
    with connection.cursor() as cursor:
        # The operator that the index serves goes by this; it lasts until the transaction ends.
        cursor.execute("SET LOCAL pg_trgm.similarity_threshold = %s", [THRESHOLD])
    for text in texts:
        alike = (
            ComparableText.objects.filter(
                text__trigram_similar=text.text, application__in=_others()
            )
            .exclude(application__cluster=application.cluster_id)
            .annotate(similarity=TrigramSimilarity("text", text.text))
            .order_by("-similarity", "pk")
            .values_list("application_id", "question_id", "similarity")[:MOST]
        )
        for other, question, similarity in alike:
            yield Resemblance(
                other, PossibleDuplicate.Kind.TEXT, text.question_id, question, round(similarity, 3)
            )


def _same_entity(application: Application) -> Iterator[Resemblance]:
    """Applications of what is, or may be, the same legal entity to other calls that have an award."""
    held = _others().filter(
        Q(award__voucher__isnull=False) | Q(award__state="offered"),
        cluster__in=perhaps_same_legal_entity(application.cluster),
    )
    for other in _ids(held.exclude(call=application.call_id)):
        yield Resemblance(other, PossibleDuplicate.Kind.LEGAL_ENTITY)


def _same_name(application: Application) -> Iterator[Resemblance]:
    """Applications of other clusters that bear one of the names of this one, however written."""
    names = {
        cluster: {plain for name in known if (plain := plain_form(name))}
        for cluster, known in names_of_clusters().items()
    }
    own = names.pop(application.cluster_id, set())
    namesakes = [cluster for cluster, known in names.items() if own & known]
    for other in _ids(_others().filter(cluster__in=namesakes)):
        yield Resemblance(other, PossibleDuplicate.Kind.NAME)


def _same_bank_account(application: Application) -> Iterator[Resemblance]:
    """Applications of other clusters that have, or had, an account of this one."""
    sharing = clusters_sharing_account(application.cluster).values("pk")
    for other in _ids(_others().filter(cluster__in=sharing)):
        yield Resemblance(other, PossibleDuplicate.Kind.BANK_ACCOUNT)


def _ids(applications: QuerySet[Application]) -> list[int]:
    return list(applications.order_by("pk").values_list("pk", flat=True)[:MOST])
