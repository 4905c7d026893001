"""What a cluster needs, as its officer writes it down."""

from __future__ import annotations

from accounts.models import User
from demonstration.content.clusters import ClusterFacts
from demonstration.content.needs import DECISIONS, needs_of
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.awards.models import Voucher


def write_record(voucher: Voucher, facts: ClusterFacts, *, by: User) -> NeedsRecord:
    """The first record of the voucher as a draft, with the needs of the cluster."""
    record = actions.begin_record(voucher, by=by)
    rows = {need.theme.code: need.pk for need in record.needs.select_related("theme")}
    parts: dict[int, actions.NeedInput | str] = {
        rows[need.theme]: actions.NeedInput(need.what, need.priority, need.evidence, need.existing)
        for need in needs_of(facts)
    }
    parts[actions.DECISIONS] = DECISIONS[facts.language]
    actions.save_record(record, parts, seen=dict.fromkeys(rows.values(), 1), by=by)
    return record
