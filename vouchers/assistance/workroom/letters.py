"""The e-mails to providers at work, in the language of their link."""

from __future__ import annotations

from django.core.mail import EmailMessage

from jobs.letters import written

from .models import WorkMail


def message_for(mail: WorkMail) -> EmailMessage:
    """What became of something that came by the link; never the link itself, which nobody keeps."""
    facts = {
        "mail": mail,
        "holder": mail.link,
        "facts": mail.facts,
        "voucher": mail.link.contract.voucher,
    }
    return written(
        "workroom/mails/told",
        facts,
        to=mail.link.email,
        languages=[mail.link.language],
        row=("work-mail", mail.pk),
    )
