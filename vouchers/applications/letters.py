"""The documents that this stage issues, and the facts they state."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.calls.models import Call

from .models import Application, SignedDeclaration
from .permissions import may_read_application, represents_applicant
from .queries import declaration_of, filled_form
from .queries.filled_forms import FilledForm, Item

ACKNOWLEDGEMENT = register(
    DocumentKind(
        slug="acknowledgement",
        title=_("Acknowledgement of receipt"),
        template="letters/acknowledgement.html",
        may_read=may_read_application,
        told=(ADDRESSEE, Told(_("Sent by"), "submitted_by", Manner.PERSON)),
    )
)

DRAFT = register(
    DocumentKind(
        slug="application-draft",
        title=_("Draft of an application"),
        template="letters/application_draft.html",
        may_read=represents_applicant,
        proves=False,
    )
)
COPY = register(
    DocumentKind(
        slug="application-copy",
        title=_("Application as it was sent"),
        template="letters/application_copy.html",
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


def on_letterhead(application: Application) -> dict[str, Any]:
    """Who writes and to whom, as the letters of a country partner bear it; messages do not need it.

    An address is a list of lines, empty where nobody has entered one; a logo is its name in the
    storage.
    """
    partner, cluster = application.country.partner, application.cluster
    return {
        "sender": {
            "address": _address(partner.street, partner.postcode, partner.town),
            "email": partner.email,
            "logo": partner.logo.name or "",
            "signatory": partner.signatory,
            "function": str(partner.signatory_function),
        },
        "addressee": {
            "representative": cluster.legal_representative,
            "function": cluster.legal_representative_function,
            "address": _address(cluster.street, cluster.postcode, cluster.town),
        },
    }


def _address(street: str, postcode: str, town: str) -> list[str]:
    return [line for line in (street, f"{postcode} {town}".strip()) if line]


def acknowledgement_facts(application: Application) -> dict[str, Any]:
    """That the application arrived, when, with which questions answered and which files."""
    return {
        **application_facts(application),
        **on_letterhead(application),
        "date": iso_day_of(application.submitted_at, application.country.zone),
        "submitted_by": str(application.submitted_by),
        "answers": application.answers.exclude(Q(text="") & Q(rows=[])).count(),
        "attachments": [
            {"name": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
            for attachment in application.attachments.all()
        ],
    }


def draft_facts(application: Application) -> dict[str, Any]:
    """What a draft says so far, in the active language; the same as long as nothing changes."""
    form = filled_form(application)
    changed = [item.answer.changed_at for item in form.items if item.answer]
    latest = max([application.started_at, *changed])
    return {
        **application_facts(application),
        "date": iso_day_of(latest, application.country.zone),
        "changed_at": latest.isoformat(),
        "done": form.done,
        "wanted": form.wanted,
        "sections": form_facts(form),
    }


def copy_facts(application: Application) -> dict[str, Any]:
    """What was sent, word by word, in the active language, with the declaration that was signed."""
    declaration = declaration_of(application)
    return {
        **application_facts(application),
        **on_letterhead(application),
        "date": iso_day_of(application.submitted_at, application.country.zone),
        "submitted_by": str(application.submitted_by),
        "sections": form_facts(filled_form(application)),
        "declaration": declaration_facts(declaration) if declaration else None,
    }


def declaration_facts(declaration: SignedDeclaration) -> dict[str, Any]:
    """A declaration on honour as it was signed, in the words of its own language."""
    return {
        "clauses": declaration.clauses,
        "language": declaration.language,
        "name": declaration.signatory_name,
        "function": declaration.signatory_function,
        "signed_at": declaration.signed_at.isoformat(),
        "sha256": declaration.sha256,
    }


def form_facts(form: FilledForm) -> list[dict[str, Any]]:
    """Sections, questions that are shown, and answers as a person reads them."""
    return [
        {
            "title": str(section.section.title),
            "questions": [_item_facts(item) for item in section.shown],
        }
        for section in form.sections
        if section.shown
    ]


def _item_facts(item: Item) -> dict[str, Any]:
    return {
        "question": str(item.question.text),
        "kind": item.question.kind,
        "text": item.reading,
        "columns": [
            {"label": str(column.label), "number": column.is_number} for column in item.columns
        ],
        "lines": [
            [{"text": text, "number": column.is_number} for column, text in line]
            for line in item.labelled_lines
        ],
        "total": "" if item.total is None else str(item.total),
        "files": [
            {"name": attachment.name, "size": attachment.size, "sha256": attachment.sha256}
            for attachment in item.attachments
        ],
        "problems": [str(problem) for problem in item.problems],
        "missing": item.is_missing,
    }
