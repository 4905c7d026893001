"""Every message has its words, in three languages, with nothing left open."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from conduct.actions import NotAllowed
from notices.actions import mark_seen, notify
from notices.models import DIGEST_KIND, Notice
from notices.wording.messages import message_of, write_text
from tests.people import log_in, person
from vouchers.standing.rules.reminders import ReminderKind

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "templates" / "notices"
WRITTEN = sorted(path.name.removesuffix(".subject.txt") for path in FOLDER.glob("*.subject.txt"))
FACTS = {
    "batch": "PAY-2026-0001",
    "payments": 2,
    "total": "5000.00",
    "proposed_by": "Rita Haddad",
    "payee": "Cedar Consulting",
    "order": "SUV-2026-LB-0001-P1",
    "reference": "SUV-2026-LB-0001",
    "cluster": "QOOT Cluster",
    "country": "Lebanon",
    "partner": "Berytech",
    "time_zone": "Asia/Beirut",
    "submitted_at": "2026-05-20T09:30:00+00:00",
    "amount": "5000.00",
    "claimed": "2499.56",
    "payable": "2299.56",
    "deducted": "120.00",
    "parked": "80.00",
    "cleared": "2299.56",
    "accept_by": "2026-06-30",
    "milestone": "Export plan",
    "invoice_number": "F-17",
    "reason": "The date is missing.",
    "code": "AC04",
    "subject": "Congratulations",
    "author": "Nadine Saab",
    "person": "Hiba Chami",
    "level": "editor",
    "account": "…9114",
    "text": "May we send a newer budget?",
    "call": "Scale Up Voucher 2026",
    "question": "May a foundation apply?",
    "answer": "Yes.",
    "deadline": "2026-05-20T09:30:00+00:00",
    "days": 7,
    "hours": 24,
    "missing": ["Please answer: Mission"],
    "changes": [{"field": "budget", "before": "10000.00", "after": "20000.00"}],
    "about": "Export plan",
    "day": "2026-05-20",
    "party": "partner",
    "named": "Berytech",
    "provider": "Cedar Consulting",
    "task": "accept",
    "by_amendment": True,
    "escalated": True,
    "more": 2,
    "until": "2027-02-28",
    "months": 6,
    "previous_end": "2026-12-31",
    "review_on": "2026-10-01",
    "resumed_on": "2026-10-05",
    "ends_on": "2026-10-01",
    "claims_until": "2026-10-31",
    "released": "1500.00",
    "quiet_since": "2026-05-20",
    "answer_by": "2026-07-01",
    "before": "Nadine Khoury",
    "number": 1,
    "under_way": "SUV-2026-LB-0001 (F-17)",
    "up_to": "63000.00",
    "ceiling": "60000.00",
    "granted": True,
    "why": "The lead partner agrees.",
    "report": "Financial report",
    "period": "October 2026",
    "due": "2026-11-05",
    "days_late": 21,
    "entries": [{"subject": "Your claim", "language": "en", "url": "/notices/1/"}],
}


def used_kinds():
    """Every kind of message that an action names."""
    house = Path(settings.BASE_DIR)
    files = [
        path
        for room in ("vouchers", "clusters", "notices", "accounts", "reports")
        for path in (house / room).rglob("*.py")
        if re.search(r"notify(?:_each)?\(|\b_?tell\w*\(|\bReminder\(", path.read_text())
    ]
    rooms = [path.read_text() for path in files]
    named = re.findall(r'"([a-z]+(?:-[a-z]+)+)"', "\n".join(rooms))
    # The value of a header of e-mails, and a mail to providers, who have no account and no notices.
    reminders = {f"standing-{kind}" for kind in ReminderKind}
    return sorted({DIGEST_KIND, *named, *reminders} - {"auto-generated", "not-chosen"})


def test_what_is_sent_and_what_is_written_are_the_same():
    assert used_kinds() == WRITTEN


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kind", WRITTEN)
def test_a_message_is_whole(kind, language):
    notice = notify(person(language=language), kind, facts=FACTS, url="/")
    write_text(notice)
    message = message_of(notice)
    assert notice.subject
    assert "{" not in notice.subject + notice.body
    assert "  " not in notice.subject
    html = message.alternatives[0][0]
    assert notice.absolute_url in message.body
    assert notice.absolute_url in html
    # Both forms in the person's language, and the second in its direction.
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert message.extra_headers["Content-Language"] == language
    assert notice.body.splitlines()[0] in message.body
    if language != "en":
        english = notify(person(), kind, facts=FACTS)
        write_text(english)
        assert (notice.subject, notice.body) != (english.subject, english.body)
    if "facts.reason" in (FOLDER / f"{kind}.body.txt").read_text():
        assert "The date is missing." in notice.body


def test_a_notice_with_a_key_is_written_once():
    rana = person()
    first = notify(rana, "plan-approved", facts=FACTS, key="plan-1")
    assert notify(rana, "plan-approved", facts=FACTS, key="plan-1") == first


def test_ones_notices_are_ones_own(client):
    rana = person()
    notice = notify(rana, "plan-approved", facts=FACTS, url="/")
    write_text(notice)
    notice.save()
    address = f"/notices/{notice.pk}/"
    assert log_in(client, person()).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        mark_seen(notice, by=person())
    assert log_in(client, rana).get(address).status_code == 200
    assert Notice.objects.get(pk=notice.pk).seen_at
