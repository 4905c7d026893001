"""The e-mails to providers at work, in the language of their link."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from jobs.letters import automatic_headers

from .models import WorkMail

_TEMPLATE = "workroom/mails/told"


def message_for(mail: WorkMail) -> EmailMessage:
    """What became of something that came by the link; never the link itself, which nobody keeps."""
    context = {
        "mail": mail,
        "holder": mail.link,
        "facts": mail.facts,
        "voucher": mail.link.contract.voucher,
    }
    with translation.override(mail.link.language):
        subject = render_to_string(f"{_TEMPLATE}.subject.txt", context)
        body = render_to_string(f"{_TEMPLATE}.body.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[mail.link.email],
        headers=automatic_headers("work-mail", mail.pk),
    )
