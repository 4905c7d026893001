"""Figures of vouchers: how far they came, where they stand, how they do, and what they are worth."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.permissions import sees_some_country
from dashboards.queries.measures import members_reached
from dashboards.queries.vouchers import CLOSED, DELIVERING, PAID, PLANNED, having_reached
from vouchers.awards.queries import vouchers_visible_to
from vouchers.awards.queries.countersigning import awaits_countersignature
from vouchers.endings.amendments.queries import awaits_amendment
from vouchers.standing.models import Light, VoucherStage

from .shapes import Figure, Source, Unit, count_of, sum_of

ALL_VOUCHERS = Source(
    "dashboards:vouchers",
    vouchers_visible_to,
    sees_some_country.test,
    country="award__application__country_id",
    call="award__application__call_id",
)


def _reached(step: str, name: str, heading: Any, question: Any) -> Figure:
    measure = count_of(lambda: having_reached(step))
    return Figure(name, ALL_VOUCHERS, heading, question, measure, {"reached": step})


def _sum(name: str, heading: Any, question: Any, amount: Any, total: str) -> Figure:
    measure = sum_of(amount)
    return Figure(name, ALL_VOUCHERS, heading, question, measure, unit=Unit.MONEY, total=total)


VOUCHERS = (
    Figure(
        "issued",
        ALL_VOUCHERS,
        pgettext_lazy("vouchers", "Issued"),
        _("How many vouchers were issued?"),
        count_of(),
    ),
    _reached(
        PLANNED,
        "planned",
        pgettext_lazy("vouchers", "Planned"),
        _("How many of them have a plan in force?"),
    ),
    _reached(
        DELIVERING,
        "delivering",
        pgettext_lazy("vouchers", "Delivering"),
        _("Of how many has the assistance begun?"),
    ),
    _reached(
        PAID,
        "first_paid",
        pgettext_lazy("vouchers", "Paid"),
        _("Of how many was something paid?"),
    ),
    _reached(CLOSED, "closed", pgettext_lazy("vouchers", "Closed"), _("How many are closed?")),
    Figure(
        "awaits_countersignature",
        ALL_VOUCHERS,
        pgettext_lazy("vouchers", "To counter-sign"),
        _("How many agreements wait for a coordinator’s signature?"),
        count_of(awaits_countersignature),
        {"agreement": "waits"},
        is_rare=True,
    ),
    Figure(
        "awaits_amendment",
        ALL_VOUCHERS,
        pgettext_lazy("vouchers", "Amendments to sign"),
        _("Of how many vouchers is an amendment of the agreement to be signed?"),
        count_of(awaits_amendment),
        {"agreement": "amendment"},
        is_rare=True,
    ),
    *(
        Figure(
            f"light_{light.value}",
            ALL_VOUCHERS,
            light.label,
            question,
            count_of({"standing__light": light.value}),
            {"light": light.value},
        )
        for light, question in (
            (Light.RED, _("How many vouchers are late?")),
            (Light.AMBER, _("How many vouchers need a look?")),
        )
    ),
    *(
        Figure(
            f"stage_{stage.value}",
            ALL_VOUCHERS,
            stage.label,
            question,
            count_of({"standing__stage": stage.value}),
            {"stage": stage.value},
        )
        for stage, question in (
            (VoucherStage.NEEDS, _("Of how many vouchers are the needs being assessed?")),
            (VoucherStage.PLAN, _("Of how many is the plan being written?")),
            (VoucherStage.DELIVERY, _("How many are being delivered?")),
            (VoucherStage.PAYMENT, _("Of how many is everything delivered, and not yet paid?")),
            (VoucherStage.REPORT, _("Of how many is the final report awaited?")),
            (VoucherStage.CLOSED, _("How many vouchers are closed now?")),
            (VoucherStage.ENDED, _("How many ended early?")),
        )
    ),
    _sum(
        "value",
        pgettext_lazy("money of vouchers", "Value"),
        _("What are the vouchers worth that were issued?"),
        "amount",
        "value",
    ),
    _sum(
        "voucher_left",
        pgettext_lazy("money of vouchers", "Left to claim"),
        _("What can clusters still claim of their vouchers?"),
        F("amount") - F("approved") - F("released"),
        "left",
    ),
    _sum(
        "released",
        pgettext_lazy("money of vouchers", "Released"),
        _("What of vouchers that ended was returned to their calls?"),
        "released",
        "released",
    ),
    Figure(
        "members",
        ALL_VOUCHERS,
        pgettext_lazy("vouchers", "Members reached"),
        _("How many members of clusters do accepted final reports name?"),
        members_reached,
        total="members",
    ),
)
