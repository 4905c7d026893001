"""Asking a cluster about questions of its application, and answering."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import (
    Refused,
    TooLate,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from conduct.queries.clock import database_now
from conduct.queries.days import end_of
from files.actions.previews import request_preview
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Answer, Application, Attachment
from vouchers.applications.permissions import may_edit_application, may_submit_application
from vouchers.applications.queries import officers_told_of
from vouchers.applications.queries.answers import Content, filled_rows, problems_with
from vouchers.calls.models import Question
from vouchers.eligibility.models import Clarification, ClarificationItem, Comparison
from vouchers.eligibility.permissions import may_check_eligibility


@action(gettext_lazy("Clarification asked"))
def ask_clarification(
    application: Application,
    questions: list[Question],
    *,
    text: str,
    until: date,
    by: User,
    again_reason: str = "",
) -> Clarification:
    """Open the questions named, and no others, to the cluster until the end of a day.

    The day ends in the country's own zone. What is in the answers is stored beside what the
    cluster writes. One clarification is the rule: another needs `again_reason`. Raises Refused for
    a day that is over, for no question, for one that is not of the call, and while one is asked.
    """
    application = judged(
        application, may_check_eligibility, by=by, states=[Application.State.SUBMITTED]
    )
    instant = end_of(until, application.country.zone)
    if instant <= timezone.now():
        raise Refused(_("This day is over: give the cluster time to answer."))
    if not questions or any(question.call_id != application.call_id for question in questions):
        raise Refused(_("Choose the questions that you ask about."))
    number = application.clarifications.count() + 1
    if number > 1:
        why = _("The cluster was asked before: say why it must be asked once more.")
        require_words(again_reason, why)
    with constraints_of(Clarification):
        clarification = Clarification.objects.create(
            application=application,
            number=number,
            text=text,
            until=instant,
            asked_by=by,
            again_reason=again_reason if number > 1 else "",
        )
    for question in questions:
        _open(clarification, question)
    _tell_cluster(clarification, "clarification-asked")
    return clarification


def _open(clarification: Clarification, question: Question) -> None:
    """Store what is in one question, from where the cluster goes on."""
    application = clarification.application
    answer = application.answers.filter(question=question).first()
    text, rows = (answer.text, answer.rows) if answer else ("", [])
    ClarificationItem.objects.create(
        clarification=clarification,
        question=question,
        before_text=text,
        before_rows=rows,
        before_files=[
            {"name": file.name, "size": file.size, "sha256": file.sha256}
            for file in application.attachments.filter(question=question)
        ],
        text=text,
        rows=rows,
    )


@action(gettext_lazy("Clarification saved"))
def save_clarification(
    clarification: Clarification,
    contents: Mapping[int, Content],
    *,
    seen: Mapping[int, int],
    by: User,
    reply: str | None = None,
) -> list[ClarificationItem]:
    """Keep what the cluster writes, by question id; nobody else reads it before it is sent.

    What a colleague changed since `seen` (its version) is not overwritten but returned. Questions
    that are not asked about are left alone. What comes too late is kept as well: only sending it
    is refused.
    """
    clarification = locked(clarification)
    require(may_edit_application, by, clarification.application)
    require_state(clarification, Clarification.State.ASKED)
    if reply is not None and reply != clarification.reply:
        clarification.reply = reply
        clarification.save()
    overtaken = []
    for item in clarification.items.filter(question__in=contents.keys()):
        content = contents[item.question_id]
        if content == (item.rows if isinstance(content, list) else item.text):
            continue
        if item.version != seen.get(item.question_id, item.version):
            overtaken.append(item)
            continue
        _keep(item, content, by=by)
    return overtaken


def _keep(item: ClarificationItem, content: Content, *, by: User) -> None:
    if isinstance(content, list):
        item.rows = content
    else:
        item.text = content
    item.version, item.changed_by, item.changed_at = item.version + 1, by, timezone.now()
    item.save()


@action(gettext_lazy("Clarification sent"))
def answer_clarification(clarification: Clarification, *, by: User) -> Clarification:
    """Send what the cluster wrote: the answers change, and the partner is told.

    Raises TooLate after the last instant, and Refused when an answer is missing or wrong or when
    nothing was written; what was written stays.
    """
    clarification = locked(clarification)
    application = clarification.application
    require(
        may_submit_application,
        by,
        application,
        otherwise=_("Only a manager of the cluster can send the answer."),
    )
    require_state(application, Application.State.SUBMITTED)
    require_open(clarification)
    items = list(clarification.items.select_related("question").prefetch_related("files"))
    _require_answers(clarification, items)
    for item in items:
        _put_in_place(application, item, by=by)
    move(clarification, Clarification.State.ANSWERED)
    clarification.answered_by, clarification.closed_at = by, timezone.now()
    clarification.save()
    # The texts are not what they were: they are compared again.
    Comparison.objects.filter(application=application).delete()
    _tell_partner(clarification, "clarification-answered")
    return clarification


def require_open(clarification: Clarification) -> None:
    """Raises OutOfOrder, Refused or TooLate where the cluster is not asked any more."""
    require_state(clarification, Clarification.State.ASKED)
    if clarification.is_overtaken:
        raise Refused(_("The application was sent anew since: nothing is asked any more."))
    if database_now() > clarification.until:
        raise TooLate(
            _("The time to answer has passed. What you wrote is kept, but cannot be sent.")
        )


def _require_answers(clarification: Clarification, items: list[ClarificationItem]) -> None:
    most = clarification.application.call.voucher_amount
    for item in items:
        content: Content = item.rows if item.question.kind in Question.TABLES else item.text
        for problem in problems_with(item.question, content, most=most):
            raise Refused(
                _("%(question)s: %(problem)s") % {"question": item.question, "problem": problem}
            )
        written = filled_rows(content) if isinstance(content, list) else content.strip()
        is_empty = not (written or item.before_files or item.files.all())
        if item.question.required and is_empty:
            raise Refused(_("Please answer: %(question)s") % {"question": item.question})
    if not clarification.reply.strip() and not any(
        item.is_changed or item.files.all() for item in items
    ):
        raise Refused(_("Change an answer, add a file, or write a reply; then send it."))


def _put_in_place(application: Application, item: ClarificationItem, *, by: User) -> None:
    """Make what was written the answer of the application, and the files its attachments."""
    if item.is_changed:
        answer = Answer.objects.filter(application=application, question=item.question).first()
        answer = answer or Answer(application=application, question=item.question, version=0)
        answer.text, answer.rows = item.text, item.rows
        answer.version, answer.changed_by = answer.version + 1, by
        answer.save()
    for file in item.files.all():
        attachment = Attachment.objects.create(
            application=application,
            question=item.question,
            **file.kept,
            uploaded_by=file.uploaded_by,
        )
        request_preview(attachment.file, attachment.content_type)


@action(gettext_lazy("Clarification lapsed"))
def lapse_clarification(clarification: Clarification, *, by: User | None = None) -> bool:
    """Close a clarification that is over, and tell the partner where its time passed.

    Returns whether it was still asked.
    What the cluster had written stays to be read beside what was there before; the answers of the
    application are those that it sent.
    """
    clarification = locked(clarification)
    if clarification.state != Clarification.State.ASKED:
        return False
    if clarification.is_open and not clarification.is_overtaken:
        return False
    move(clarification, Clarification.State.LAPSED)
    clarification.closed_at = timezone.now()
    clarification.save()
    if not clarification.is_overtaken:
        _tell_partner(clarification, "clarification-lapsed")
        _tell_cluster(clarification, "clarification-over")
    return True


@action(gettext_lazy("Clarification ended"))
def end_clarification(clarification: Clarification, *, by: User, reason: str) -> Clarification:
    """Take a clarification back because it is no longer needed; the cluster is told why."""
    clarification = locked(clarification)
    require(may_check_eligibility, by, clarification.application)
    move(clarification, Clarification.State.ENDED)
    clarification.closed_at = timezone.now()
    clarification.save()
    _tell_cluster(clarification, "clarification-ended", reason=reason)
    return clarification


def _facts(clarification: Clarification, **more: str) -> dict[str, str]:
    return {
        **application_facts(clarification.application),
        "text": clarification.text,
        "until": clarification.until.isoformat(),
        **more,
    }


def _tell_cluster(clarification: Clarification, kind: str, **more: str) -> None:
    notify_each(
        writers_for(clarification.application.cluster),
        kind,
        facts=_facts(clarification, **more),
        about=clarification,
    )


def _tell_partner(clarification: Clarification, kind: str) -> None:
    notify_each(
        officers_told_of(clarification.application),
        kind,
        facts=_facts(clarification),
        about=clarification,
    )
