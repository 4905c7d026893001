"""Who is screened: each room above registers its own payees in its `screened.py`.

This room lies below all that promise or pay money, and so knows nothing of them but their names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

# The names of payees by their keys; of all that are to be screened where no keys are given.
NamesOf = Callable[[Collection[int] | None], dict[int, list[str]]]


@dataclass(frozen=True)
class PayeeKind:
    """One kind of payee: `slug` is the field of a Screening, `names` what it is screened by.

    `names` says exactly what `models.enforced.NAMES` reads for it, in any order.
    """

    slug: str
    model: type[models.Model]
    names: NamesOf


_kinds: dict[str, PayeeKind] = {}
# References of payments to a payee that are under way, by whom they are known.
_under_way: list[Callable[[models.Model], Iterable[str]]] = []


def register_payees(kind: PayeeKind) -> None:
    """Make a kind of payee known."""
    _kinds[kind.slug] = kind


def register_payments(under_way: Callable[[models.Model], Iterable[str]]) -> None:
    """Make known what tells of payments to a payee that are approved and not paid."""
    if under_way not in _under_way:
        _under_way.append(under_way)


def every_kind() -> list[PayeeKind]:
    """All kinds of payees, by their names."""
    return [_kinds[slug] for slug in sorted(_kinds)]


def kind_of(payee: models.Model) -> PayeeKind:
    """The kind of a payee. Raises LookupError for what is none."""
    for kind in _kinds.values():
        if isinstance(payee, kind.model):
            return kind
    raise LookupError(payee._meta.label)


def kind_called(slug: str) -> PayeeKind | None:
    """The kind with this slug; None where there is none."""
    return _kinds.get(slug)


def names_of(payee: models.Model) -> list[str]:
    """The names by which a payee is screened, each once, in the order of their code points."""
    return screened_names(kind_of(payee).names([payee.pk]).get(payee.pk, []))


def screened_names(names: Iterable[str]) -> list[str]:
    """Names as a screening keeps them: each once, none empty, in the order of their code points."""
    return sorted(set(filter(None, names)))


def payments_under_way(payee: Any) -> list[str]:
    """The references of what is approved or ordered for the payee and not paid yet."""
    return [reference for tell in _under_way for reference in tell(payee)]
