"""Which wording holds: for documents and notices that are about to be written, and for pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import QuerySet

from conduct.queries.scoping import for_system

from .kinds import Family, kinds_of
from .models import OwnText, TextVersion

# How far a record may be from its call: a payment, its order, the claim, the voucher, the award.
_FARTHEST = 6


@dataclass(frozen=True)
class WordingAsked:
    """For what a wording is looked up: a kind in a language, about a record (or none)."""

    kind: str
    language: str
    about: models.Model | None = None


@for_system("coordinators and auditors read the wording of every call")
def versions_in_force() -> QuerySet[TextVersion]:
    """The newest version of each text."""
    return (
        TextVersion.objects.order_by("text", "-number")
        .distinct("text")
        .select_related("text", "written_by")
    )


@for_system("coordinators and auditors read the wording of every call")
def text_versions() -> QuerySet[TextVersion]:
    """Every version, the newest first."""
    return TextVersion.objects.select_related("text__call", "written_by").order_by("-number")


@for_system("coordinators and auditors choose among all calls")
def calls_with_texts() -> QuerySet[models.Model]:
    """The calls that may have wordings of their own, the newest first."""
    return _call_model()._default_manager.order_by("-pk")


def versions_at(
    family: str, kind: str, language: str, call: models.Model | None
) -> QuerySet[TextVersion]:
    """The versions of one text, the newest first; none where nobody has written it."""
    of_kind = text_versions().filter(text__family=family, text__kind=kind, text__language=language)
    return of_kind.filter(text__call_id=call.pk) if call else of_kind.filter(text__call=None)


@for_system("background work asks before it issues a letter by itself")
def letter_has_own_words(kind: str, call: models.Model) -> bool:
    """Whether a kind of letter has, in some language, a wording of its own for this call."""
    held = versions_in_force().filter(
        text__family=Family.LETTER, text__kind=kind, text__call_id=call.pk
    )
    return any(not version.is_reset for version in held)


@for_system("of records that an action holds")
def wordings_for(family: Family, asked: Sequence[WordingAsked]) -> list[dict[str, str]]:
    """The owned passages that hold for each of `asked`, in their order; empty for the built-in ones.

    What a call says comes before what is said for all calls, passage by passage. One query where
    nobody owns a text of these kinds, and one more for each model of `about` where a call has its own.
    """
    kinds = {one.kind for one in asked} & kinds_of(family).keys()
    if not kinds:
        return [{} for _one in asked]
    found = versions_in_force().filter(text__family=family, text__kind__in=kinds)
    held = {
        (version.text.kind, version.text.language, version.text.call_id): version.passages
        for version in found
    }
    of_calls = {kind for kind, _language, call in held if call is not None}
    call_of = calls_of([one.about for one in asked if one.about and one.kind in of_calls])
    return [
        {
            **held.get((one.kind, one.language, None), {}),
            **_of_its_call(held, one, call_of),
        }
        for one in asked
    ]


def _of_its_call(
    held: dict[tuple[str, str, int | None], dict[str, str]],
    one: WordingAsked,
    call_of: dict[models.Model, int],
) -> dict[str, str]:
    call = call_of.get(one.about) if one.about is not None else None
    return held.get((one.kind, one.language, call), {}) if call is not None else {}


def calls_of(records: Iterable[models.Model]) -> dict[models.Model, int]:
    """The call of each record that has one, by its key; a query for each model among them."""
    by_model: dict[type[models.Model], set[models.Model]] = defaultdict(set)
    for record in records:
        by_model[type(record)].add(record)
    found: dict[models.Model, int] = {}
    for model, of_model in by_model.items():
        path = path_to_call(model)
        if path is None:
            continue
        if path == "pk":
            found |= {record: record.pk for record in of_model}
            continue
        keys = dict(
            model._default_manager.filter(pk__in=[record.pk for record in of_model])
            .exclude(**{path: None})
            .values_list("pk", path)
        )
        found |= {record: keys[record.pk] for record in of_model if record.pk in keys}
    return found


@cache
def path_to_call(model: type[models.Model]) -> str | None:
    """The shortest way by foreign keys from a model to its call (`award__application__call`).

    One that every row has comes before a shorter one that some lack. None where there is none: what is
    about no call has the wording of all.
    """
    return _way_to_call(model, by_all=True) or _way_to_call(model, by_all=False)


def _way_to_call(model: type[models.Model], *, by_all: bool) -> str | None:
    """The shortest way, `by_all` by keys alone that are never empty."""
    call = _call_model()
    if model is call:
        return "pk"
    reached, ways = {model}, [(model, "")]
    for _step in range(_FARTHEST):
        further: list[tuple[type[models.Model], str]] = []
        for start, way in ways:
            for field in start._meta.concrete_fields:
                related = field.related_model if field.many_to_one or field.one_to_one else None
                if not isinstance(related, type) or related in reached or (by_all and field.null):
                    continue
                if related is call:
                    return f"{way}{field.name}"
                reached.add(related)
                further.append((related, f"{way}{field.name}__"))
        ways = further
    return None


def _call_model() -> type[models.Model]:
    # By the name of the field: this room is below that of calls.
    return OwnText._meta.get_field("call").related_model
