"""A first meeting, agreed on and moved twice, and the record of needs that both sides confirm."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.urls import reverse
from django.utils import timezone

from conduct.models.owning import as_owner
from tests.assistance.needs.meeting import ahead, entries_sent_to
from tests.journeys.assistance.test_meetings import send, typed
from tests.journeys.test_needs import Writer, begun, fits, need_of, press
from vouchers.assistance.needs.models import Meeting, NeedsRecord

# Days ahead: the time that is agreed first, and those to which it is moved.
AGREED, MOVED = 3, (6, 8)


def meet(partner, cluster, told):
    """Propose two times, agree on the telephone, move it twice; the calendar holds one event."""
    partner.open(reverse("needs:propose", args=[told.voucher.pk]))
    partner.fill(title="الاجتماع الأول", place="بيروت", minutes="90")
    for row, days in enumerate((AGREED, AGREED + 1)):
        partner.fill(**{f"form__{row}__starts_at": typed(ahead(days), partner.user)})
    send(partner)
    meeting = Meeting.objects.get()

    cluster.open("/")
    press(cluster, f"main a[href='{meeting.get_absolute_url()}'] >> nth=0")
    press(cluster, "#times form button >> nth=0")
    for days, why in zip(MOVED, ("عطل في الكهرباء", "عطلة رسمية"), strict=True):
        partner.open(meeting.get_absolute_url())
        press(partner, f"main a[href='{reverse('needs:move', args=[meeting.pk])}']")
        partner.fill(starts_at=typed(ahead(days), partner.user), reason=why)
        send(partner)
    assert_one_event(cluster.user)
    hold(partner, cluster, meeting)


def assert_one_event(person):
    """Three messages are about one event, and each is newer than the one before."""
    entries = entries_sent_to(person)
    assert [(method, event["SEQUENCE"]) for method, event in entries] == [
        ("REQUEST", 0),
        ("REQUEST", 1),
        ("REQUEST", 2),
    ]
    assert len({event["UID"] for _method, event in entries}) == 1
    assert [event["DTSTART"].dt for _method, event in entries] == [
        ahead(days) for days in (AGREED, *MOVED)
    ]


def hold(partner, cluster, meeting):
    """The hour comes; who was there is written down, and both sides read it."""
    hour = timezone.now() - timedelta(hours=2)
    with as_owner(), pgtrigger.ignore():
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=hour, ends_at=hour + timedelta(minutes=90)
        )
    partner.open(meeting.get_absolute_url())
    press(partner, f"main a[href='{reverse('needs:hold', args=[meeting.pk])}']")
    partner.fill(notes="لا أحد يعرف من يصدّر إلى الخليج.")
    send(partner)
    cluster.open(meeting.get_absolute_url()).reads("لا أحد يعرف من يصدّر إلى الخليج.")
    fits(cluster)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.HELD


def record_needs(partner, cluster, told):
    """The officer writes in Arabic what is needed; the manager confirms it, then the officer."""
    record = begun(told, partner)
    writer = Writer(partner, record)
    wanted = need_of(record, "internationalisation")
    writer.write(
        wanted, what="خطة تصدير إلى الخليج", priority="high", evidence="قال ذلك 18 من 31 عضوًا."
    ).waits_for("saved")
    writer.presses("button[value=share]").presses("main form.form-buttons button.btn-primary")
    cluster.open("/")
    press(cluster, f"main a[href='{record.get_absolute_url()}'] >> nth=0")
    for someone in (cluster, partner):
        someone.open(record.get_absolute_url()).reads("خطة تصدير إلى الخليج")
        press(someone, "button[value=confirm]")
    assert NeedsRecord.objects.get().state == "confirmed"
