"""An e-mail that is a row is sent once; one that may have gone out is not sent again by itself."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from demonstration.clock import on
from jobs.kinds import kind_called
from jobs.letters import OutcomeUnknown
from jobs.models import Trouble
from tests.assistance.delivery.session import milestone_of, said
from tests.assistance.workroom.working import at_work
from vouchers.assistance.delivery import actions
from vouchers.assistance.workroom.models import WorkMail
from vouchers.assistance.workroom.tasks import mail_at_work, sweep_work_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """An e-mail to a provider that nobody has sent yet."""
    told, link, _address = at_work()
    session = actions.log_session(milestone_of(told), said(), by=link)
    actions.return_session(session, reason="It was shorter.", by=told.manager)
    mail.outbox.clear()
    return WorkMail.objects.get()


def sending(error):
    return patch.object(EmailMessage, "send", side_effect=error)


def test_what_may_have_gone_out_is_set_aside_until_somebody_asks(written):
    with sending(OutcomeUnknown("SMTPServerDisconnected: Connection unexpectedly closed")):
        mail_at_work(written.pk)
    trouble = Trouble.objects.get(kind="work_mails", key=str(written.pk))
    assert trouble.set_aside_at
    assert trouble.last_error.startswith("OutcomeUnknown")
    assert list(kind_called("work_mails").set_aside()) == [trouble]
    with on(timezone.now() + timedelta(days=1)):
        assert sweep_work_mails() == 0
        mail_at_work(written.pk)
    assert mail.outbox == []
    kind_called("work_mails").again(trouble)
    mail_at_work(written.pk)
    assert len(mail.outbox) == 1


def test_what_was_refused_is_sent_later_and_once(written):
    with sending(ConnectionRefusedError("no server")):
        mail_at_work(written.pk)
    assert Trouble.objects.get(kind="work_mails").set_aside_at is None
    with on(timezone.now() + timedelta(minutes=5)):
        assert sweep_work_mails() == 1
        mail_at_work(written.pk)
        mail_at_work(written.pk)
        assert sweep_work_mails() == 0
    assert len(mail.outbox) == 1
    assert not Trouble.objects.filter(kind="work_mails").exists()
