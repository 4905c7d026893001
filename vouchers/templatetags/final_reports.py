"""What everybody sees of final reports, on pages of rooms above and below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template

from clusters.models import Cluster
from vouchers.assistance.reports.panels import PublicReport
from vouchers.assistance.reports.panels import public_reports as reports_shown
from vouchers.assistance.reports.queries import vouchers_of_cluster
from vouchers.awards.models import Voucher

register = template.Library()


@register.simple_tag
def public_reports(vouchers: Iterable[Voucher]) -> dict[int, PublicReport]:
    """What may be shown of the reports of a page of vouchers, by their ids."""
    return reports_shown(vouchers)


@register.filter
def of_voucher(reports: Mapping[int, PublicReport], voucher: Voucher) -> PublicReport | None:
    """What may be shown of the report of one of them."""
    return reports.get(voucher.pk)


@register.simple_tag
def public_reports_of(cluster: Cluster) -> list[PublicReport]:
    """What may be shown of the reports of a cluster's vouchers, the newest first."""
    return list(reports_shown(vouchers_of_cluster(cluster)).values())
