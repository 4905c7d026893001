"""Finding records by what was typed, each kind by its own columns, in what the person may read.

Names, references and texts are compared folded (`inputs.rules.folding`): one form for the three
languages, by which a word is found inside others too. Texts have an index of that form's trigrams.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import RoleGrant, User
from accounts.permissions import may_see_people
from accounts.queries import grants_visible_to, people_visible_to
from clusters.models import Cluster, Representative
from clusters.queries import clusters_visible_to
from dashboards.search.rules.asked import Asked
from inputs.queries import with_words
from vouchers.applications.models import Answer, Application
from vouchers.applications.queries import applications_visible_to, with_text
from vouchers.assistance.reports.models import ReportVersion
from vouchers.assistance.reports.queries import versions_visible_to
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to
from vouchers.payments.models import Claim, Invoice, PaymentOrder
from vouchers.payments.queries import claims_visible_to, orders_visible_to
from vouchers.payments.rules.invoices import key_of
from vouchers.providers.models import Provider
from vouchers.providers.queries import providers_visible_to

# Of a report, what is told in words.
TOLD = ("summary", "story", "results", "lessons")
# "ADV-2", as an invoice's number is compared.
_ADVANCE = re.compile(r"adv(?P<number>[0-9]{1,4})")


def vouchers_by(user: User, asked: Asked) -> QuerySet[Voucher]:
    """By reference or cluster, the newest first."""
    found = with_text(vouchers_visible_to(user), asked.text, of="award__application__")
    return found.order_by("-issued_at", "-pk")


def applications_by(user: User, asked: Asked) -> QuerySet[Application]:
    """By reference or cluster; drafts, which have no day of sending, first."""
    found = with_text(applications_visible_to(user), asked.text)
    return found.order_by(Coalesce("submitted_at", "started_at").desc(), "-pk")


def clusters_by(user: User, asked: Asked) -> QuerySet[Cluster]:
    """By any of their names, number or town."""
    columns = ("name", "aliases", "legal_name", "registration_number", "town", "sector")
    return with_words(clusters_visible_to(user), asked.text, *columns).order_by("name", "pk")


def providers_by(user: User, asked: Asked) -> QuerySet[Provider]:
    """By name in either script, person, address of mail, or a number of a register."""
    columns = ("name", "own_name", "contact", "email")
    return _either(
        providers_visible_to(user),
        Q(pk__in=with_words(Provider.objects.all(), asked.text, *columns).values("pk")),
        *([Q(registration_code=asked.code) | Q(vat_code=asked.code)] if asked.code else []),
    ).order_by("name", "pk")


def claims_by(user: User, asked: Asked) -> QuerySet[Claim]:
    """By the number of an invoice or advance however it is written, or an amount, the newest first."""
    invoices, key = Invoice.objects.none(), key_of(asked.text)
    ways = []
    if key:
        invoices |= Invoice.objects.filter(key__contains=key)
    if advance := _ADVANCE.fullmatch(key):
        ways += [Q(is_advance=True, number=int(advance["number"]))]
    if asked.amounts:
        invoices |= Invoice.objects.filter(total__in=asked.amounts)
        ways += [Q(amount__in=asked.amounts) | Q(eligible__in=asked.amounts)]
    found = _either(claims_visible_to(user), Q(pk__in=invoices.values("claim")), *ways)
    return found.order_by("-submitted_at", "-pk")


def payments_by(user: User, asked: Asked) -> QuerySet[PaymentOrder]:
    """By our reference or the bank's, payee or amount, the newest first."""
    columns = ("reference", "payee", "bank_reference")
    ways = [Q(pk__in=with_words(PaymentOrder.objects.all(), asked.text, *columns).values("pk"))]
    if asked.amounts:
        ways += [Q(amount__in=asked.amounts)]
    return _either(orders_visible_to(user), *ways).order_by("-ordered_at", "-pk")


def people_by(user: User, asked: Asked) -> QuerySet[User]:
    """Every account by name or address: for who administers them."""
    found = with_words(people_visible_to(user), asked.text, "full_name", "email")
    return found.order_by("full_name", "pk")


def roles_by(user: User, asked: Asked) -> QuerySet[RoleGrant]:
    """Who holds a role, or held one, by name or address: for those who see who was given which.

    Nothing for administrators, who find the account itself.
    """
    if may_see_people(user):
        return RoleGrant.objects.none()
    found = with_words(grants_visible_to(user), asked.text, "user__full_name", "user__email")
    return found.order_by(F("revoked_at").desc(nulls_first=True), "user__full_name", "pk")


def representatives_by(user: User, asked: Asked) -> QuerySet[Representative]:
    """Who acts for a cluster, by name or address."""
    found = Representative.objects.filter(cluster__in=clusters_visible_to(user).values("pk"))
    found = with_words(found, asked.text, "user__full_name", "user__email")
    return found.select_related("user", "cluster").order_by("user__full_name", "pk")


def calls_by(user: User, asked: Asked) -> QuerySet[Call]:
    """By name in any language, code or year, the newest first."""
    found = with_words(calls_visible_to(user), asked.text, "name", "programme_code", "year")
    return found.order_by("-opens_at", "-pk")


def answers_by(user: User, asked: Asked) -> QuerySet[Answer]:
    """What was written in applications; nothing for words of one or two letters."""
    if not asked.long_words:
        return Answer.objects.none()
    readable = applications_visible_to(user).values("pk")
    found = with_words(Answer.objects.filter(application__in=readable), asked.text, "text")
    return found.select_related("application__cluster", "question").order_by("-changed_at", "-pk")


def reports_by(user: User, asked: Asked) -> QuerySet[ReportVersion]:
    """What was written in final reports, in the version that was sent last."""
    if not asked.long_words:
        return ReportVersion.objects.none()
    newest = versions_visible_to(user).order_by("report", "-number").distinct("report")
    found = with_words(
        versions_visible_to(user).filter(pk__in=newest.values("pk")), asked.text, *TOLD
    )
    return found.order_by("-submitted_at", "-pk")


def _either(records: QuerySet[Any], *ways: Q) -> QuerySet[Any]:
    return records.filter(reduce(or_, ways))
