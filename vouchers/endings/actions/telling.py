"""Whom each step is told, and the letter that goes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from accounts.models import User
from clusters.queries import writers_for
from documents.actions import issue_in_every_language
from documents.kinds import DocumentKind
from documents.models import Document
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.queries import officers_told_of
from vouchers.awards.models import Voucher
from vouchers.awards.queries import coordinators_of


def the_cluster(voucher: Voucher) -> Iterable[User]:
    return writers_for(voucher.award.application.cluster)


def the_officers(voucher: Voucher) -> Iterable[User]:
    return officers_told_of(voucher.award.application)


def the_coordinators(voucher: Voucher) -> Iterable[User]:
    return coordinators_of(voucher.award.application.call)


def everybody(voucher: Voucher) -> Iterable[User]:
    """The cluster and its officers."""
    return chain(the_cluster(voucher), the_officers(voucher))


def letter(
    kind: DocumentKind, about: Any, facts: Callable[[], dict[str, Any]], *, by: User | None
) -> list[Document]:
    """Write the letter in every language; the one in the language of the application."""
    voucher = about.voucher
    letters = issue_in_every_language(kind, about, facts, by=by, reference=voucher.reference)
    return [letters[voucher.award.application.language]]


def tell(
    people: Iterable[User],
    kind: str,
    voucher: Voucher,
    *,
    but: User | None = None,
    about: Any = None,
    documents: Iterable[Document] = (),
    key: str | None = None,
    **facts: Any,
) -> None:
    """Tell people of a step about a voucher; what they open is `about`, or the voucher."""
    notify_each(
        people,
        kind,
        but=but,
        facts={**application_facts(voucher.award.application), **facts},
        about=about or voucher,
        documents=documents,
        key=key,
    )
