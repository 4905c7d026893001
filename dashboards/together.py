"""What is done to several messages or vouchers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid5

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import is_coordinator, is_officer
from bulk.kinds import BulkAction, BulkList, Press, register_list
from dashboards.queries import outbox
from notices.actions import mark_report_seen, send_failed_again
from notices.actions.steering import hold_notice, release_notice, why_beyond_reach
from notices.models import Notice, SetAsideReport
from notices.permissions import (
    may_look_through_reports,
    may_send_again,
    may_steer_notices,
)
from notices.queries import mail_reports_visible_to
from vouchers.applications.models import Recusal
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.correspondence.actions import send_voucher_message
from vouchers.correspondence.models import LONGEST_MESSAGE

State = Notice.State
Skips = Callable[[User, Sequence[Notice]], Mapping[Any, str]]


def _unless_in(*states: str, steered: bool) -> Skips:
    """Why a message is left out: its state is none of these, or it is none that anybody steers."""

    def skips(_user: User, notices: Sequence[Notice]) -> Mapping[Any, str]:
        found = {}
        for notice in notices:
            if notice.state not in states:
                found[notice.pk] = _("Now: %(state)s") % {"state": notice.get_state_display()}
            elif steered and (reason := why_beyond_reach(notice)):
                found[notice.pk] = reason
        return found

    return skips


register_list(
    BulkList(
        slug="outbox",
        page="dashboards.views.lists.Outbox",
        url_name="dashboards:outbox",
        records=outbox.notices_to_clusters,
        label_of=lambda notice: f"{notice} · {notice.recipient}",
        url_of=lambda notice: reverse("dashboards:message", args=[notice.pk]),
        actions=(
            BulkAction(
                slug="hold",
                label=gettext_lazy("Hold back"),
                says=gettext_lazy("They wait until somebody releases or cancels them."),
                may=may_steer_notices,
                act=lambda notice, told: hold_notice(notice, reason=told.words, by=told.by),
                skips=_unless_in(State.PENDING, State.HELD, steered=True),
                asks=gettext_lazy("Reason"),
                hint=gettext_lazy("It stands with each message, for all who look after clusters."),
            ),
            BulkAction(
                slug="release",
                label=gettext_lazy("Release"),
                says=gettext_lazy(
                    "They go at once, or gathered with others as they were meant to."
                ),
                may=may_steer_notices,
                act=lambda notice, told: release_notice(notice, reason=told.words, by=told.by),
                skips=_unless_in(State.STOPPED, steered=True),
                asks=gettext_lazy("Reason"),
                hint=gettext_lazy("It stands in the history of each message."),
            ),
            BulkAction(
                slug="send-again",
                label=gettext_lazy("Send again"),
                says=gettext_lazy("What could not be sent is tried once more."),
                may=may_send_again,
                act=lambda notice, told: send_failed_again(notice, by=told.by),
                # What was perhaps sent needs somebody who knows that it did not arrive: one by one.
                skips=_unless_in(State.FAILED, steered=False),
            ),
        ),
    )
)


def _seen(_user: User, reports: Sequence[SetAsideReport]) -> Mapping[Any, str]:
    return {
        one.pk: _("Somebody has looked at it already.") for one in reports if hasattr(one, "seen")
    }


register_list(
    BulkList(
        slug="reports",
        page="dashboards.views.reported.SetAsideReports",
        url_name="dashboards:reports",
        records=mail_reports_visible_to,
        label_of=lambda report: f"{report.get_why_display()} {report.message_id}",
        url_of=lambda _report: reverse("dashboards:reports"),
        actions=(
            BulkAction(
                slug="seen",
                label=gettext_lazy("Mark as seen"),
                says=gettext_lazy("They stay in the list, and wait for nobody any more."),
                may=may_look_through_reports,
                act=lambda report, told: mark_report_seen(report, by=told.by),
                skips=_seen,
            ),
        ),
    )
)


def _write(voucher: Voucher, told: Press) -> None:
    """The same press about the same voucher is the same message."""
    key = uuid5(told.key, str(voucher.pk))
    send_voucher_message(voucher.award.application, told.words, by=told.by, key=key)


def _recused(user: User, vouchers: Sequence[Voucher]) -> Mapping[Any, str]:
    shut_out = set(
        Recusal.objects.filter(
            person=user, application__in=[one.award.application_id for one in vouchers]
        ).values_list("application", flat=True)
    )
    why = _("You are shut out of this application by a conflict of interest.")
    return {one.pk: why for one in vouchers if one.award.application_id in shut_out}


register_list(
    BulkList(
        slug="vouchers",
        page="dashboards.views.lists.VoucherList",
        url_name="dashboards:vouchers",
        records=vouchers_visible_to,
        actions=(
            BulkAction(
                slug="write",
                label=gettext_lazy("Write to the clusters"),
                says=gettext_lazy(
                    "Each cluster reads the message beside its voucher, and is told by e-mail."
                ),
                may=is_coordinator | is_officer,
                act=_write,
                skips=_recused,
                asks=gettext_lazy("Message"),
                hint=gettext_lazy(
                    "The same words go to every cluster: name none of them. Each answers you alone."
                ),
                longest=LONGEST_MESSAGE,
            ),
        ),
    )
)
