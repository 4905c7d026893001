"""Sending an application, taking it back for changes, and withdrawing it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import OutOfOrder, Refused, TooLate, action, judged, move, require_state
from conduct.queries.clock import database_now
from documents.actions import issue_document, issue_in_every_language, withdraw_document
from documents.models import Document
from documents.queries import documents_about
from documents.wording import listed
from notices.actions import notify_each
from vouchers.applications.letters import (
    ACKNOWLEDGEMENT,
    COPY,
    acknowledgement_facts,
    application_facts,
    copy_facts,
)
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_submit_application
from vouchers.applications.queries import (
    filled_form,
    is_being_checked,
    missing_in_profile,
    officers_told_of,
)
from vouchers.calls.models import CountryQuota

from .accepting import require_accepting
from .declarations import Signing, affirm_declaration


@action(gettext_lazy("Application sent"))
def submit_application(
    application: Application, *, signing: Signing | None = None, by: User
) -> Application:
    """Send a draft to the country partner, with the declaration on honour where the call has one.

    Checks the permission, the deadline and that everything is there; signs; then takes the next
    number, which fixes the reference, and on commit tells the cluster and the partner. Sent a
    second time (a double click, a line that broke before the answer), it changes nothing: the
    application that arrived is returned. Raises TooLate or Refused, and leaves the draft as it
    was.
    """
    application = judged(
        application,
        may_submit_application,
        by=by,
        otherwise=_("Only a manager of the cluster can send the application."),
    )
    if application.has_arrived:
        return application
    require_state(application, Application.State.DRAFT)
    now = require_accepting(application.call, by=by)
    for problem in problems_before_sending(application):
        raise Refused(problem)
    if application.call.declaration_clauses.exists():
        if signing is None:
            raise Refused(_("Please sign the declaration on honour."))
        affirm_declaration(application, signing, by=by)
    move(application, Application.State.SUBMITTED)
    application.submitted_by, application.submitted_at = by, now
    # A re-opened application keeps its number: receipts and letters bear it.
    application.reference = application.reference or _next_reference(application)
    application.save()
    _acknowledge(application, by=by)
    return application


def problems_before_sending(application: Application) -> list[str]:
    """What still prevents a draft from being sent, in sentences."""
    items = filled_form(application).shown
    problems = [
        _("Please answer: %(question)s") % {"question": item.question}
        for item in items
        if item.is_missing
    ]
    problems += [
        _("%(question)s: %(problem)s") % {"question": item.question, "problem": problem}
        for item in items
        for problem in item.problems
    ]
    if missing := missing_in_profile(application):
        problems.append(
            _("Please complete the profile of your cluster: %(fields)s")
            % {"fields": listed(label for label, _where in missing)}
        )
    return problems


@action(gettext_lazy("Application re-opened"))
def reopen_application(application: Application, *, by: User, reason: str) -> Application:
    """Make a sent application a draft again, to be changed and sent once more in time.

    It keeps its reference. The partner is told and no longer sees it; receipt and copy are
    withdrawn, and the declaration on honour must be signed anew. Raises TooLate after the deadline,
    OutOfOrder once the partner has begun to check it.
    """
    application = judged(
        application,
        may_submit_application,
        by=by,
        otherwise=_("Only a manager of the cluster can re-open the application."),
    )
    require_state(application, Application.State.SUBMITTED)
    if database_now() >= application.call.deadline:
        raise TooLate(_("The deadline has passed: what was sent stays as it is."))
    if is_being_checked(application):
        raise OutOfOrder(
            _("Your country partner has begun to check the application: it stays as it is.")
        )
    facts = {
        **application_facts(application),
        "deadline": application.call.deadline.isoformat(),
        "reason": reason,
    }
    move(application, Application.State.DRAFT)
    application.submitted_by = application.submitted_at = None
    application.save()
    _withdraw_receipts(application, by=by, reason=reason)
    notify_each(
        officers_told_of(application), "application-reopened", facts=facts, url="/applications/"
    )
    notify_each(
        writers_for(application.cluster),
        "application-to-send-again",
        facts=facts,
        about=application,
    )
    return application


@action(gettext_lazy("Application withdrawn"))
def withdraw_application(application: Application, *, by: User, reason: str) -> Application:
    """Take the application back before it is decided; the cluster may start another in time."""
    application = judged(
        application,
        may_submit_application,
        by=by,
        otherwise=_("Only a manager of the cluster can withdraw the application."),
    )
    move(application, Application.State.WITHDRAWN)
    application.save()
    if application.reference:
        notify_each(
            officers_told_of(application),
            "application-withdrawn",
            facts={**application_facts(application), "reason": reason},
            about=application,
        )
    return application


def _next_reference(application: Application) -> str:
    """Programme code, year, country and the next number; the quota's row lock leaves no gap."""
    quota = CountryQuota.objects.select_for_update().get(
        call=application.call, country=application.country
    )
    quota.last_number += 1
    quota.save(update_fields=["last_number"])
    return f"{application.call.reference}-{quota.country_id}-{quota.last_number:04d}"


def _acknowledge(application: Application, *, by: User) -> None:
    reference = application.reference or ""
    letters = issue_in_every_language(
        ACKNOWLEDGEMENT,
        application,
        lambda: acknowledgement_facts(application),
        by=by,
        reference=reference,
    )
    with translation.override(application.language):
        copied = copy_facts(application)
    issue_document(
        COPY, application, copied, language=application.language, by=by, reference=reference
    )
    facts = application_facts(application)
    notify_each(
        writers_for(application.cluster),
        "application-received",
        facts=facts,
        about=application,
        documents=[letters[application.language]],
    )
    notify_each(
        officers_told_of(application), "application-arrived", facts=facts, about=application
    )


def _withdraw_receipts(application: Application, *, by: User, reason: str) -> None:
    for document in documents_about(application).filter(
        kind__in=[ACKNOWLEDGEMENT.slug, COPY.slug], validity=Document.Validity.CURRENT
    ):
        withdraw_document(document, by=by, reason=reason)
