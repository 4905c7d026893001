"""The closing of a voucher once all of it is paid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import Outdated, OutOfOrder, action, constraints_of, move
from documents.actions import issue_in_every_language
from documents.wording import figures
from notices.actions import notify_each
from vouchers.assistance.actions.steps import require_other_person
from vouchers.assistance.delivery.queries import unconfirmed_sessions
from vouchers.assistance.delivery.wording import sentence_of_waiting
from vouchers.assistance.reports.actions import judged_to_decide
from vouchers.assistance.reports.letters import REPORT_DOCUMENT, report_facts
from vouchers.assistance.reports.models import FinalReport
from vouchers.awards.models import Voucher
from vouchers.books.actions import release
from vouchers.payments.control.queries import parked_of
from vouchers.payments.letters import COMPLETION_CERTIFICATE, completion_facts
from vouchers.payments.models import UNDECIDED, Claim
from vouchers.payments.queries import advances_of, unpaid_milestones

_ADVANCED: dict[tuple[str, ...], str | Promise] = {
    UNDECIDED: gettext_lazy(
        "%(out)s EUR of advances are asked for and not decided on: they are approved, returned or "
        "rejected before the voucher is closed."
    ),
    (Claim.State.APPROVED, Claim.State.ORDERED): gettext_lazy(
        "%(out)s EUR of advances are approved and not paid yet: they are paid and cleared, or their "
        "approval is reversed, before the voucher is closed."
    ),
    (Claim.State.PAID,): gettext_lazy(
        "%(out)s EUR of its advances are not cleared: they are cleared by a claim, or demanded "
        "back, before the voucher is closed."
    ),
}


def what_keeps_open(voucher: Voucher) -> Iterator[str]:
    """Why the voucher cannot be closed yet: a sentence for each thing of its money that is open."""
    for milestone in unpaid_milestones(voucher):
        yield _("“%(title)s” is not paid yet: the voucher cannot be closed.") % {
            "title": milestone.title
        }
    parked = parked_of(voucher)
    if parked:
        yield _(
            "%(parked)s EUR of its claims are set aside: they are taken in or refused before the "
            "voucher is closed."
        ) % {"parked": figures(parked)}
    advances = list(advances_of(voucher))
    for states, sentence in _ADVANCED.items():
        out = sum((one.out for one in advances if one.state in states), Decimal(0))
        if out:
            yield str(sentence) % {"out": figures(out)}


@action(gettext_lazy("Final report accepted"))
def accept_report(
    report: FinalReport, *, by: User, number: int | None = None, seen: str | None = None
) -> FinalReport:
    """Accept the final report and close the voucher; certificate and report are written as documents.

    `number` is that of the version that the person read, `seen` the rest (EUR) that it said is released.
    Raises OutOfOrder where that changed meanwhile, and while a milestone is not paid, something of a
    claim is set aside, an advance is not cleared (also one that is asked for, or approved and not paid
    yet), a session waits to be confirmed, or for a version that is not the newest; Refused for whoever
    took an earlier step.
    """
    report = judged_to_decide(report, number, by=by)
    voucher = report.voucher
    for sentence in what_keeps_open(voucher):
        raise OutOfOrder(sentence)
    for earlier in (report.submitted_by_id, report.partner_accepted_by_id):
        require_other_person(by, earlier)
    if seen is not None and seen != str(voucher.balance):
        raise Outdated(
            _("%(rest)s EUR would be released by now: please look at the claims of the voucher.")
            % {"rest": figures(voucher.balance)}
        )
    waiting = unconfirmed_sessions(voucher)
    if waiting:
        raise OutOfOrder(sentence_of_waiting(waiting))
    with constraints_of(FinalReport):
        move(report, FinalReport.State.ACCEPTED)
        report.accepted_by, report.accepted_at = by, timezone.now()
        report.save()
    move(voucher, Voucher.State.CLOSED)
    voucher.closed_at = timezone.now()
    # What no claim came to is the call's again.
    rest = voucher.balance
    voucher.released += rest
    with constraints_of(Voucher):
        voucher.save()
    release(voucher, rest, by=by)
    certificates = issue_in_every_language(
        COMPLETION_CERTIFICATE,
        voucher,
        lambda: completion_facts(report),
        by=by,
        reference=voucher.reference,
    )
    issue_in_every_language(
        REPORT_DOCUMENT,
        report,
        lambda: report_facts(report),
        by=by,
        reference=voucher.reference,
    )
    application = voucher.award.application
    notify_each(
        writers_for(application.cluster),
        "voucher-closed",
        facts={"reference": voucher.reference, "cluster": application.cluster.name},
        about=voucher,
        documents=[certificates[application.language]],
    )
    return report
