"""Records of needs for tests, written through the actions of the room."""

from clusters.models import Representative
from vouchers.assistance.needs import actions
from vouchers.assistance.needs.actions import DECISIONS, NeedInput
from vouchers.assistance.needs.models import NeedsRecord


def written(told):
    """A draft with two needs and a decision, not shared yet."""
    record = actions.begin_record(told.voucher, by=told.officer)
    rows = {need.theme.code: need.pk for need in record.needs.select_related("theme")}
    parts = {
        rows["services"]: NeedInput("Export plans", "high", "A survey", "One adviser"),
        rows["digital"]: NeedInput("A catalogue on the web", "low"),
        DECISIONS: "The cluster writes its plan.",
    }
    actions.save_record(record, parts, seen=dict.fromkeys(parts, 1), by=told.officer)
    return NeedsRecord.objects.get(pk=record.pk)


def shared(told):
    return actions.share_record(written(told), by=told.officer)


def confirmed(told):
    record = shared(told)
    for somebody in (told.manager, told.officer):
        record = actions.confirm_record(record, seen=1, by=somebody)
    return record


def rewrite(record, what, *, by):
    need = record.needs.first()
    content = NeedInput(what, need.priority, need.evidence, need.existing)
    actions.save_record(record, {need.pk: content}, seen={need.pk: need.version}, by=by)


def represent(user, cluster, level="editor"):
    Representative.objects.create(cluster=cluster, user=user, level=level)
    return user


def standing(record):
    return NeedsRecord.objects.get(pk=record.pk)
