"""Comparing applications, and noting that somebody looked at a possible duplicate."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, locked, require, require_words
from vouchers.applications.models import Application
from vouchers.eligibility.models import ComparableText, Comparison, PossibleDuplicate
from vouchers.eligibility.permissions import may_look_at_duplicates
from vouchers.eligibility.queries.similarity import Resemblance, everything_alike, plain_texts


@action(gettext_lazy("Application compared"))
def compare_application(application: Application, *, by: User | None = None) -> int:
    """Look anew for what a sent application resembles; how many possible duplicates there are now.

    Each of the two applications gets a row. Those that somebody looked at stay, with the remark;
    others that no longer hold are taken away. Nothing happens to a draft.
    """
    application = locked(application)
    if application.is_draft or application.submitted_at is None:
        return 0
    texts = plain_texts(application)
    ComparableText.objects.filter(application=application).delete()
    ComparableText.objects.bulk_create(texts)
    found = everything_alike(application, texts)
    PossibleDuplicate.objects.filter(
        Q(application=application) | Q(other=application), looked_at=None
    ).delete()
    PossibleDuplicate.objects.bulk_create(
        [PossibleDuplicate(application=application, **_terms(like)) for like in found]
        + [_mirrored(application, like) for like in found],
        ignore_conflicts=True,
    )
    Comparison.objects.update_or_create(
        application=application,
        defaults={"submitted_at": application.submitted_at, "made_at": timezone.now()},
    )
    return application.possible_duplicates.count()


def _terms(like: Resemblance) -> dict[str, object]:
    terms = asdict(like)
    return {
        "other_id": terms["other"],
        "kind": like.kind,
        "question_id": like.question,
        "other_question_id": like.other_question,
        "similarity": like.similarity,
    }


def _mirrored(application: Application, like: Resemblance) -> PossibleDuplicate:
    """The same finding as the other application has it."""
    return PossibleDuplicate(
        application_id=like.other,
        other=application,
        kind=like.kind,
        question_id=like.other_question,
        other_question_id=like.question,
        similarity=like.similarity,
    )


@action(gettext_lazy("Hint looked at"))
def look_at_duplicate(duplicate: PossibleDuplicate, *, remark: str, by: User) -> PossibleDuplicate:
    """Note that somebody looked at a possible duplicate, and what they found; it decides nothing."""
    duplicate = locked(duplicate)
    require(may_look_at_duplicates, by, duplicate.application)
    require_words(remark, gettext_lazy("Leave a remark on what you found."))
    duplicate.remark, duplicate.looked_at, duplicate.looked_at_by = remark, timezone.now(), by
    duplicate.save()
    return duplicate
