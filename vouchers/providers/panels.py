"""What a provider asks to have changed, as pages show it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusters.models import Country, nace
from documents.wording import listed, number
from vouchers.providers.actions.updates import OWNERS, standing_facts
from vouchers.providers.models import Expertise, Provider, ProviderKind, ProviderUpdate
from vouchers.providers.rules.languages import language_name


@dataclass(frozen=True)
class ChangeShown:
    """What stood and what shall stand; `overtaken` is what stands now, where that is neither."""

    label: str
    was: str
    becomes: str
    overtaken: str = ""


def shown_changes(update: ProviderUpdate) -> list[ChangeShown]:
    """What an update changes, in words of the active language, in the register's order."""
    standing = standing_facts(update.provider)
    waits = update.state == ProviderUpdate.State.WAITING
    shown = []
    for name, value in update.facts.items():
        told = _TOLD.get(name, _text)
        now = standing[name]
        overtaken = told(now) if waits and now not in (update.was[name], value) else ""
        shown.append(ChangeShown(_label(name), told(update.was[name]), told(value), overtaken))
    return shown


def _label(name: str) -> str:
    if name == OWNERS:
        return _("Beneficial owners")
    field = Provider._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))


def _text(value: Any) -> str:
    return str(value)


def _money(value: str) -> str:
    return number(Decimal(value), 2) if value else ""


def _owners(value: list[list[str]]) -> str:
    return listed(f"{name} ({number(Decimal(share))} %)" for name, share in value)


def countries_named(codes: Collection[str]) -> str:
    """The programme's countries of some codes, in words of the active language."""
    return listed(str(one.name) for one in Country.objects.filter(pk__in=codes))


def _languages(codes: list[str]) -> str:
    return listed(language_name(code, get_language() or "en") for code in codes)


_TOLD: dict[str, Callable[[Any], str]] = {
    "kind": lambda code: str(ProviderKind(code).label),
    "expertise": lambda codes: listed(str(Expertise(code).label) for code in codes),
    "sectors": lambda codes: listed(nace.titles(codes)),
    "languages": _languages,
    "countries_served": countries_named,
    "rate_from": _money,
    "rate_to": _money,
    OWNERS: _owners,
}
