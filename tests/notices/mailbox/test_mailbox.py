"""The mailbox in which mail servers report what they could not deliver: read once, and losing nothing."""

from __future__ import annotations

import mailbox
from email import message_from_bytes

import pytest
from django.core.management import CommandError, call_command

from notices import actions
from notices.actions.mailbox import NoSuchMailbox, read_mailbox
from notices.actions.sending import send_notice
from notices.models import Notice, SetAsideReport
from notices.tasks import read_bounces
from tests.notices.making import FACTS, events_of, report
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mailoutbox):
    notice = actions.notify(
        person("nadine@example.org"), "plan-approved", facts=FACTS, url="/vouchers/"
    )
    assert send_notice(notice.pk) is True
    return Notice.objects.get(pk=notice.pk)


def id_of(notice):
    return f"<notice-{notice.pk}@localhost>"


@pytest.fixture(autouse=True)
def _host(settings):
    settings.SITE_URL = "http://localhost:8000"


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_the_mailbox_is_read_once(sent, kind, tmp_path, settings):
    path = tmp_path / "bounces"
    make = mailbox.Maildir if kind == "maildir" else mailbox.mbox
    box = make(path, create=True)
    for content in (report(id_of(sent)), report("<x@elsewhere.org>"), b"Subject: Hello\n\nYou"):
        box.add(message_from_bytes(content))
    box.flush()
    settings.BOUNCE_MAILBOX = f"{kind}://{path}"
    assert read_bounces() == 1
    assert events_of(sent)[-1][0] == "hard"
    assert SetAsideReport.objects.count() == 2
    assert read_mailbox(settings.BOUNCE_MAILBOX).total() == 0


def test_a_mailbox_of_no_kind_is_refused():
    with pytest.raises(NoSuchMailbox):
        read_mailbox("https://example.org/mail")
    assert read_bounces() == 0


def test_a_report_that_cannot_be_taken_stops_no_other_and_is_read_again(
    sent, tmp_path, monkeypatch
):
    box = mailbox.Maildir(tmp_path / "bounces", create=True)
    for number in range(2):
        box.add(report(id_of(sent), status=f"5.1.{number + 1}"))
    taken = actions.take_report
    calls = []

    def breaks_once(content):
        calls.append(content)
        if len(calls) == 1:
            raise OSError("The line to the database broke")
        return taken(content)

    monkeypatch.setattr("notices.actions.mailbox.take_report", breaks_once)
    address = f"maildir://{tmp_path / 'bounces'}"
    assert read_mailbox(address) == {"failed": 1, "new": 1}
    assert read_mailbox(address) == {"new": 1}


def test_the_command_reads_files(sent, tmp_path, capsys):
    path = tmp_path / "bounce.eml"
    path.write_bytes(report(id_of(sent)))
    call_command("read_bounces", str(path))
    assert capsys.readouterr().out == "1 new, 0 known already, 0 set aside, 0 failed.\n"
    with pytest.raises(CommandError, match="There is no file"):
        call_command("read_bounces", str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="BOUNCE_MAILBOX"):
        call_command("read_bounces")
