"""Comparing applications, and noting that somebody looked at a hint."""

from __future__ import annotations

from dataclasses import asdict

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from records.acting import Refused, action, require
from records.states import locked
from vouchers.applications.models import Application
from vouchers.eligibility.models import ComparableText, Comparison, Hint
from vouchers.eligibility.permissions import may_look_at_hints
from vouchers.eligibility.queries.similarity import Found, everything_alike, plain_texts


@action(gettext_lazy("Application compared"))
def compare_application(application: Application, *, by: User | None = None) -> int:
    """Look anew for what a sent application resembles; how many hints there are now.

    Each of the two applications gets a hint. Hints that somebody looked at stay, with the remark;
    others that no longer hold are taken away. Nothing happens to a draft.
    """
    application = locked(application)
    if application.is_draft or application.submitted_at is None:
        return 0
    texts = plain_texts(application)
    ComparableText.objects.filter(application=application).delete()
    ComparableText.objects.bulk_create(texts)
    found = everything_alike(application, texts)
    Hint.objects.filter(Q(application=application) | Q(other=application), looked_at=None).delete()
    Hint.objects.bulk_create(
        [Hint(application=application, **_terms(like)) for like in found]
        + [_mirrored(application, like) for like in found],
        ignore_conflicts=True,
    )
    Comparison.objects.update_or_create(
        application=application,
        defaults={"submitted_at": application.submitted_at, "made_at": timezone.now()},
    )
    return application.hints.count()


def _terms(like: Found) -> dict[str, object]:
    terms = asdict(like)
    return {
        "other_id": terms["other"],
        "kind": like.kind,
        "question_id": like.question,
        "other_question_id": like.other_question,
        "likeness": like.likeness,
    }


def _mirrored(application: Application, like: Found) -> Hint:
    """The same hint as the other application has it."""
    return Hint(
        application_id=like.other,
        other=application,
        kind=like.kind,
        question_id=like.other_question,
        other_question_id=like.question,
        likeness=like.likeness,
    )


@action(gettext_lazy("Hint looked at"))
def look_at_hint(hint: Hint, *, remark: str, by: User) -> Hint:
    """Note that somebody looked at a hint, and what they found; it decides nothing."""
    hint = locked(hint)
    require(may_look_at_hints, by, hint.application)
    if not remark.strip():
        raise Refused(gettext_lazy("Leave a remark on what you found."))
    hint.remark, hint.looked_at, hint.looked_at_by = remark, timezone.now(), by
    hint.save()
    return hint
