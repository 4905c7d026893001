"""The documents that this stage issues, and the facts they state."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.kinds import DocumentKind, register
from vouchers.calls.models import Call

from .models import Application
from .permissions import may_read_application

ACKNOWLEDGEMENT = register(
    DocumentKind(
        slug="acknowledgement",
        title=_("Acknowledgement of receipt"),
        template="letters/acknowledgement.html",
        may_read=may_read_application,
    )
)


def call_facts(call: Call) -> dict[str, Any]:
    """What every letter says of its call, in the active language; amounts in EUR as text."""
    return {
        "name": str(call.name),
        "year": call.year,
        "voucher_amount": str(call.voucher_amount),
        "deadline": call.deadline.isoformat(),
        "decision_due": call.decision_due.isoformat(),
    }


def application_facts(application: Application) -> dict[str, Any]:
    """What every letter about an application says, in the active language."""
    country = application.country
    return {
        "reference": application.reference,
        "call": call_facts(application.call),
        "cluster": application.cluster.name,
        "country": str(country.name),
        "country_code": country.code,
        "time_zone": country.time_zone,
        "partner": country.partner.name,
        "submitted_at": application.submitted_at.isoformat() if application.submitted_at else "",
    }


def acknowledgement_facts(application: Application) -> dict[str, Any]:
    """That the application arrived, when, with which questions answered and which files."""
    return {
        **application_facts(application),
        "date": application.submitted_at.date().isoformat() if application.submitted_at else "",
        "submitted_by": str(application.submitted_by),
        "answers": application.answers.exclude(text="").count(),
        "attachments": [
            {"name": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
            for attachment in application.attachments.all()
        ],
    }
