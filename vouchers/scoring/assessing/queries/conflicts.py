"""Hints of conflicts of interest: what data suggest, for people to judge. A hint never decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Member, Representative
from inputs.rules.folding import words_of
from vouchers.applications.models import Answer, Application
from vouchers.scoring.assessing.models import AssessorProfile


class HintKind(models.TextChoices):
    """What the data suggest; completed by what was found."""

    DOMAIN = "domain", _("The e-mail addresses belong to one organisation")
    ORGANISATION = "organisation", _("The assessor's organisation is, or belongs to, the cluster")
    NAMED = "named", _("The application names the assessor")


@dataclass(frozen=True)
class ConflictHint:
    """One hint: its HintKind and what it was found by, such as a domain or a name."""

    kind: str
    found: str

    @property
    def label(self) -> str:
        """The hint in words."""
        return str(HintKind(self.kind).label)

    def as_kept(self) -> dict[str, str]:
        """The hint as an assignment keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class AssessorFacts:
    """What hints need to know of an assessor."""

    name: str
    email: str
    organisation: str = ""


@dataclass(frozen=True)
class ApplicantFacts:
    """What hints need to know of an application: addresses, names, and what was written."""

    addresses: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    text: str = field(default="", repr=False)


# Addresses there say nothing about whom somebody works for; example.* belong to nobody (RFC 2606).
_OPEN_TO_EVERYBODY = frozenset(
    [
        "aol.com",
        "cyberia.net.lb",
        "example.com",
        "example.net",
        "example.org",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "idm.net.lb",
        "inco.com.lb",
        "laposte.net",
        "live.com",
        "live.fr",
        "mac.com",
        "me.com",
        "menara.ma",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "planet.tn",
        "proton.me",
        "protonmail.com",
        "terra.net.lb",
        "topnet.tn",
        "wanadoo.fr",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
    ]
)

_SHORTEST_NAME = 4


def hints_of(assessor: AssessorFacts, applicant: ApplicantFacts) -> list[ConflictHint]:
    """Every hint of a conflict between the two; empty where the data suggest none."""
    return [
        *_same_domain(assessor, applicant),
        *_same_organisation(assessor, applicant),
        *_named(assessor, applicant),
    ]


def hints_between(
    assessors: Sequence[User], applications: Sequence[Application]
) -> dict[tuple[int, int], list[ConflictHint]]:
    """The hints by (application id, assessor id), pairs without any left out; five queries."""
    applicants = _applicants(applications)
    people = _assessors(assessors)
    return {
        (application, assessor): hints
        for application, applicant in applicants.items()
        for assessor, facts in people.items()
        if (hints := hints_of(facts, applicant))
    }


def _same_domain(assessor: AssessorFacts, applicant: ApplicantFacts) -> list[ConflictHint]:
    domain = assessor.email.rpartition("@")[2].casefold()
    if not domain or domain in _OPEN_TO_EVERYBODY:
        return []
    return [
        ConflictHint(HintKind.DOMAIN, other)
        for other in sorted(applicant.addresses)
        if other == domain or other.endswith(f".{domain}") or domain.endswith(f".{other}")
    ]


def _same_organisation(assessor: AssessorFacts, applicant: ApplicantFacts) -> list[ConflictHint]:
    own = plain(assessor.organisation)
    if len(own) < _SHORTEST_NAME:
        return []
    return [
        ConflictHint(HintKind.ORGANISATION, name)
        for name in applicant.names
        if len(plain(name)) >= _SHORTEST_NAME and _within(own, plain(name))
    ]


def _named(assessor: AssessorFacts, applicant: ApplicantFacts) -> list[ConflictHint]:
    name = plain(assessor.name)
    if " " in name and f" {name} " in f" {plain(applicant.text)} ":
        return [ConflictHint(HintKind.NAMED, assessor.name)]
    return []


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def plain(text: str) -> str:
    """The words of a text without case, accents and punctuation, to compare names by."""
    return " ".join(words_of(text))


def _assessors(assessors: Iterable[User]) -> dict[int, AssessorFacts]:
    people = {person.pk: person for person in assessors}
    organisations = dict(
        AssessorProfile.objects.filter(user__in=people).values_list("user", "organisation")
    )
    return {
        pk: AssessorFacts(person.full_name, person.email, organisations.get(pk, ""))
        for pk, person in people.items()
    }


def _applicants(applications: Sequence[Application]) -> dict[int, ApplicantFacts]:
    clusters = {application.cluster_id for application in applications}
    addresses: dict[int, set[str]] = defaultdict(set)
    for cluster, email in Representative.objects.filter(cluster__in=clusters).values_list(
        "cluster", "user__email"
    ):
        addresses[cluster].add(email)
    members: dict[int, list[str]] = defaultdict(list)
    for cluster, name in (
        Member.objects.filter(cluster__in=clusters).order_by("name").values_list("cluster", "name")
    ):
        members[cluster].append(name)
    texts: dict[int, list[str]] = defaultdict(list)
    for answer in Answer.objects.filter(application__in=applications):
        texts[answer.application_id] += [
            answer.text,
            *(str(cell) for row in answer.rows for cell in row.values()),
        ]
    return {
        application.pk: ApplicantFacts(
            addresses=frozenset(
                domain
                for domain in (
                    *map(_domain, addresses[application.cluster_id]),
                    _domain(application.cluster.email),
                    _host(application.cluster.website),
                )
                if domain and domain not in _OPEN_TO_EVERYBODY
            ),
            names=tuple(
                dict.fromkeys(
                    name
                    for name in (
                        application.cluster.name,
                        application.cluster.legal_name,
                        *members[application.cluster_id],
                    )
                    if name
                )
            ),
            text="\n".join(texts[application.pk]),
        )
        for application in applications
    }


def _domain(email: str) -> str:
    return email.rpartition("@")[2].casefold()


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")
