"""What was found, as the page shows it: by kind, each line with where the words stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleGrant, User
from clusters.models import Cluster, Representative
from dashboards.search import queries
from dashboards.search.rules.asked import Asked
from dashboards.search.rules.excerpts import Piece, excerpt, marked
from documents.wording import amount_in_text
from vouchers.applications.models import Answer, Application
from vouchers.assistance.reports.models import ReportVersion
from vouchers.awards.models import Voucher
from vouchers.calls.models import Call
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.models import Provider

SHOWN = 5


@dataclass(frozen=True)
class SearchLine:
    """One record that was found.

    `title` and `about` are shown beside each other; `text` is the piece of a text in which the words
    stand; `state` is the record whose state is shown.
    """

    address: str
    title: list[Piece]
    about: list[list[Piece]]
    text: list[Piece]
    state: Any = None


@dataclass(frozen=True)
class SearchGroup:
    """What was found of one kind; `more` is the address of the list that finds exactly the same, where
    there is one.
    """

    heading: object
    lines: list[SearchLine]
    goes_on: bool
    more: str


@dataclass(frozen=True)
class SearchSource:
    """A kind of record: how it is found and shown, and staff's list that is searched in the same way."""

    heading: object
    records: Callable[[User, Asked], QuerySet[Any]]
    line: Callable[[Any, Asked], SearchLine]
    list_name: str = ""


def found_for(user: User, asked: Asked) -> list[SearchGroup]:
    """What the person may read of what was asked for, by kind; kinds of which nothing is found are left
    away. One query for each kind.
    """
    if not asked.words:
        return []
    return [found for source in SOURCES if (found := _found(source, user, asked))]


def _found(source: SearchSource, user: User, asked: Asked) -> SearchGroup | None:
    records = list(source.records(user, asked)[: SHOWN + 1])
    if not records:
        return None
    has_list = source.list_name and user.is_staff_member
    return SearchGroup(
        heading=source.heading,
        lines=[source.line(record, asked) for record in records[:SHOWN]],
        goes_on=len(records) > SHOWN,
        more=reverse(source.list_name, query={"text": asked.text}) if has_list else "",
    )


def _line(
    record: Any,
    asked: Asked,
    title: str,
    about: Iterable[str] = (),
    *,
    texts: Sequence[str] = (),
    state: Any = None,
) -> SearchLine:
    words = asked.words
    pieces = (excerpt(text, words) for text in texts)
    return SearchLine(
        address=record.get_absolute_url(),
        title=marked(title, words),
        about=[marked(part, words) for part in about if part],
        text=next((found for found in pieces if found), []),
        state=state,
    )


def _voucher(voucher: Voucher, asked: Asked) -> SearchLine:
    application = voucher.award.application
    about = [application.cluster.name, str(application.country)]
    aliases = application.cluster.aliases
    return _line(voucher, asked, voucher.reference, about, texts=[aliases], state=voucher)


def _application(application: Application, asked: Asked) -> SearchLine:
    title = application.reference or application.cluster.name
    about = [application.cluster.name if application.reference else "", str(application.call)]
    aliases = application.cluster.aliases
    return _line(application, asked, title, about, texts=[aliases], state=application)


def _cluster(cluster: Cluster, asked: Asked) -> SearchLine:
    about = [str(cluster.country), cluster.sector, cluster.town]
    others = [cluster.aliases, cluster.legal_name, cluster.registration_number]
    return _line(cluster, asked, cluster.name, about, texts=others)


def _provider(provider: Provider, asked: Asked) -> SearchLine:
    about = [provider.own_name, provider.town, str(provider.country)]
    others = [provider.contact, provider.email, provider.registration_number, provider.vat_number]
    return _line(provider, asked, provider.name, about, texts=others)


def _claim(claim: Claim, asked: Asked) -> SearchLine:
    application = claim.voucher.award.application
    about = [application.reference or "", application.cluster.name, amount_in_text(claim.amount)]
    return _line(claim, asked, claim.invoice_numbers, about, state=claim)


def _payment(order: PaymentOrder, asked: Asked) -> SearchLine:
    about = [order.payee, amount_in_text(order.amount), order.bank_reference]
    return _line(order, asked, order.reference, about, state=order)


def _person(person: User, asked: Asked) -> SearchLine:
    return SearchLine(
        address=reverse("accounts:people", query={"text": person.email}),
        title=marked(person.full_name, asked.words),
        about=[marked(person.email, asked.words)],
        text=[],
    )


def _role(grant: RoleGrant, asked: Asked) -> SearchLine:
    role = str(grant.get_role_display())
    return SearchLine(
        address=reverse("accounts:roles", query={"text": grant.user.email}),
        title=marked(grant.user.full_name, asked.words),
        about=[
            marked(part, asked.words)
            for part in (
                grant.user.email,
                f"{role} ({grant.country_code})" if grant.country_code else role,
                gettext("taken away") if grant.revoked_at else "",
            )
            if part
        ],
        text=[],
    )


def _representative(one: Representative, asked: Asked) -> SearchLine:
    about = [one.user.email, one.cluster.name, str(one.get_level_display())]
    return _line(one.cluster, asked, one.user.full_name, about)


def _call(call: Call, asked: Asked) -> SearchLine:
    return _line(call, asked, str(call), [call.programme_code], state=call)


def _answer(answer: Answer, asked: Asked) -> SearchLine:
    application = answer.application
    title = application.reference or application.cluster.name
    about = [application.cluster.name, str(answer.question.text)]
    return _line(application, asked, title, about, texts=[answer.text])


def _report(version: ReportVersion, asked: Asked) -> SearchLine:
    application = version.report.voucher.award.application
    told = [getattr(version, name) for name in queries.TOLD]
    return _line(
        version, asked, application.reference or "", [application.cluster.name], texts=told
    )


SOURCES = (
    SearchSource(_("Vouchers"), queries.vouchers_by, _voucher, "dashboards:vouchers"),
    SearchSource(_("Applications"), queries.applications_by, _application, "applications:list"),
    SearchSource(_("Clusters"), queries.clusters_by, _cluster),
    SearchSource(_("People of clusters"), queries.representatives_by, _representative),
    SearchSource(_("Staff and roles"), queries.roles_by, _role, "accounts:roles"),
    SearchSource(_("Providers"), queries.providers_by, _provider),
    SearchSource(_("Claims"), queries.claims_by, _claim),
    SearchSource(_("Payments"), queries.payments_by, _payment),
    SearchSource(_("Calls"), queries.calls_by, _call),
    SearchSource(_("Accounts"), queries.people_by, _person, "accounts:people"),
    SearchSource(_("In answers of applications"), queries.answers_by, _answer),
    SearchSource(_("In final reports"), queries.reports_by, _report),
)
