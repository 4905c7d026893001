"""The lists of vouchers, and of messages to clusters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from clusters.queries import countries_reached_by
from dashboards.forms import OutboxFilters, VoucherFilters
from dashboards.queries import outbox
from dashboards.queries.measures import members_reached
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.queries import Total
from lists.views import ListPage, Order
from notices.models import EventKind, Notice
from notices.permissions import may_look_up_notices, may_send_again
from notices.queries import with_delivery
from notices.wording.topics import Topic
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.calls.queries import call_choices
from vouchers.standing.actions import judge_the_few
from vouchers.standing.models import Light, Party, VoucherStage


def _of_standing(name: str) -> Callable[[Any], Any]:
    """A column of where a voucher stands; empty for one that was issued a moment ago."""
    return lambda voucher: getattr(getattr(voucher, "standing", None), name, None)


def _light(voucher: Any) -> Any:
    """The light of a voucher that goes on; a suspended or ended one has none, as on the page."""
    return _of_standing("light")(voucher) if voucher.state == Voucher.State.ACTIVE else None


class VoucherList(ListPage):
    """The vouchers that the person may read."""

    request: PersonRequest

    name = "vouchers"
    title = _("Vouchers")
    template = "dashboards/vouchers.html"
    filter_class = VoucherFilters
    totals = (
        Total("value", pgettext_lazy("sum of a list", "value"), Sum("amount", default=0)),
        Total("paid", pgettext_lazy("sum of a list", "paid"), Sum("paid", default=0)),
        Total(
            "left",
            pgettext_lazy("sum of a list", "left to claim"),
            Sum(F("amount") - F("approved") - F("released"), default=0),
        ),
        Total("released", pgettext_lazy("sum of a list", "released"), Sum("released", default=0)),
        Total(
            "members",
            pgettext_lazy("sum of a list", "members reached"),
            members_reached(),
            Kind.NUMBER,
        ),
    )
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-issued_at",)),
        "oldest": Order(_("Oldest first"), ("issued_at",)),
        "reference": Order(_("Reference"), ("award__application__reference",)),
        "cluster": Order(_("Name of the cluster"), ("award__application__cluster_name",)),
        "waiting": Order(_("Longest waiting first"), ("standing__since",)),
    }
    columns = (
        Column("reference", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.reference),
        Column("call", _("Call"), value=lambda one: one.award.application.call.reference),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.award.application.cluster.name,
        ),
        Column("country", _("Country"), value=lambda one: one.award.application.country_id),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Voucher.State.choices),
        ),
        Column("amount", _("Value (EUR)"), kind=Kind.MONEY, value=lambda one: one.amount),
        Column("approved", _("Approved (EUR)"), kind=Kind.MONEY, value=lambda one: one.approved),
        Column("paid", _("Paid (EUR)"), kind=Kind.MONEY, value=lambda one: one.paid),
        Column("valid_from", _("Valid from"), kind=Kind.DAY, value=lambda one: one.valid_from),
        Column("valid_until", _("Valid until"), kind=Kind.DAY, value=lambda one: one.valid_until),
        Column("issued_at", _("Issued (UTC)"), kind=Kind.MOMENT, value=lambda one: one.issued_at),
        Column("closed_at", _("Closed (UTC)"), kind=Kind.MOMENT, value=lambda one: one.closed_at),
        Column(
            "stage",
            _("Stage"),
            kind=Kind.STATE,
            value=_of_standing("stage"),
            words=dict(VoucherStage.choices),
        ),
        Column(
            "light",
            _("Light"),
            kind=Kind.STATE,
            value=_light,
            words=dict(Light.choices),
        ),
        Column(
            "turn",
            _("Whose turn"),
            kind=Kind.STATE,
            value=_of_standing("party"),
            words=dict(Party.choices),
        ),
        Column("since", _("Waiting since"), kind=Kind.DAY, value=_of_standing("since")),
    )

    def __init__(self, request: PersonRequest) -> None:
        super().__init__(request)
        judge_the_few()

    def records(self) -> QuerySet[Voucher]:
        return vouchers_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Voucher]) -> QuerySet[Voucher]:
        return records.select_related(
            "award__application__cluster",
            "award__application__country__partner",
            "award__application__call",
            "standing",
        )

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": several(call_choices(user).items()),
            "country": several(countries_reached_by(user).items()),
        }


class Outbox(ListPage):
    """What was written to the people of clusters, and whether it reached them."""

    request: PersonRequest

    name = "messages"
    title = _("Messages sent to clusters")
    template = "dashboards/outbox.html"
    filter_class = OutboxFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-created_at",))}
    columns = (
        Column(
            "written_at", _("Written (UTC)"), kind=Kind.MOMENT, value=lambda one: one.created_at
        ),
        Column(
            "topic",
            _("Topic"),
            kind=Kind.STATE,
            value=lambda one: one.topic,
            words=dict(Topic.choices),
        ),
        Column("subject", _("Message"), value=lambda one: str(one), width=50),
        Column(
            "recipient",
            pgettext_lazy("notice", "To"),
            kind=Kind.TEXT,
            value=lambda one: str(one.recipient),
        ),
        Column("email", _("E-mail address"), kind=Kind.TEXT, value=lambda one: one.recipient.email),
        Column(
            "delivery",
            pgettext_lazy("notice", "Delivery"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Notice.State.choices),
        ),
        Column(
            "reported",
            _("What servers said last"),
            kind=Kind.STATE,
            value=lambda one: one.last_event or "",
            words=dict(EventKind.choices),
        ),
        Column("sent_to", _("Sent to"), kind=Kind.TEXT, value=lambda one: one.sent_to),
        Column("sent_at", _("Sent (UTC)"), kind=Kind.MOMENT, value=lambda one: one.sent_at),
        Column("read_at", _("Read (UTC)"), kind=Kind.MOMENT, value=lambda one: one.seen_at),
    )

    def records(self) -> QuerySet[Notice]:
        if not may_look_up_notices.test(self.request.user):
            raise Http404
        return outbox.notices_to_clusters(self.request.user)

    def with_facts(self, records: QuerySet[Notice]) -> QuerySet[Notice]:
        return with_delivery(records.select_related("recipient"))

    def context(self) -> dict[str, Any]:
        return {**super().context(), "may_send_again": may_send_again.test(self.request.user)}
