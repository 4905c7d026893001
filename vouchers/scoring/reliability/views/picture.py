"""The picture of how stable a ranking is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.layouts import BarPicture, Value, bars
from documents.wording import number

_MOST = 20


def stability_picture(rows: Sequence[Mapping[str, Any]], *, quota: int) -> BarPicture:
    """Bars of the share of resamples within the quota, the first ranks on top.

    Of rows with rank, cluster and share (0 to 1), in the order of ranks; a line stands below the last
    rank within the quota.
    """
    values = [
        Value(
            f"{row['rank']}. {row['cluster']}",
            row["share"],
            _per_cent(row["share"]),
            "solid" if row["rank"] <= quota else "hatched",
        )
        for row in rows[:_MOST]
    ]
    title = ngettext(
        "Share of resamples in which each cluster is within the quota of %(number)s voucher",
        "Share of resamples in which each cluster is within the quota of %(number)s vouchers",
        quota,
    ) % {"number": quota}
    return bars(
        "stability",
        title,
        values,
        headings=(_("Cluster"), _("Within the quota")),
        axis=1,
        ticks=[(part, _per_cent(part)) for part in (0, 0.5, 1)],
        edge_after=sum(row["rank"] <= quota for row in rows[:_MOST]),
    )


def _per_cent(part: float) -> str:
    return f"{number(round(part * 100), 0)}\N{NO-BREAK SPACE}%"
