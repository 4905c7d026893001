"""Issuing the reports of a period: what the books and records say of it, pinned to their head."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from conduct.actions import Refused, action, constraints_of, locked, require
from conduct.queries.days import today
from documents.actions import issue_in_every_language
from documents.models import Document
from documents.wording import day
from reports.letters import (
    FINANCIAL_REPORT,
    PROGRESS_REPORT,
    annex_facts,
    financial_facts,
    progress_facts,
)
from reports.models import PeriodReport
from reports.permissions import may_issue_period_report
from reports.queries import first_day_of, newest_entry, vouchers_reported
from vouchers.books.actions import lock_books
from vouchers.calls.models import Call
from vouchers.standing.actions import judge


@action(gettext_lazy("Financial report issued"))
def issue_financial_report(
    call: Call,
    *,
    first: date,
    last: date,
    by: User,
    country: Country | None = None,
    seen: int | None = None,
) -> dict[str, Document]:
    """Issue what the books of a call (of its vouchers in `country`) say of the days from `first` to
    `last`, in every language; by language code.

    An earlier report of the same period is superseded. Nothing is posted meanwhile, so that it is the
    same in each language, and of the entry on which it says that it stands. `seen` is the number of
    the newest entry when somebody looked at the figures; None where nobody did. Raises NotAllowed, or
    Refused (beside its field) for a period of which there is nothing to report, and where the books
    have moved since they were looked at.
    """
    call = locked(call)
    asked = PeriodReport(
        kind=PeriodReport.Kind.FINANCIAL,
        call=call,
        country=country,
        first=first,
        last=last,
        made_by=by,
    )
    require(may_issue_period_report, by, asked)
    require_reportable(asked)
    report = _kept(asked, seen)
    annex = annex_facts(report)
    return issue_in_every_language(
        FINANCIAL_REPORT,
        report,
        lambda: {**financial_facts(report), **annex},
        by=by,
        reference=report.reference,
    )


@action(gettext_lazy("Country progress report issued"))
def issue_progress_report(
    call: Call, *, country: Country, first: date, last: date, by: User, seen: int | None = None
) -> dict[str, Document]:
    """Issue how the vouchers of a country do, and what happened from `first` to `last`, in every
    language; by language code.

    Where each stands is judged anew before. As `issue_financial_report` otherwise.
    """
    call = locked(call)
    asked = PeriodReport(
        kind=PeriodReport.Kind.PROGRESS,
        call=call,
        country=country,
        first=first,
        last=last,
        made_by=by,
    )
    require(may_issue_period_report, by, asked)
    require_reportable(asked)
    judge(list(vouchers_reported(asked).values_list("pk", flat=True)))
    report = _kept(asked, seen)
    return issue_in_every_language(
        PROGRESS_REPORT,
        report,
        lambda: progress_facts(report),
        by=by,
        reference=report.reference,
    )


def require_reportable(report: PeriodReport) -> None:
    """Raise Refused, beside its field, where the records can say nothing of the period."""
    call, country, first, last = report.call, report.country, report.first, report.last
    if country is not None and not call.quotas.filter(country=country).exists():
        raise Refused(_("This country takes no part in the call: choose another."), field="country")
    if last < first:
        raise Refused(
            _("The period ends before it starts: choose %(day)s or a later day.")
            % {"day": day(first)},
            field="last",
        )
    if last > today():
        raise Refused(
            _("The period ends in the future: choose today or an earlier day."), field="last"
        )
    begun = first_day_of(call)
    if begun is None:
        raise Refused(
            _("Nothing is entered in the ledger of this call yet: there is nothing to report."),
            field="call",
        )
    if last < begun:
        raise Refused(
            _("The ledger of this call begins on %(day)s: choose that day or a later one.")
            % {"day": day(begun)},
            field="last",
        )


def _kept(report: PeriodReport, seen: int | None) -> PeriodReport:
    """The report of the very call, country and period that there is, or this one from now on.

    Nothing is posted in the books of the call until the end of the transaction. Raises Refused where
    something was since entry `seen`.
    """
    lock_books(report.call_id)
    if seen is not None and seen != newest_entry(report.call_id):
        raise Refused(
            _(
                "The ledger has moved since you looked, and the report would say something else:"
                " look at it again."
            )
        )
    found = PeriodReport.objects.filter(
        kind=report.kind,
        call=report.call,
        country=report.country,
        first=report.first,
        last=report.last,
    ).first()
    if found is not None:
        return found
    with constraints_of(PeriodReport):
        report.save(force_insert=True)
    return report
