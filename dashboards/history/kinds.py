"""The kinds of records whose history is searched, in families that people ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.tracing import event_models


@dataclass(frozen=True)
class RecordFamily:
    """Kinds under one word: some models by name, and those of rooms that no other family names."""

    label: str | Promise
    named: frozenset[str] = frozenset()
    rooms: tuple[str, ...] = ()


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


# By their name in the address.
FAMILIES: Mapping[str, RecordFamily] = {
    "application": RecordFamily(
        pgettext_lazy("kind of record", "Applications"), rooms=("vouchers.applications",)
    ),
    "eligibility": RecordFamily(_("Eligibility"), rooms=("vouchers.eligibility",)),
    "score": RecordFamily(pgettext_lazy("kind of record", "Scores"), rooms=("vouchers.scoring",)),
    "award": RecordFamily(_("Selection and awards"), rooms=("vouchers.awards",)),
    "voucher": RecordFamily(
        _("Vouchers"),
        _named("voucher succession"),
        rooms=("vouchers.endings", "vouchers.standing"),
    ),
    "assistance": RecordFamily(_("Technical assistance"), rooms=("vouchers.assistance",)),
    "provider": RecordFamily(_("Providers, quotes and contracts"), rooms=("vouchers.providers",)),
    "claim": RecordFamily(
        pgettext_lazy("kind of record", "Claims"), _named("claim invoice clearing finalrate")
    ),
    "payment": RecordFamily(_("Payments and rates"), rooms=("vouchers.payments", "vouchers.books")),
    "account": RecordFamily(_("Bank accounts"), _named("provideraccount bankaccount bankprofile")),
    "correction": RecordFamily(_("Corrections after audit"), _named("correction recovery")),
    "screening": RecordFamily(_("Screenings"), rooms=("vouchers.screening",)),
    "call": RecordFamily(pgettext_lazy("kind of record", "Calls"), rooms=("vouchers.calls",)),
    "question": RecordFamily(_("Questions"), rooms=("vouchers.correspondence",)),
    "cluster": RecordFamily(_("Clusters and partners"), rooms=("clusters",)),
    "letter": RecordFamily(_("Letters and wording"), rooms=("documents", "texts")),
    "report": RecordFamily(_("Reports"), rooms=("reports",)),
    "notice": RecordFamily(_("Notices"), rooms=("notices",)),
    "file": RecordFamily(_("Files"), rooms=("files",)),
    "role": RecordFamily(_("Roles"), _named("rolegrant roleexclusion invitation")),
    "person": RecordFamily(pgettext_lazy("kind of record", "People"), rooms=("accounts",)),
}
# The subject of an administrator.
OF_ACCOUNTS = ("role", "person")
# How a person likes their own pages is no act of the programme, nor which rows they chose to act on:
# what was done to each of them is an act of its own, which says of how many it was one.
PERSONAL = _named("savedview firstview preference bulkrun")

# What follows from every action, and comes after what it is about.
FOLLOWING = ("notice", "document")
# What nobody decides, beside the steps of workers: e-mails that gather what was told before.
GATHERING = "gather_digest"


@cache
def kinds_of() -> Mapping[str, tuple[str, ...]]:
    """The models of each family, by the names that traces bear."""
    found: dict[str, list[str]] = {name: [] for name in FAMILIES}
    for kind, model in sorted(event_models().items()):
        if kind not in PERSONAL:
            found[family_of(kind, model.pgh_tracked_model)].append(kind)
    return {name: tuple(kinds) for name, kinds in found.items()}


def family_of(kind: str, model: Any) -> str:
    """The family of a model: the one that names it, else that of its room."""
    for name, family in FAMILIES.items():
        if kind in family.named:
            return name
    return next(
        name
        for name, family in FAMILIES.items()
        if f"{model.__module__}.".startswith(tuple(f"{room}." for room in family.rooms))
    )


def model_of(kind: str) -> Any:
    """The model of a kind of record; None where there is no such kind, or it is nobody's to search."""
    events = None if kind in PERSONAL else event_models().get(kind)
    return events.pgh_tracked_model if events is not None else None
