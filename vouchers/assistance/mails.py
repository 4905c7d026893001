"""E-mails to people without an account: providers at work, and who answers a survey."""

from __future__ import annotations

from django.urls import reverse

from notices.mails import MailsOfRow, register_mail
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.surveys.models import SurveyLink
from vouchers.assistance.workroom.models import WorkLink, WorkMail

register_mail(
    MailsOfRow(
        "worklink",
        lambda: WorkLink.objects.select_related("contract__voucher__award__application"),
        hearers=lambda link: officers_told_of(link.contract.voucher.award.application),
        about=lambda link: link.contract.voucher.reference,
        page=lambda link: reverse("contracts:contract", args=[link.contract.voucher_id]),
    )
)
register_mail(
    MailsOfRow(
        "work-mail",
        lambda: WorkMail.objects.select_related("link__contract__voucher__award__application"),
        address="link.email",
        sent_at="sent_at",
        hearers=lambda mail: officers_told_of(mail.link.contract.voucher.award.application),
        about=lambda mail: mail.link.contract.voucher.reference,
        page=lambda mail: reverse("contracts:contract", args=[mail.link.contract.voucher_id]),
    )
)
register_mail(
    MailsOfRow(
        "surveylink",
        lambda: SurveyLink.objects.select_related("survey__voucher__award__application"),
        hearers=lambda link: officers_told_of(link.survey.voucher.award.application),
        about=lambda link: link.survey.voucher.reference,
        page=lambda link: link.survey.get_absolute_url(),
    )
)
